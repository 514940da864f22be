"""Whether the figures and days of a condition (`when`) stand in the clauses that the rule cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from policy_kb.conditions import AgeOn, All, AnyOf, Condition, Not, Within
from policy_kb.facts import FactTable
from policy_kb.model import NewbornRule, Rule, WindowRule
from policy_kb.numerals import Reading
from policy_kb.statement_figures import UNITS

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bound:
    """A figure or day that a condition compares a fact with."""

    fact: str
    value: int | float | date


@dataclass(frozen=True)
class Bounds:
    """What bounds are held against: the fact's units, the windows that other rules prove, and the cover year."""

    facts: FactTable
    windows: tuple[WindowRule, ...]
    year: int

    def unproved(self, rule: Rule, cited: frozenset[Reading]) -> Iterator[Bound]:
        """The bounds of a rule that cannot be read from its clauses."""
        for one in intervals(rule.when):
            if isinstance(one, AgeOn):
                if ("day", one.day) not in cited and ("md", (one.day.month, one.day.day)) not in cited:
                    yield Bound("age", one.day)
            elif isinstance(one.low, date) or isinstance(one.high, date):
                yield from self._days(rule, one, cited)
            else:
                yield from self._numbers(one, cited)

    def _numbers(self, one: Within, cited: frozenset[Reading]) -> Iterator[Bound]:
        unit = UNITS.get(self.facts[one.fact].unit or "", "n")
        for bound in dict.fromkeys((one.low, one.high)):
            known = bound in (None, 0, 1) or any(
                value == bound for found, value in cited if found in (unit, "n" * (unit == "n"))
            )
            if not known:
                yield Bound(one.fact, cast("int | float", bound))

    def _days(self, rule: Rule, one: Within, cited: frozenset[Reading]) -> Iterator[Bound]:
        low, high = cast("date | None", one.low), cast("date | None", one.high)
        whole = self._whole_year(rule, low, high)
        if low is not None and not (whole or self._begins(low, cited)):
            yield Bound(one.fact, low)
        if high is not None and high != low and not (whole or self._ends(rule, high, low, cited)):
            yield Bound(one.fact, high)

    def _whole_year(self, rule: Rule, low: date | None, high: date | None) -> bool:
        """A calendar year: the cover year or the one before it; for newborns, who may pay for two, also the next."""
        last = self.year + 1 if isinstance(rule, NewbornRule) else self.year
        if low is None or (low.month, low.day) != (1, 1) or not self.year - 1 <= low.year <= last:
            return False
        return high is None or high == date(low.year, 12, 31)

    def _begins(self, day: date, cited: frozenset[Reading]) -> bool:
        """A first day: one that is read, that a window opens on, or the day after one ends."""
        before = day - ONE_DAY
        if ("day", day) in cited or ("after", before) in cited:
            return True
        return any(one.opens == day or one.closes == before for one in self.windows)

    def _ends(self, rule: Rule, day: date, low: date | None, cited: frozenset[Reading]) -> bool:
        """A last day: one that is read, that a window closes on, the day before one opens, or the end of the cover year."""
        after = day + ONE_DAY
        if ("day", day) in cited or ("day", after) in cited:
            return True
        if any(one.closes == day or one.opens == after for one in self.windows):
            return True
        return (low is not None or isinstance(rule, NewbornRule)) and day == date(self.year, 12, 31)


def intervals(condition: Condition) -> Iterator[Within | AgeOn]:
    """Every comparison in a condition; of an age on a day both the day and the years."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from intervals(part)
        case Not(part=part):
            yield from intervals(part)
        case AgeOn(years=years):
            yield condition
            yield years
        case Within():
            yield condition
