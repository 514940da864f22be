"""From a sentence to an Understanding."""
