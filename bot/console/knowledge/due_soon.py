"""What becomes due (要到期的事): windows that open and close, days on which cover begins or ends, staff's deadlines, newborns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from policy_kb.citation import Citation
from policy_kb.condition_words import EVERYBODY, on_days, whom
from policy_kb.coverage import end_day
from policy_kb.decision import Decision, NewbornDecision
from policy_kb.facts import Facts, FactTable
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.model import CoverageRule, WindowRule
from policy_kb.newborn import newborn

AHEAD = timedelta(days=90)
_KINDS = {"main": "集中缴费", "extension": "延长缴费", "late": "补缴", "other": "缴费"}


@dataclass(frozen=True)
class Event:
    """A day on which something begins or ends, for whom, and the clause that says so."""

    day: date
    what: str
    who: str
    cite: Citation
    staff: bool = False
    last_day: bool = False
    """Whether something must be done by that day."""


@dataclass(frozen=True)
class Births:
    """What holds of newborns today: until when a child born today must be enrolled, and whose last day today is."""

    days: int
    until: date
    last_birth: date
    citations: tuple[Citation, ...]


def due_soon(kb: KnowledgeBase, region: str, today: date) -> tuple[Event, ...]:
    """What the region's notices set for the coming 90 days, by day."""
    found = [event for policy in kb.policies_of(region) for event in _events(policy, kb.facts)]
    return tuple(sorted(dict.fromkeys(one for one in found if today <= one.day <= today + AHEAD), key=_order))


def births(kb: KnowledgeBase, policy: Policy, today: date) -> Births | None:
    """The newborn rule as it stands today; None where the notice sets no days."""
    decision = _born(kb, policy, today, today)
    if decision.value is None or decision.value.deadline is None or decision.value.days is None:
        return None
    until = decision.value.deadline.safe
    return Births(decision.value.days, until, today - (until - today), decision.citations)


def _born(kb: KnowledgeBase, policy: Policy, birth: date, today: date) -> Decision[NewbornDecision]:
    facts: Facts = {**kb.facts.assumed(), "newborn": True, "birth_date": birth, "paid_on": today}
    return newborn(policy.rules, facts, today)


def _order(event: Event) -> tuple[date, bool, str]:
    return event.day, not event.last_day, event.what


def _events(policy: Policy, facts: FactTable) -> Iterator[Event]:
    rules, year = policy.rules, policy.rules.year
    for window in rules.windows:
        yield from _window(window, year, facts)
    for cover in rules.coverage:
        yield from _cover(policy, cover, facts)
    for answer in rules.answers:
        if answer.by is not None and answer.cites:
            who = answer.who or "有关部门"
            yield Event(answer.by, answer.say or answer.first, who, answer.cites[0], staff=True, last_day=True)


def _window(window: WindowRule, year: int, facts: FactTable) -> Iterator[Event]:
    if not window.cites:
        return
    who = window.for_whom or whom(window.when, facts)
    kind = f"{year}年度{_KINDS[window.kind]}"
    if window.opens:
        yield Event(window.opens, f"{kind}开始", who, window.cites[0])
    if window.closes:
        yield Event(window.closes, f"{kind}截止，最后一天", who, window.cites[0], last_day=True)


def _cover(policy: Policy, rule: CoverageRule, facts: FactTable) -> Iterator[Event]:
    if not rule.cites:
        return
    days, persons, year = on_days(rule.when, facts), whom(rule.when, facts), policy.rules.year
    who = "，".join(part for part in (days, persons if persons != EVERYBODY or not days else "") if part)
    if isinstance(rule.starts, date):
        yield Event(rule.starts, f"{year}年度待遇开始", who, rule.cites[0])
    ends = end_day(policy.rules, rule.ends)
    if ends:
        yield Event(ends, f"{year}年度待遇结束", EVERYBODY, rule.cites[0])
