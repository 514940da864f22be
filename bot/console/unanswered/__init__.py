"""Unanswered (未答问题): what nobody answered or somebody marked wrong, and what is made of it."""
