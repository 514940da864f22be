"""A condition in words: for whom a rule holds, and on which days of payment or birth, as staff read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy_kb.conditions import AgeOn, All, AnyOf, Condition, InCategory, Not, OneOf, Within
from policy_kb.facts import FactTable

EVERYBODY = "所有人"
_ABOUT = {
    "paid_on": "缴费日", "birth_date": "出生日", "gap_months": "断保", "employee_months": "职工医保连续",
    "unbroken_years": "连续参保", "missed_years": "断缴", "years_paid_back": "补缴", "age": "",
}  # fmt: skip


def whom(condition: Condition, facts: FactTable) -> str:
    """The persons of a condition, in the words of the quick replies; days are left to `on_days`."""
    return _words(condition, facts, days=False) or EVERYBODY


def about(fact: str) -> str:
    """What a counted fact is of (断缴, 补缴); empty where the number speaks for itself."""
    return _ABOUT.get(fact, "")


def on_days(condition: Condition, facts: FactTable) -> str:
    """The days of a condition (缴费日2021年12月31日及以前); empty where it names none."""
    return _words(condition, facts, days=True)


def day_words(day: object) -> str:
    """A day as residents read it."""
    return f"{day.year}年{day.month}月{day.day}日" if isinstance(day, date) else "未写明"


def _words(condition: Condition, facts: FactTable, days: bool) -> str:
    match condition:
        case All(parts=parts):
            return _joined("，", (_words(part, facts, days) for part in parts))
        case AnyOf(parts=parts):
            return _joined("，或者", (_words(part, facts, days) for part in parts))
        case Not(part=part):
            inner = _words(part, facts, days)
            return f"不属于：{inner}" if inner else ""
        case Within(fact=fact):
            dated = isinstance(condition.low, date) or isinstance(condition.high, date)
            return f"{_ABOUT.get(fact, fact)}{_interval(condition, facts[fact].unit or '')}" if dated == days else ""
    return "" if days else _persons(condition, facts)


def _persons(condition: Condition, facts: FactTable) -> str:
    match condition:
        case InCategory(names=names):
            return "、".join(names)
        case OneOf(fact=fact, values=values):
            return "、".join(facts[fact].label(value) for value in values if isinstance(value, str | bool))
        case AgeOn(day=day, years=years):
            return f"{day_words(day)}时{_interval(years, facts['age'].unit or '')}"
    return ""


def _joined(by: str, parts: Iterable[str]) -> str:
    return by.join(dict.fromkeys(part for part in parts if part))


def _interval(one: Within, unit: str) -> str:
    def side(bound: object) -> str:
        return day_words(bound) if isinstance(bound, date) else f"{bound}{unit}"

    if one.low is not None and one.low == one.high:
        return side(one.low)
    if one.low is None:
        return f"{side(one.high)}{'以下（不含）' if one.open_high else '及以前' if isinstance(one.high, date) else '及以下'}"
    if one.high is None:
        return (
            f"{side(one.low)}{'以上（不含）' if one.open_low else '及以后' if isinstance(one.low, date) else '及以上'}"
        )
    return f"{side(one.low)}至{side(one.high)}"
