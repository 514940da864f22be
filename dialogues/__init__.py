"""From an Understanding to a Reply."""
