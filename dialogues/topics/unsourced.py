"""What is said instead of a reply that the guard stopped."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.reply import Context


@dataclass(frozen=True)
class UnsourcedContext(Context):
    """Only the clauses and the hotline: no figure."""

    template = "unsourced"
    hotline: str


def safe_part(hotline: str) -> UnsourcedContext:
    """The safe fallback."""
    return UnsourcedContext(hotline)
