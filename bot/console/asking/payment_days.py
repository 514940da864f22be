"""How the answer changes over payment days (缴费日期), as a picture and a table: what is paid, from when it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.console.asking.newborn_days import newborn_days
from bot.console.asking.payment_words import Kind, Stretches, Words
from dialogues.state import State
from policy_kb.facts import Facts
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.payment_days import when_paid

TOPICS = frozenset({"premium", "assistance", "window", "waiting_period", "coverage_period", "newborn"})
"""Questions whose answer may hang on the day of payment."""
WIDTH = 1000
"""Of the picture."""


@dataclass(frozen=True)
class Bar:
    """One stretch of payment days: where it stands in the picture, and what holds in it."""

    first: date
    last: date
    x: float
    width: float
    kind: Kind
    pays: str
    covers: str
    today: bool


def bars(kb: KnowledgeBase, policy: Policy, state: State, topic: str, today: date) -> tuple[Bar, ...]:
    """The stretches up to the end of the cover year; empty where the answer hangs on no day, or the notice has no window."""
    if topic not in TOPICS:
        return ()
    facts = _facts(kb, state)
    birth = state.said.get("birth_date")
    if topic == "newborn" or facts.get("newborn") is True:
        found = newborn_days(kb, policy, facts, birth) if isinstance(birth, date) else ()
    else:
        found = _stretches(kb, policy, facts, today)
    return _drawn(found, today)


def _facts(kb: KnowledgeBase, state: State) -> Facts:
    """What was said, and what is taken as given where nothing was; without the day of payment."""
    return {name: value for name, value in {**kb.facts.assumed(), **state.said}.items() if name != "paid_on"}


def _stretches(kb: KnowledgeBase, policy: Policy, facts: Facts, today: date) -> tuple[tuple[date, date, Words], ...]:
    rules = policy.rules
    opens = min((one.opens for one in rules.windows if one.opens), default=None)
    last = date(rules.year, 12, 31)
    if opens is None or opens >= last:
        return ()
    # what lies long before the first window tells nothing
    first = opens if today >= opens else max(today, opens - timedelta(days=60))
    judge = Stretches(kb, policy, facts)
    return tuple((one.first, one.last, judge.words(one)) for one in when_paid(rules, facts, first, last, kb.categories))


def _drawn(found: tuple[tuple[date, date, Words], ...], today: date) -> tuple[Bar, ...]:
    if not found:
        return ()
    begins, days = found[0][0], (found[-1][1] - found[0][0]).days + 1
    return tuple(
        Bar(
            first,
            last,
            round((first - begins).days * WIDTH / days, 1),
            round(max(((last - first).days + 1) * WIDTH / days, 4), 1),
            words.kind,
            words.pays,
            words.covers,
            first <= today <= last,
        )
        for first, last, words in found
    )
