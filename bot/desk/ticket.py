"""A conversation handed over to a person, and its lines, as the console shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.channel import Caller, Delivery


class Standing(StrEnum):
    """How far a ticket is."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a conversation was handed over."""

    ASKED = "asked"
    FAILURES = "failures"
    COMPLAINT = "complaint"

    @property
    def label(self) -> str:
        """The reason in Chinese."""
        return {"asked": "要找人工", "failures": "两次没听懂", "complaint": "投诉"}[self]


class Who(StrEnum):
    """Who wrote a line; a note is seen by staff only."""

    RESIDENT = "resident"
    BOT = "bot"
    OPERATOR = "operator"
    NOTE = "note"


@dataclass(frozen=True)
class Line:
    """One line of a conversation; `delivery` tells what became of an operator's."""

    id: str
    at: datetime
    who: Who
    author: str | None
    text: str
    delivery: Delivery | None = None


@dataclass(frozen=True)
class Ticket:
    """A handed over conversation; `claimed_by` is the id of the member of staff, `understood` the bot's reading."""

    id: str
    standing: Standing
    reason: Reason
    caller: Caller
    region: str | None
    opened: datetime
    understood: str
    claimed_by: int | None = None
    claimed: datetime | None = None
    closed: datetime | None = None
    result: str | None = None

    def waited(self, now: datetime) -> timedelta:
        """How long the person has waited, or waited until somebody claimed."""
        return (self.claimed or self.closed or now) - self.opened
