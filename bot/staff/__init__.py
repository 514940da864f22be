"""Who may use the console: accounts, roles and scopes, passwords, lockout, sessions."""
