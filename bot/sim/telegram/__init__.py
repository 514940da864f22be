"""A Bot API server as Telegram's documents describe it, on loopback."""
