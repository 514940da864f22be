"""新生儿参保: the deadline, the cover it gives, and the cover years to pay for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from policy_kb.choosing import facts_with, pick, settle, step
from policy_kb.coverage import end_day, start_day
from policy_kb.decision import Cover, Decision, NewbornDecision, Step, TwoDays
from policy_kb.facts import Facts
from policy_kb.model import NewbornRule, Rules


def newborn(rules: Rules, facts: Facts, day: date) -> Decision[NewbornDecision]:
    """What holds for a newborn on `day`: deadline from `birth_date` (if known), cover, years and fees."""
    known = facts_with(facts, paid_on=cast("date | None", facts.get("paid_on")) or day, newborn=True)
    return settle(lambda more: _newborn(rules, more), known, rules.newborn)


def _newborn(rules: Rules, facts: Facts) -> Decision[NewbornDecision]:
    deadline = _rule(rules, "deadline", facts)
    if deadline is None or deadline.days is None:
        return Decision("silent", steps=tuple(step(one) for one in rules.newborn[:1]))
    birth = cast("date | None", facts.get("birth_date"))
    if birth is None:
        value = NewbornDecision(deadline.days, None, None, None, None, (), ())
        return Decision("decided", value, (step(deadline),))
    return _for_birth(rules, facts, deadline, birth)


def _for_birth(rules: Rules, facts: Facts, deadline: NewbornRule, birth: date) -> Decision[NewbornDecision]:
    days = cast("int", deadline.days)
    last = TwoDays(birth + timedelta(days=days - 1), birth + timedelta(days=days))
    in_time = cast("date", facts["paid_on"]) <= cast("date", last.other)
    rule = deadline if in_time else _rule(rules, "late", facts)
    years, year_steps = _years(rules, facts, birth)
    value = NewbornDecision(
        days=days,
        deadline=last,
        in_time=in_time,
        starts="day_of_birth" if in_time else "day_after_payment" if rule and rule.starts else None,
        cover=_cover(rules, rule, facts) if rule and rule.starts else None,
        years=years,
        fees=tuple((year, _fee(rules, facts, year)) for year in years),
    )
    steps = (step(deadline), *((step(rule),) if rule and rule is not deadline else ()), *year_steps)
    return Decision("decided", value, steps)


def _cover(rules: Rules, rule: NewbornRule, facts: Facts) -> Cover:
    return Cover(start_day(rule.starts or "day_of_birth", facts), end_day(rules, rule.ends))


def _rule(rules: Rules, kind: str, facts: Facts) -> NewbornRule | None:
    """The first rule of that kind that holds or, where a fact is missing, may hold."""
    return next((one for one in rules.newborn if one.kind == kind and one.when.holds(facts) is not False), None)


def _years(rules: Rules, facts: Facts, birth: date) -> tuple[tuple[int, ...], tuple[Step, ...]]:
    both = _rule(rules, "both_years", facts)
    if both is None:
        return (birth.year,), ()
    return (birth.year, birth.year + 1), (step(both),)


def _fee(rules: Rules, facts: Facts, year: int) -> Decimal | None:
    """A newborn's fee for a cover year in 元: its own where one is set, else the general premium of the notice's year."""
    own = [one for one in rules.newborn if one.kind == "fee" and one.year == year]
    if own:
        return own[0].amount
    general = pick(rules.premium, {**facts, "tier": facts.get("tier", "")}) if year == rules.year else None
    return general.amount if general else None
