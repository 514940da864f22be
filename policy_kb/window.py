"""When one can pay (缴费期): the windows of a notice on a day, for a person."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from policy_kb.choosing import Undecided, missing, settle, step
from policy_kb.decision import Decision, Window
from policy_kb.facts import Facts
from policy_kb.model import Rules, WindowRule


def window_on(rules: Rules, facts: Facts, day: date) -> Decision[Window]:
    """Whether the person can pay on `day`, and until when; `depends` where that turns on a fact (在外务工返乡 …)."""
    return settle(lambda known: _window_on(rules, known, day), facts, rules.windows)


def _window_on(rules: Rules, facts: Facts, day: date) -> Decision[Window]:
    dated = [one for one in rules.windows if one.opens or one.closes]
    if not dated:
        return Decision("silent")
    held = {one.id: one.when.holds(facts) for one in dated}
    here = [one for one in dated if held[one.id] is not False and contains(one, day)]
    sure = [one for one in here if held[one.id]]
    if not sure and here:
        raise Undecided(missing(here[0].when, facts))
    usable = [one for one in dated if held[one.id]]
    if sure:
        return _during(sure[0], usable, day)
    return _outside(rules, usable, day)


def _during(rule: WindowRule, usable: list[WindowRule], day: date) -> Decision[Window]:
    window = Window("open", rule.id, rule.opens, rule.closes, last=_last(usable), full_price=rule.full_price)
    if rule.closed_days and _closed(rule, day):
        window = replace(window, state="closed_days", next_open=_next_open(rule, day))
    return Decision("decided", window, (step(rule),))


def _outside(rules: Rules, usable: list[WindowRule], day: date) -> Decision[Window]:
    coming = [one for one in usable if one.opens and one.opens > day]
    if coming:
        nearest = min(coming, key=lambda one: cast("date", one.opens))
        value = Window("before", nearest.id, nearest.opens, nearest.closes, last=_last(usable), next_open=nearest.opens)
        return Decision("decided", value, (step(nearest),))
    past = [one for one in usable if one.closes]
    last = max(past, key=lambda one: cast("date", one.closes)) if past else usable[-1]
    value = Window("after", last.id, last.opens, last.closes, last=_last(usable))
    steps = (step(last), *((step(rules.after_windows),) if rules.after_windows and rules.after_windows.cites else ()))
    return Decision("decided", value, steps, document=rules.after_windows.left_to if rules.after_windows else None)


def contains(rule: WindowRule, day: date) -> bool:
    """Whether `day` lies in the window; a side without a day is unbounded only where the other side is given."""
    return (rule.opens is None or rule.opens <= day) and (rule.closes is None or day <= rule.closes)


def bears_subsidy(rules: Rules, facts: Facts) -> bool:
    """Whether paying on `paid_on` makes the payer bear the public subsidy too (财政补助由个人承担)."""
    paid_on = facts.get("paid_on")
    if not isinstance(paid_on, date):
        return False
    return any(
        one.full_price and contains(one, paid_on) and one.when.holds(facts) is not False for one in rules.windows
    )


def _closed(rule: WindowRule, day: date) -> bool:
    first, last = cast("tuple[int, int]", rule.closed_days)
    return first <= day.day <= last


def _next_open(rule: WindowRule, day: date) -> date | None:
    """The first day after the closed days of the month, if the window still lasts then."""
    _, last = cast("tuple[int, int]", rule.closed_days)
    month_end = monthrange(day.year, day.month)[1]
    following = day.replace(day=min(last, month_end)) + timedelta(days=1)
    return following if contains(rule, following) else None


def _last(usable: list[WindowRule]) -> date | None:
    return max((one.closes for one in usable if one.closes), default=None)
