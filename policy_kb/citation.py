"""A clause cited for some of its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Citation:
    """A clause of a notice by the notice's own numbering, and the words it is cited for."""

    notice: str
    clause: str
    quote: str
