"""`canbao demo`: a fictional town in the register, with conversations to try."""

from __future__ import annotations


def demo() -> None:
    """Makes a fictional town."""
