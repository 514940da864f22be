"""Rosters (参保名册) as county staff have them: finding the columns, reading the cells, checking each row."""
