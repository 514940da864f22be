"""Handoff (转人工): who waits for a person, the conversation, and what operators answer."""
