"""待遇享受期: from when until when a payment covers."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import cast

from policy_kb.choosing import Undecided, facts_with, pick, settle, step
from policy_kb.decision import Cover, Decision, Step, TwoDays, Wait
from policy_kb.facts import Facts
from policy_kb.model import CoverageRule, Rules
from policy_kb.times import AfterPayment, CountsFrom, End, Start
from policy_kb.waiting_period import wait_of

ONE_DAY = timedelta(days=1)


def cover(rules: Rules, facts: Facts, paid_on: date | None = None) -> Decision[Cover]:
    """From when until when the person is covered who pays on `paid_on` (or on the day in `facts`).

    `silent` where no rule speaks of such a payment; with a value whose end alone is known where the start is not said.
    """
    known = facts_with(facts, paid_on=paid_on)
    return settle(lambda more: _cover(rules, more), known, (*rules.coverage, *rules.waiting))


def _cover(rules: Rules, facts: Facts) -> Decision[Cover]:
    paid_on = facts.get("paid_on")
    if isinstance(paid_on, date) and not payable(rules, paid_on):
        return Decision("silent")
    rule = pick(rules.coverage, facts)
    if rule is None:
        return Decision("silent")
    value, more = _value(rules, rule, facts)
    steps = (step(rule), *more)
    if value.starts and value.starts.safe > (value.ends or date(rules.year, 12, 31)):
        return Decision("silent", None, steps)
    known = value.starts is not None or value.at_once
    return Decision("decided" if known else "silent", value, steps)


def payable(rules: Rules, day: date) -> bool:
    """Whether a payment on `day` can be for this cover year at all: made in that year or the one before."""
    return rules.year - 1 <= day.year <= rules.year


def _value(rules: Rules, rule: CoverageRule, facts: Facts) -> tuple[Cover, tuple[Step, ...]]:
    """The cover a rule gives; its start is None where the notice sets no wait for this person, or none at all."""
    ends = end_day(rules, rule.ends)
    if rule.starts == "at_once":
        return Cover(None, ends, at_once=True), ()
    if rule.starts == "after_waiting":
        wait = wait_of(rules, facts)
        if wait.value is None or wait.value == Wait():
            return Cover(None, ends, at_once=wait.value is not None), wait.steps
        after = AfterPayment(days=wait.value.days, months=wait.value.months)
        starts = start_day(after, facts, rule.counts_from)
        return Cover(starts, ends, waits_months=wait.value.months, waits_days=wait.value.days), wait.steps
    waits = rule.starts if isinstance(rule.starts, AfterPayment) else AfterPayment()
    starts = start_day(rule.starts, facts, rule.counts_from)
    return Cover(starts, ends, waits_months=waits.months, waits_days=waits.days), ()


def end_day(rules: Rules, ends: End) -> date | None:
    """The last day of cover; None where the notice does not state it."""
    return date(rules.year, 12, 31) if ends == "end_of_year" else ends


def start_day(starts: Start, facts: Facts, counts_from: CountsFrom | None = None) -> TwoDays:
    """The first day of cover; two days where it is open whether the day of payment counts (满N日后), the later first."""
    if isinstance(starts, date):
        return TwoDays(starts)
    if starts == "day_of_birth":
        return TwoDays(_day("birth_date", facts))
    if isinstance(starts, AfterPayment):
        return _after(starts, facts, counts_from)
    paid_on = _day("paid_on", facts)
    return TwoDays(paid_on + ONE_DAY if starts == "day_after_payment" else paid_on)


def _after(wait: AfterPayment, facts: Facts, counts_from: CountsFrom | None) -> TwoDays:
    """The day after a wait that counts from the day the notice names; where it names none, both counts of the payment's day."""
    if isinstance(counts_from, date):
        return TwoDays(_waited(counts_from, wait))
    paid_on = _day("paid_on", facts)
    if counts_from:
        return TwoDays(_waited(paid_on if counts_from == "day_of_payment" else paid_on + ONE_DAY, wait))
    full = _waited(paid_on, wait)
    return TwoDays(full + ONE_DAY, full)


def _waited(first: date, wait: AfterPayment) -> date:
    return add_months(first, wait.months) + timedelta(days=wait.days)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(name: str, facts: Facts) -> date:
    if name not in facts:
        raise Undecided((name,))
    return cast("date", facts[name])
