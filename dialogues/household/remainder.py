"""The rest of a household (其余都普通, 剩下三口): how many they are, and whether those named of whom nothing is said are of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogues.household.someone import Someone, heads


@dataclass(frozen=True)
class Remainder:
    """`count`: how many more than those named (None: not known); `takes`: whether those named without a category are of the rest."""

    rest: Someone | None
    count: int | None = 0
    takes: bool = False
    by_number: bool = False
    """Whether the number of the rest tells how many all are."""

    def given(self, one: Someone) -> Someone:
        """The person with what is said of the rest, where he is of it."""
        if self.rest is None or not self.takes or one.categories is not None:
            return one
        return replace(one, categories=self.rest.categories, either=self.rest.either, tier=one.tier or self.rest.tier)


def remainder(rest: Someone | None, present: Sequence[Someone], left: int | None) -> Remainder:
    """Who is the rest beside those present; `left`: how many of the household's number are not named, None where none holds."""
    if rest is None:
        return Remainder(None, left or 0)
    open_ones = heads(one for one in present if one.categories is None)
    if rest.heads is None:
        if left is None:
            return Remainder(rest, 0 if open_ones else None, takes=bool(open_ones))
        return Remainder(rest, left, takes=not left)
    beyond = rest.heads - open_ones
    if left is None:
        known = beyond == 0 or not open_ones
        return Remainder(rest, beyond if known else None, takes=beyond == 0, by_number=known)
    if left not in (rest.heads, beyond):
        return Remainder(rest, None)
    return Remainder(rest, left, takes=left == beyond)
