"""Keeping personal data unreadable at rest and still findable: sealing, find keys, the secret key and its rotation."""
