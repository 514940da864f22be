"""A day as people and programs write it to this project: YYYY-MM-DD, and for today's day within sense."""

from __future__ import annotations

from datetime import date

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
"""The days on which a conversation can take place."""


def read_day(value: object) -> date:
    """A day written as YYYY-MM-DD, or a date as YAML reads it. Raises ValueError."""
    if type(value) is date:
        return value
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    # what is too long for a day may be somebody's number, and an error is read by others
    shown = repr(value) if isinstance(value, str | int | float) and len(str(value)) <= 10 else "this"
    raise ValueError(f"{shown} is no day of the calendar; write it as 2021-11-05")


def read_today(value: object) -> date:
    """The day on which a conversation takes place. Raises ValueError."""
    found = read_day(value)
    if not EARLIEST <= found <= LATEST:
        raise ValueError(f"{found} must lie between {EARLIEST} and {LATEST}")
    return found
