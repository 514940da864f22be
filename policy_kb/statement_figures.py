"""What a rule states in figures and days: its typed values by key, and its free texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policy_kb.model import (
    Answer,
    AssistanceRule,
    BonusRule,
    CoverageRule,
    FundingRule,
    NewbornRule,
    PremiumRule,
    Rule,
    WaitingRule,
    WindowRule,
)
from policy_kb.numerals import Reading
from policy_kb.times import AfterPayment

UNITS = {"元": "元", "%": "%", "天": "天", "日": "天", "个月": "月", "月": "月", "年": "年", "岁": "岁"}


@dataclass(frozen=True)
class Stated:
    """One figure of a rule: the key it stands under, how to say it, and the readings of which one must be in a quote."""

    key: str
    words: str
    any_of: tuple[Reading, ...]


def stated(rule: Rule) -> Iterator[Stated]:
    """The typed figures that the rule's quotes must show; windows and premium arithmetic are looked at elsewhere."""
    match rule:
        case PremiumRule(amount=amount) | BonusRule(amount=amount) | FundingRule(amount=amount):
            yield from _sum("amount", amount)
        case AssistanceRule():
            yield from _assistance(rule)
        case CoverageRule():
            yield from _cover(rule)
        case WaitingRule():
            yield from _waiting(rule)
        case NewbornRule():
            yield from _newborn(rule)
        case Answer():
            yield from _answer(rule)
        case WindowRule(closes=closes):
            yield from _day("closes", closes)
            yield from _closed_days(rule)


def texts(rule: Rule) -> Iterator[tuple[str, str]]:
    """The free texts of a rule, by key; what people ask (`asks`) states nothing."""
    for key in ("note", "first", "say", "do", "who", "needs", "by", "for_whom", "opens_as", "what"):
        value = getattr(rule, key, None)
        if isinstance(value, str):
            yield {"for_whom": "for"}.get(key, key), value
    if isinstance(rule, Answer):
        yield from (("steps", step) for step in rule.steps)


def _sum(key: str, amount: Decimal | None) -> Iterator[Stated]:
    if amount is not None:
        yield Stated(key, f"{amount}元", (("元", amount),))


def _day(key: str, day: object) -> Iterator[Stated]:
    if isinstance(day, date):
        yield Stated(key, day.isoformat(), (("day", day),))


def _count(key: str, value: int | None, unit: str, words: str) -> Iterator[Stated]:
    if value:
        yield Stated(key, f"{value}{words}", ((unit, Decimal(value)),))


def _assistance(rule: AssistanceRule) -> Iterator[Stated]:
    yield from _count("child_until", rule.child_until, "岁", "岁")
    if rule.gives == "all":
        yield Stated("gives", "all (全额)", (("%", Decimal(1)), ("元", Decimal(0))))
    elif rule.share is not None:
        yield Stated("gives", f"{float(rule.share * 100):g}%", (("%", rule.share),))
    elif isinstance(rule.gives, Decimal) and rule.gives:
        yield from _sum("gives", rule.gives)


def _cover(rule: CoverageRule) -> Iterator[Stated]:
    yield from _day("starts", rule.starts)
    yield from _after(rule.starts)
    yield from _day("counts_from", rule.counts_from)
    yield from _day("ends", rule.ends)


def _after(starts: object) -> Iterator[Stated]:
    if isinstance(starts, AfterPayment):
        yield from _count("starts", starts.days, "天", "天")
        yield from _count("starts", starts.months, "月", "个月")


def _waiting(rule: WaitingRule) -> Iterator[Stated]:
    yield from _count("months", rule.months, "月", "个月")
    yield from _count("days", rule.days, "天", "天")
    yield from _count("at_least", rule.at_least, "月", "个月")
    for key, growth in (("more", rule.more), ("less", rule.less)):
        if growth is not None:
            yield from _count(key, growth.months, "月", "个月")
            yield from _count(key, growth.days, "天", "天")


def _newborn(rule: NewbornRule) -> Iterator[Stated]:
    yield from _count("days", rule.days, "天", "天")
    yield from _sum("amount", rule.amount)
    yield from _day("starts", rule.starts)
    yield from _after(rule.starts)
    yield from _day("ends", rule.ends)
    if rule.year is not None:
        yield Stated("year", f"{rule.year}年", (("y", rule.year),))


def _answer(rule: Answer) -> Iterator[Stated]:
    yield from _day("by", rule.by)
    if rule.amount is not None:
        unit = UNITS.get(rule.unit or "", "n")
        value = rule.amount / 100 if unit == "%" else rule.amount
        yield Stated(
            "amount", f"{rule.amount}{rule.unit or ''}", ((unit, value), *((("n", value),) if unit == "n" else ()))
        )


def _closed_days(rule: WindowRule) -> Iterator[Stated]:
    """A closed day is shown by itself or by the last open day before it."""
    for year, month in rule.open_months:
        yield Stated("closed_days", f"{year}年{month}月", (("ym", (year, month)),))
    if rule.closed_days:
        first, last = rule.closed_days
        yield Stated("closed_days", f"{first}日", (("天", Decimal(first)), ("天", Decimal(first - 1))))
        yield Stated("closed_days", f"{last}日", (("天", Decimal(last)),))
