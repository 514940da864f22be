"""新生儿参保: the deadline, the cover it gives, and the cover years to pay for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, cast

from policy_kb.choosing import Undecided, facts_with, missing, pick, settle, step
from policy_kb.coverage import end_day, payable, start_day
from policy_kb.decision import Cover, Decision, NewbornDecision, Step, TwoDays
from policy_kb.facts import Facts
from policy_kb.model import NewbornRule, Rules

NOTHING = NewbornDecision(None, None, None, None, None, (), ())


def newborn(rules: Rules, facts: Facts, day: date) -> Decision[NewbornDecision]:
    """What holds for a newborn on `day`: deadline from `birth_date` (if known), cover, years and fees.

    `silent` for a birth that no rule of this notice speaks of; where the rest turns on a fact, `depends` with what holds anyway.
    """
    known = facts_with(facts, paid_on=cast("date | None", facts.get("paid_on")) or day, newborn=True)
    decision = settle(lambda more: _newborn(rules, more), known, rules.newborn)
    return _with_shared(decision) if decision.outcome == "depends" else decision


def _newborn(rules: Rules, facts: Facts) -> Decision[NewbornDecision]:
    told = tuple(step(one) for one in _of_kind(rules, "deadline"))
    birth = cast("date | None", facts.get("birth_date"))
    deadline = _deadline(rules, facts)
    elsewhere = birth is not None and not payable(rules, birth)
    if elsewhere or (deadline is None and told):
        return Decision("silent", steps=told)
    if deadline is not None and deadline.days is None:
        return Decision("left_to", steps=(step(deadline),), document=deadline.left_to)
    if deadline is not None and birth is None:
        return Decision("decided", replace(NOTHING, days=deadline.days), (step(deadline),))
    return _for_birth(rules, facts, deadline, birth) if birth else Decision("silent")


def _for_birth(rules: Rules, facts: Facts, deadline: NewbornRule | None, birth: date) -> Decision[NewbornDecision]:
    last = _last_day(birth, deadline) if deadline and deadline.days else None
    paid_on = cast("date", facts["paid_on"])
    in_time = last is not None and paid_on <= (last.other or last.safe)
    automatic = _automatic(rules, facts, needed=not in_time)
    rule = deadline if in_time else automatic or pick(_of_kind(rules, "late"), facts)
    if deadline is None and rule is None:
        return Decision("silent")
    cover = _cover(rules, rule, facts)
    if in_time and last and paid_on > last.safe:
        cover = _doubtful(rules, cover, facts)
    years, year_steps = _years(rules, facts, birth)
    value = NewbornDecision(
        days=deadline.days if deadline else None,
        deadline=last,
        in_time=in_time if deadline else None,
        starts=_named_start(rule),
        cover=cover,
        years=years,
        fees=tuple((year, newborn_fee(rules, facts, year)) for year in years),
        automatic=True if automatic else None if in_time or not _of_kind(rules, "automatic") else False,
    )
    applied = {one.id: one for one in (deadline, rule, automatic) if one}
    steps = tuple(step(one) for one in applied.values())
    return Decision("decided", value, (*steps, *year_steps), document=rule.left_to if rule else None)


def _named_start(rule: NewbornRule | None) -> Literal["day_of_birth", "day_after_payment"] | None:
    named: dict[object, Literal["day_of_birth", "day_after_payment"]] = {
        "day_of_birth": "day_of_birth",
        "day_after_payment": "day_after_payment",
    }
    return named.get(rule.starts) if rule else None


def _last_day(birth: date, deadline: NewbornRule) -> TwoDays:
    """The last day to enrol: counted with the day of birth (safe) and without it, or as the notice says."""
    with_it = birth + timedelta(days=cast("int", deadline.days) - 1)
    without_it = with_it + timedelta(days=1)
    if deadline.birth_day_counts is None:
        return TwoDays(with_it, without_it)
    return TwoDays(with_it if deadline.birth_day_counts else without_it)


def _cover(rules: Rules, rule: NewbornRule | None, facts: Facts) -> Cover | None:
    return Cover(start_day(rule.starts, facts), end_day(rules, rule.ends)) if rule and rule.starts else None


def _doubtful(rules: Rules, cover: Cover | None, facts: Facts) -> Cover | None:
    """On the day that is in time by one count only: the late start is the safe one."""
    late = _cover(rules, pick(_of_kind(rules, "late"), facts), facts)
    if cover is None or cover.starts is None or late is None or late.starts is None:
        return cover
    return replace(cover, starts=TwoDays(late.starts.safe, cover.starts.safe))


def _of_kind(rules: Rules, kind: str) -> tuple[NewbornRule, ...]:
    return tuple(one for one in rules.newborn if one.kind == kind)


def _deadline(rules: Rules, facts: Facts) -> NewbornRule | None:
    """The deadline rule that holds; while the birth date is unknown, the first of those that may, if they agree on the days."""
    may: list[NewbornRule] = []
    for one in _of_kind(rules, "deadline"):
        holds = one.when.holds(facts)
        may += [one] if holds is not False else []
        if holds:
            break
    agreed = len({one.days for one in may}) == 1 and ("birth_date" not in facts or may[0].when.holds(facts))
    if may and not agreed:
        raise Undecided(missing(may[0].when, facts))
    return may[0] if may else None


def _automatic(rules: Rules, facts: Facts, needed: bool) -> NewbornRule | None:
    """The rule by which the child is covered with its guardian; what it turns on is asked only where it is `needed`."""
    return pick([one for one in _of_kind(rules, "automatic") if needed or one.when.holds(facts)], facts)


def _years(rules: Rules, facts: Facts, birth: date) -> tuple[tuple[int, ...], tuple[Step, ...]]:
    both = pick(_of_kind(rules, "both_years"), facts)
    if both is None:
        return (birth.year,), ()
    return (birth.year, birth.year + 1), (step(both),)


def newborn_fee(rules: Rules, facts: Facts, year: int) -> Decimal | None:
    """A newborn's fee for a cover year in 元: its own where one is set, else the general premium of the notice's year.

    None where no notice at hand sets it, or where it turns on a fact that is not known (the tier).
    """
    child: Facts = {"student": "none", "age": 0, **facts}
    try:
        own = pick([one for one in _of_kind(rules, "fee") if one.year == year], child)
        general = pick(rules.premium, child) if year == rules.year else None
    except Undecided:
        return None
    return own.amount if own else general.amount if general else None


def _with_shared(decision: Decision[NewbornDecision]) -> Decision[NewbornDecision]:
    """The decision with what holds in each of its branches."""
    ends = list(_ends(decision))
    values = [one.value for one in ends]
    steps = tuple({one.rule: one for end in ends for one in end.steps}.values())
    if not values or None in values:
        return replace(decision, steps=steps)
    names = [field.name for field in fields(NOTHING) if len({getattr(value, field.name) for value in values}) == 1]
    return replace(decision, steps=steps, value=replace(NOTHING, **{name: getattr(values[0], name) for name in names}))


def _ends(decision: Decision[NewbornDecision]) -> Iterator[Decision[NewbornDecision]]:
    if decision.outcome != "depends":
        yield decision
    for branch in decision.branches:
        yield from _ends(branch.decision)
