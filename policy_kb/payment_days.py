"""`when_paid`: the same decisions swept over payment days, to show where the answer changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from policy_kb.categories import Categories
from policy_kb.choosing import cut_points, leaves, stretches
from policy_kb.conditions import Within
from policy_kb.coverage import cover
from policy_kb.decision import PaidWhen
from policy_kb.facts import Facts
from policy_kb.model import Rules
from policy_kb.premium import due
from policy_kb.window import window_on


def when_paid(rules: Rules, facts: Facts, first: date, last: date, categories: Categories) -> tuple[PaidWhen, ...]:
    """The stretches of payment days from `first` to `last` in which the same rules decide; each judged on its first day."""
    found: list[PaidWhen] = []
    for stretch in stretches(first, last, _cuts(rules)):
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


def _cuts(rules: Rules) -> Iterator[date]:
    for rule in (*rules.premium, *rules.assistance, *rules.windows, *rules.coverage, *rules.waiting):
        dated = [leaf for leaf in leaves(rule.when) if isinstance(leaf, Within) and leaf.fact == "paid_on"]
        yield from (cut for cut in cut_points(dated) if isinstance(cut, date))
    for window in rules.windows:
        if window.opens:
            yield window.opens
        if window.closes:
            yield window.closes + timedelta(days=1)


def _same(one: PaidWhen, other: PaidWhen) -> bool:
    def key(paid: PaidWhen) -> tuple[object, ...]:
        window = paid.window.value
        return (
            paid.due.outcome,
            paid.due.value,
            tuple(step.rule for step in paid.cover.steps),
            window.state if window else paid.window.outcome,
        )

    return key(one) == key(other)
