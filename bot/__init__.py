"""Channels, settings and commands: composes the knowledge base, the understanding and the dialogues."""
