"""待遇享受期: from when until when a payment covers."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import cast

from policy_kb.choosing import Undecided, facts_with, pick, settle, step
from policy_kb.decision import Cover, Decision, Step, TwoDays
from policy_kb.facts import Facts
from policy_kb.model import AfterPayment, CoverageRule, End, Rules, Start
from policy_kb.waiting_period import wait_of


def cover(rules: Rules, facts: Facts, paid_on: date | None = None) -> Decision[Cover]:
    """From when until when the person is covered who pays on `paid_on` (or on the day in `facts`)."""
    known = facts_with(facts, paid_on=paid_on)
    return settle(lambda more: _cover(rules, more), known, (*rules.coverage, *rules.waiting))


def _cover(rules: Rules, facts: Facts) -> Decision[Cover]:
    rule = pick(rules.coverage, facts)
    if rule is None:
        return Decision("silent")
    value, more = _value(rules, rule, facts)
    return Decision("decided", value, (step(rule), *more))


def _value(rules: Rules, rule: CoverageRule, facts: Facts) -> tuple[Cover, tuple[Step, ...]]:
    ends = end_day(rules, rule.ends)
    if rule.starts == "at_once":
        return Cover(None, ends, at_once=True), ()
    if rule.starts == "after_waiting":
        wait = wait_of(rules, facts)
        if wait.value is None:
            return Cover(None, ends), wait.steps
        after = AfterPayment(days=wait.value.days, months=wait.value.months)
        starts = start_day(after, facts)
        return Cover(starts, ends, waits_months=wait.value.months, waits_days=wait.value.days), wait.steps
    waits = rule.starts if isinstance(rule.starts, AfterPayment) else AfterPayment()
    return Cover(start_day(rule.starts, facts), ends, waits_months=waits.months, waits_days=waits.days), ()


def end_day(rules: Rules, ends: End) -> date | None:
    """The last day of cover; None where the notice does not state it."""
    return date(rules.year, 12, 31) if ends == "end_of_year" else ends


def start_day(starts: Start, facts: Facts) -> TwoDays:
    """The first day of cover; two days where it is open whether the day of payment counts (满N日后), the later first."""
    if isinstance(starts, date):
        return TwoDays(starts)
    if starts == "day_of_birth":
        return TwoDays(_day("birth_date", facts))
    paid_on = _day("paid_on", facts)
    if isinstance(starts, AfterPayment):
        return _after(paid_on, starts)
    return TwoDays(paid_on + timedelta(days=1) if starts == "day_after_payment" else paid_on)


def _after(paid_on: date, wait: AfterPayment) -> TwoDays:
    if wait.months:
        return TwoDays(add_months(paid_on, wait.months) + timedelta(days=1), add_months(paid_on, wait.months))
    counted_after = paid_on + timedelta(days=wait.days + 1)
    return TwoDays(counted_after, counted_after - timedelta(days=1))


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(name: str, facts: Facts) -> date:
    if name not in facts:
        raise Undecided((name,))
    return cast("date", facts[name])
