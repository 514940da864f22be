"""How much of a person a reply tells; each channel has a ceiling, above which no reply can be built."""

from __future__ import annotations

from enum import IntEnum


class Disclosure(IntEnum):
    """From what anybody may read to what identifies a person."""

    PUBLIC = 0
    """Policy, computed from nothing but what was asked."""
    PERSONAL_POLICY = 1
    """Policy computed with what the record says of the person (category, birth date)."""
    OWN_RECORD = 2
    """What the record holds: paid or not, how much, the household."""
    IDENTITY = 3
    """Who the person is: ID number, full name, address."""
