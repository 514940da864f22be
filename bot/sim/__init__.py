"""Stand-ins for the servers of WeChat and Telegram: the documented protocol over HTTP, for tests and to try the bot by hand."""
