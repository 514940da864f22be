"""How a newborn's cover hangs on the day of payment (新生儿哪天缴): in time, late, and what is paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.console.asking.payment_words import NOT_WRITTEN, Kind, Words
from dialogues.wording import day, yuan
from policy_kb.decision import Decision, NewbornDecision
from policy_kb.facts import Facts
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.newborn import newborn

ONE_DAY = timedelta(days=1)
DOUBTFUL = "出生当天算第1天就已经超过，不算才没超过：缴之前先问清楚从哪天起"


def newborn_days(kb: KnowledgeBase, policy: Policy, facts: Facts, birth: date) -> tuple[tuple[date, date, Words], ...]:
    """The stretches from the birth to the end of the cover year; empty for a birth that the notice does not speak of."""
    rules = policy.rules
    last = date(rules.year, 12, 31)
    if not date(rules.year - 1, 1, 1) <= birth <= last:
        return ()
    at_birth = newborn(rules, {**facts, "birth_date": birth, "paid_on": birth}, birth).value
    if at_birth is None or at_birth.deadline is None:
        return ()
    ends = (at_birth.deadline.safe, at_birth.deadline.other or at_birth.deadline.safe, date(birth.year, 12, 31))
    firsts = sorted({birth, *(one + ONE_DAY for one in ends if birth <= one < last)})
    found: list[tuple[date, date, Words]] = []
    for at, first in enumerate(firsts):
        until = firsts[at + 1] - ONE_DAY if at + 1 < len(firsts) else last
        words = _words(kb, newborn(rules, {**facts, "birth_date": birth, "paid_on": first}, first), birth, first)
        if found and found[-1][2] == words:
            found[-1] = (found[-1][0], until, words)
        else:
            found.append((first, until, words))
    return tuple(found)


def _words(kb: KnowledgeBase, decision: Decision[NewbornDecision], birth: date, paid_on: date) -> Words:
    value = decision.value
    if decision.outcome == "depends" and decision.ask:
        told = [(kb.facts[one.fact].label(one.value), _covers(one.decision.value, birth)) for one in decision.branches]
        pays = "；".join(_pays(value)) if value else "看情况"
        return Words("part", pays, "；".join(f"{who}：{words}" for who, words in told))
    if value is None:
        return Words("shut", NOT_WRITTEN, NOT_WRITTEN)
    doubtful = bool(value.in_time and value.deadline and paid_on > value.deadline.safe)
    if doubtful and not value.automatic:
        return Words("part", "；".join(_pays(value)), DOUBTFUL)
    kind: Kind = "open" if value.in_time or value.automatic else "part"
    return Words(kind, "；".join(_pays(value)), _covers(value, birth))


def _pays(value: NewbornDecision) -> Iterator[str]:
    for year, fee in value.fees:
        yield f"{year}年度{yuan(fee)}" if fee is not None else f"{year}年度多少{NOT_WRITTEN}"


def _covers(value: NewbornDecision | None, birth: date) -> str:
    if value is None:
        return NOT_WRITTEN
    if value.automatic:
        return f"随监护人自动参保，从出生（{day(birth)}）起"
    if value.in_time:
        return f"从出生那天（{day(birth)}）起能用"
    if value.starts == "day_after_payment":
        return "超过期限：缴费第二天起能用，之前花的不算"
    return f"超过期限：从哪天起{NOT_WRITTEN}"
