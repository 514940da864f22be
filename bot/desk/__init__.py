"""Conversations handed over to a person (转人工): tickets, who claims them, what is written to and fro."""
