"""待遇等待期: how long a person waits for cover after paying."""

from __future__ import annotations

from policy_kb.choosing import Undecided, pick, settle, step
from policy_kb.decision import Decision, Wait
from policy_kb.facts import Facts
from policy_kb.model import Rules, WaitingRule
from policy_kb.times import Growth


def waiting_period(rules: Rules, facts: Facts) -> Decision[Wait]:
    """The wait in months or days; `silent` where no rule of the notice speaks of this person."""
    return settle(lambda known: wait_of(rules, known), facts, rules.waiting)


def wait_of(rules: Rules, facts: Facts) -> Decision[Wait]:
    """As `waiting_period`, but raises Undecided where a fact is missing."""
    rule = pick(rules.waiting, facts)
    if rule is None:
        return Decision("silent")
    return Decision("decided", _length(rule, facts), (step(rule),))


def _length(rule: WaitingRule, facts: Facts) -> Wait:
    if rule.none:
        return Wait()
    months, days = rule.months, rule.days
    for growth, sign in ((rule.more, 1), (rule.less, -1)):
        if growth:
            units = _units(growth, facts)
            months, days = months + sign * units * growth.months, days + sign * units * growth.days
    in_months = any(one.months for one in (rule, rule.more, rule.less) if one)
    floor = rule.at_least or 0
    return Wait(months=max(months, floor) if in_months else 0, days=max(days, 0))


def _units(growth: Growth, facts: Facts) -> int:
    if growth.fact not in facts:
        raise Undecided((growth.fact,))
    return int(facts[growth.fact])  # type: ignore[arg-type]
