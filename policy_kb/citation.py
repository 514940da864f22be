"""A clause cited for some of its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Citation:
    """A clause of a notice by the notice's own numbering, and the words it is cited for."""

    notice: str
    clause: str
    quote: str


def each_once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The citations in order, each clause once, with the words it was last cited for."""
    return tuple({(one.notice, one.clause): one for one in citations}.values())
