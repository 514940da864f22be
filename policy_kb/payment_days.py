"""`when_paid`: the same decisions swept over payment days, to show where the answer changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar

from policy_kb.categories import Categories
from policy_kb.choosing import cut_points, leaves, stretches
from policy_kb.conditions import Within
from policy_kb.coverage import add_months, cover, end_day
from policy_kb.decision import Decision, PaidWhen
from policy_kb.facts import Facts
from policy_kb.model import CoverageRule, Rules, WindowRule
from policy_kb.premium import due
from policy_kb.times import AfterPayment
from policy_kb.window import is_closed, window_on

T = TypeVar("T")
ONE_DAY = timedelta(days=1)


def when_paid(rules: Rules, facts: Facts, first: date, last: date, categories: Categories) -> tuple[PaidWhen, ...]:
    """The stretches of payment days from `first` to `last` in which the same rules decide; each judged on its first day."""
    found: list[PaidWhen] = []
    for stretch in stretches(first, last, _cuts(rules, first, last)):
        known = {**facts, "paid_on": stretch.first}
        here = PaidWhen(
            stretch.first,
            stretch.last,
            due(rules, known, categories),
            cover(rules, known),
            window_on(rules, known, stretch.first),
        )
        if found and _same(found[-1], here):
            found[-1] = PaidWhen(found[-1].first, stretch.last, found[-1].due, found[-1].cover, found[-1].window)
        else:
            found.append(here)
    return tuple(found)


def _cuts(rules: Rules, first: date, last: date) -> Iterator[date]:
    """The days on which another rule begins to decide: bounds of conditions, edges of windows, closed days, year ends."""
    yield from (date(rules.year - 1, 1, 1), date(rules.year + 1, 1, 1))
    for rule in (*rules.premium, *rules.assistance, *rules.windows, *rules.coverage, *rules.waiting):
        dated = [leaf for leaf in leaves(rule.when) if isinstance(leaf, Within) and leaf.fact == "paid_on"]
        yield from (cut for cut in cut_points(dated) if isinstance(cut, date))
    for window in rules.windows:
        yield from _edges(window, first, last)
    for rule in rules.coverage:
        yield from _too_late(rules, rule)


def _edges(window: WindowRule, first: date, last: date) -> Iterator[date]:
    if window.opens:
        yield window.opens
    if window.closes:
        yield window.closes + ONE_DAY
    days = (first + ONE_DAY * count for count in range((last - first).days + 1)) if window.closed_days else ()
    yield from (day for day in days if is_closed(window, day) != is_closed(window, day - ONE_DAY))


def _too_late(rules: Rules, rule: CoverageRule) -> Iterator[date]:
    """The payment days about the last one from which cover still begins before it ends."""
    if isinstance(rule.starts, AfterPayment):
        end = end_day(rules, rule.ends) or date(rules.year, 12, 31)
        latest = add_months(end, -rule.starts.months) - ONE_DAY * rule.starts.days
        yield from (latest + ONE_DAY * count for count in range(-3, 4))


def _same(one: PaidWhen, other: PaidWhen) -> bool:
    return (
        _shape(one.due, valued=True) == _shape(other.due, valued=True)
        and _shape(one.cover, valued=False) == _shape(other.cover, valued=False)
        and _shape(one.window, valued=True) == _shape(other.window, valued=True)
    )


def _shape(decision: Decision[T], valued: bool) -> tuple[object, ...]:
    """What tells one decision from another; without the value where that moves with the day of payment."""
    return (
        decision.outcome,
        decision.value if valued else None,
        decision.ask,
        tuple(step.rule for step in decision.steps),
        tuple((branch.fact, branch.value, _shape(branch.decision, valued)) for branch in decision.branches),
    )
