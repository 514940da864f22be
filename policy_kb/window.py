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
    may = [one for one in rules.windows if one.when.holds(facts) is not False]
    dated = [one for one in may if one.opens or one.closes]
    undated = [one for one in may if not (one.opens or one.closes)]
    if not dated:
        return _undated(undated)
    usable = [one for one in dated if one.when.holds(facts)]
    unsure = [one for one in dated if one not in usable]
    here = [one for one in usable if contains(one, day, rules.year)]
    last = _last(usable, unsure)
    if here:
        return _during(here, day, last, rules.year)
    coming = min((one for one in usable if one.opens and one.opens > day), key=_opening, default=None)
    for one in sorted(unsure, key=lambda one: "category" not in one.when.needs):
        earlier = one.opens is not None and one.opens > day and (coming is None or one.opens < _opening(coming))
        if earlier or contains(one, day, rules.year):
            raise Undecided(missing(one.when, facts))
    if coming:
        value = Window(
            "before", coming.id, coming.opens, coming.closes, last=last, next_open=coming.opens,
            pays_until=last_open(coming),
        )  # fmt: skip
        return Decision("decided", value, (step(coming),))
    return _after(rules, usable, undated, last)


def _undated(windows: list[WindowRule]) -> Decision[Window]:
    """Windows of which the notice gives no day."""
    document = next((one.left_to for one in windows if one.left_to), None)
    return Decision("left_to" if document else "silent", steps=tuple(step(one) for one in windows), document=document)


def _during(here: list[WindowRule], day: date, last: date | None, year: int) -> Decision[Window]:
    """Of several windows the one that is not closed that day and asks no subsidy, else the first."""
    rule = min(here, key=lambda one: (is_closed(one, day), one.full_price))
    until = last_open(rule)
    window = Window("open", rule.id, rule.opens, rule.closes, last, full_price=rule.full_price, pays_until=until)
    if is_closed(rule, day):
        window = replace(window, state="closed_days", next_open=_next_open(rule, day, year))
    return Decision("decided", window, (step(rule),))


def _after(rules: Rules, usable: list[WindowRule], undated: list[WindowRule], last: date | None) -> Decision[Window]:
    """The last window is over; windows without days and what is said of late payment go with it."""
    past = [one for one in usable if one.closes] or usable
    ended = max(past, key=lambda one: one.closes or date.min, default=None)
    late = rules.after_windows
    told = (*([ended] if ended else []), *undated, *([late] if late and late.cites else []))
    value = Window("after", None, None, None, last)
    if ended:
        value = replace(value, rule=ended.id, opens=ended.opens, closes=ended.closes)
    documents = (late.left_to if late else None, *(one.left_to for one in undated))
    document = next((one for one in documents if one), None)
    return Decision("decided", value, tuple(step(one) for one in told), document=document)


def contains(rule: WindowRule, day: date, year: int) -> bool:
    """Whether `day` lies in the window; a side without a day ends with cover year `year`, or begins with the year before."""
    if rule.opens is None and rule.closes is None:
        return False
    return (rule.opens or date(year - 1, 1, 1)) <= day <= (rule.closes or date(year, 12, 31))


def bears_subsidy(rules: Rules, facts: Facts) -> bool:
    """Whether paying on `paid_on` makes the payer bear the public subsidy too (财政补助由个人承担)."""
    paid_on = facts.get("paid_on")
    if not isinstance(paid_on, date):
        return False
    here = [one for one in rules.windows if contains(one, paid_on, rules.year) and one.when.holds(facts) is not False]
    aided = any(one.when.holds(facts) and not one.full_price for one in here)
    return not aided and any(one.full_price for one in here)


def is_closed(rule: WindowRule, day: date) -> bool:
    """Whether nothing can be paid on that day of the month (结算期)."""
    first, last = rule.closed_days or (0, 0)
    return first <= day.day <= last and (day.year, day.month) not in rule.open_months


def last_open(rule: WindowRule) -> date | None:
    """The last day of the window on which one can pay; None where the notice gives no last day."""
    day = rule.closes
    while day is not None and is_closed(rule, day) and day != rule.opens:
        day -= timedelta(days=1)
    return day


def _next_open(rule: WindowRule, day: date, year: int) -> date | None:
    """The first day after the closed days of the month, if the window still lasts then."""
    _, last = cast("tuple[int, int]", rule.closed_days)
    month_end = monthrange(day.year, day.month)[1]
    following = day.replace(day=min(last, month_end)) + timedelta(days=1)
    return following if contains(rule, following, year) else None


def _opening(rule: WindowRule) -> date:
    return cast("date", rule.opens)


def _last(usable: list[WindowRule], unsure: list[WindowRule]) -> date | None:
    """The last day of the windows the person may use; None while that turns on a fact or a window has no end."""
    closes = [one.closes for one in usable]
    known = max((one for one in closes if one), default=None)
    later = [one for one in unsure if one.closes is None or known is None or one.closes > known]
    return None if later or None in closes else known
