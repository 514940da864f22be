"""What the journal holds: one act, by whom, on whose record, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

Detail: TypeAlias = Mapping[str, str | int | bool | None]


class Action(StrEnum):
    """What was done; other words are allowed, these are the ones that several parts of the program look for."""

    LOOKED = "looked"
    """Somebody saw what a resident's record says."""
    EXPORTED = "exported"
    IMPORTED = "imported"
    BOUND = "bound"
    UNBOUND = "unbound"
    BINDING_FAILED = "binding_failed"
    LOGGED_IN = "logged_in"
    LOGIN_FAILED = "login_failed"
    LOGGED_OUT = "logged_out"
    STAFF_ADDED = "staff_added"
    RIGHTS_CHANGED = "rights_changed"
    STAFF_DISABLED = "staff_disabled"
    TOOK_OVER = "took_over"
    PURGED = "purged"
    KEY_ROTATED = "key_rotated"


LOOKS = (Action.LOOKED, Action.EXPORTED, Action.BOUND)
"""The acts by which somebody saw a record, or came to see it."""


@dataclass(frozen=True)
class Entry:
    """One act to be written down.

    `actor` is an account of the program, never a name or number of a resident: `staff:王干事`, `resident:17`, `command`.
    `subject` is the id of the resident whose record it concerns. `detail` and `reason` hold no personal data; identity and
    telephone numbers in them are replaced before they are written.
    """

    actor: str
    action: str
    subject: int | None = None
    reason: str = ""
    detail: Detail = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """An entry as it stands in the journal: its place in the chain, and when it was written (UTC)."""

    seq: int
    at: datetime
    entry: Entry
