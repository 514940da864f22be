"""How much of a person a reply tells; each channel has a ceiling, above which no reply can be built."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from enum import IntEnum
from functools import cache
from typing import Any


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


class AboveCeiling(ValueError):
    """A reply was to tell more of a person than its channel may; says the levels, never the words."""


class OfRecord:
    """Mark of what comes out of a record: whatever holds one tells the record (OWN_RECORD)."""


@dataclass(frozen=True)
class Audience:
    """Who hears a reply: how much may be told there, and whether the account can be bound to a record."""

    ceiling: Disclosure = Disclosure.OWN_RECORD
    may_bind: bool = False
    """Whether 绑定 can be offered: a channel where persons are known, and nobody is bound yet."""

    def hears(self, level: Disclosure) -> bool:
        """Whether so much may be told."""
        return level <= self.ceiling


KNOWN = Audience()
"""Where somebody brings the own record along, or none is known."""


def tells_record(value: object) -> bool:
    """Whether a context holds anything that comes out of a record, however deep."""
    return _tells(type(value))(value)  # type: ignore[arg-type] # mypy takes a class for unhashable


@cache
def _tells(kind: type) -> Callable[[Any], bool]:
    """How a value of this type is looked through."""
    if issubclass(kind, OfRecord):
        return lambda _: True
    if issubclass(kind, dict):
        return lambda value: any(map(tells_record, value.values()))
    if issubclass(kind, Iterable) and not issubclass(kind, str | bytes):
        return lambda value: any(map(tells_record, value))
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: any(tells_record(getattr(value, name)) for name in names)
    return lambda _: False
