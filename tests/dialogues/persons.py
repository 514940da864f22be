"""Persons and days that a notice's rules tell apart, generated from those rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from talk import IN_SEASON, enquiry, knowledge

from dialogues.enquiry import Enquiry
from policy_kb.choosing import leaves
from policy_kb.conditions import InCategory
from policy_kb.facts import FactValue
from policy_kb.model import Rule, Rules

DAY = timedelta(days=1)


def categories_of(notice: str) -> tuple[tuple[str, ...], ...]:
    """Nobody special, each category that a rule names, and one that none names."""
    rules = knowledge().notices[notice].rules
    conditioned: tuple[Rule, ...] = (*rules.assistance, *rules.windows, *rules.coverage, *rules.waiting)
    named = dict.fromkeys(
        name
        for rule in conditioned
        for leaf in leaves(rule.when)
        if isinstance(leaf, InCategory)
        for name in leaf.names
    )
    other = next(name for name, one in knowledge().categories.by_name.items() if name not in named and not one.ordinary)
    return ((), *((name,) for name in named), (other,))


def days_of(rules: Rules) -> tuple[date, ...]:
    """The bounds of the windows with the day on either side, and the turn of the year."""
    bounds = [one for rule in rules.windows for one in (rule.opens, rule.closes) if one]
    near = {day + step for day in bounds for step in (-DAY, timedelta(0), DAY)}
    return tuple(sorted(near | {date(rules.year, 1, 1), date(rules.year, 7, 1), date(rules.year, 12, 31)}))


def births_of(rules: Rules, today: date) -> tuple[date, ...]:
    """Births just in time, just late, at the turn of the year, and today."""
    spans = [rule.days for rule in rules.newborn if rule.days]
    late = [today - timedelta(days=days + step) for days in spans for step in (-2, -1, 0, 1, 400)]
    turn = [date(rules.year - 1, 12, 31), date(rules.year, 1, 1)]
    return tuple(dict.fromkeys(one for one in (*late, *turn, today) if one <= today))


def persons_of(notice: str) -> Iterator[dict[str, FactValue]]:
    """What may be known of a person: each category by each tier, and each other circumstance by itself."""
    rules = knowledge().notices[notice].rules
    for category in categories_of(notice):
        yield {"category": category}
        for tier in rules.tiers:
            yield {"category": category, "tier": tier.tier}
    for name, kind in knowledge().facts.kinds.items():
        values: tuple[FactValue, ...] = (True, False) if kind.kind == "bool" else tuple(kind.values)
        if kind.kind == "number":
            values = (0, 2, 3, 4, 12, 80)
        yield from ({name: value} for value in values)


def enquiries(notice: str, facet: str) -> Iterator[Enquiry]:
    """Every person on the usual day; a few persons on every day that a rule knows, asked that day and paying that day."""
    rules = knowledge().notices[notice].rules
    for person in persons_of(notice):
        yield enquiry(notice, facet, **person)
    for day in days_of(rules):
        for person in ({}, {"migrant_worker": True}, {"gap_months": 2, "previous_status": "employee"}):
            yield enquiry(notice, facet, today=day, **person)
            yield enquiry(notice, facet, today=IN_SEASON[notice], paid_on=day, **person)
    if facet.startswith("newborn"):
        for today in days_of(rules):
            for birth in births_of(rules, today):
                yield enquiry(notice, facet, today=today, birth_date=birth)
                yield enquiry(notice, facet, today=today, birth_date=birth, guardian_insured=True)
