"""How far a message has come (docs/wechat.md has the table), and what claiming it or noting its answer finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

OPEN, PROMISED, SENDING, KEPT, MORE, DONE = "open", "promised", "sending", "kept", "more", "done"


@dataclass(frozen=True)
class Waiting:
    """Something of the same caller's that is not told yet."""

    key: bytes
    stage: str
    by_one: bool


@dataclass(frozen=True)
class Taken:
    """What a claim found: a message of ours to compute, or one that somebody computes or answered already."""

    mine: bool
    body: str | None = None
    content: str | None = None
    """What came, where it was another process that heard it."""
    parts: tuple[str, ...] | None = None
    """What that process had computed, but not told yet."""
    place: str | None = None
    waiting: tuple[Waiting, ...] = ()


class Noted(Enum):
    """What became of an answer that was to be noted."""

    TOLD = "told"
    """It is the answer: this body goes out."""
    LATER = "later"
    """The caller was told to wait: it is kept, and to be told later."""
    NOT_OURS = "not ours"
    """Another process has taken over, or ended it: nothing was noted."""
