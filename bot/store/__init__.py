"""What is kept between messages and across restarts: SQLModel on SQLite by default, PostgreSQL by URL."""
