"""A household in a text: who is in it, what is said of each, and what a later message changes."""
