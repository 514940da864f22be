"""Stretches of the calendar and how a month, a part of one, a lunar month or a feast makes one in a given year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from nlu.lunar import clear_and_bright, last_lunar_day, lunar_day
from nlu.understanding import Precision


@dataclass(frozen=True)
class Period:
    """The closed interval [first, last]; `precision` is "day" only where one day was named."""

    first: date
    last: date
    precision: Precision

    def distance(self, day: date) -> int:
        """Days between `day` and the nearest day of the period, 0 inside."""
        return max((self.first - day).days, (day - self.last).days, 0)


_PARTS = {"初": (1, 10), "头": (1, 10), "上旬": (1, 10), "中": (11, 20), "中旬": (11, 20)}
_FIXED_FEASTS = {
    "元旦": (1, 1),
    "阳历新年": (1, 1),
    "阳历年": (1, 1),
    "新历年": (1, 1),
    "跨年夜": (12, 31),
    "情人节": (2, 14),
    "三八节": (3, 8),
    "三八妇女节": (3, 8),
    "妇女节": (3, 8),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
    "双十一": (11, 11),
    "双十二": (12, 12),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
}
_LUNAR_FEASTS = {
    "元宵": (1, 15),
    "端午": (5, 5),
    "中秋": (8, 15),
    "八月节": (8, 15),
    "重阳": (9, 9),
    "腊八": (12, 8),
    "小年": (12, 23),
}
FEASTS = (
    "大年三十",
    "年三十",
    "除夕",
    "大年初一",
    "春节",
    "过年",
    "年前",
    "年后",
    "清明",
    *_FIXED_FEASTS,
    *_LUNAR_FEASTS,
)
"""Feasts and the days round them, by the words people use."""


def one_day(day: date | None) -> Period | None:
    """A single day as a period."""
    return None if day is None else Period(day, day, "day")


def solar(year: int, month: int, day: int) -> Period | None:
    """A day of the common calendar; None where there is no such day."""
    try:
        return one_day(date(year, month, day))
    except ValueError:
        return None


def solar_month(year: int, month: int, part: str = "") -> Period | None:
    """A month, or its beginning (初), middle (中) or end (底)."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    last = monthrange(year, month)[1]
    low, high = (1, last) if not part else _PARTS.get(part, (21, last))
    return Period(date(year, month, low), date(year, month, high), "month")


def solar_year(year: int, part: str = "") -> Period | None:
    """A year, or its first (年初) or last (年底) month."""
    if part:
        return solar_month(year, 1 if part == "初" else 12 if part in ("底", "末", "尾") else 6)
    return Period(date(year, 1, 1), date(year, 12, 31), "year") if 1 <= year <= 9999 else None


def lunar(year: int, month: int, day: int) -> Period | None:
    """A day of the lunar calendar; the thirtieth of a short 腊月 is its last day."""
    found = lunar_day(year, month, day)
    if found is None and (month, day) == (12, 30):
        found = last_lunar_day(year, month)
    return one_day(found)


def lunar_days(year: int, month: int, low: int, high: int) -> Period | None:
    """Several days of a lunar month (腊月二十几), or all of it."""
    first = lunar_day(year, month, low)
    last = lunar_day(year, month, high) or last_lunar_day(year, month)
    return None if first is None or last is None else Period(first, last, "month")


def feast(year: int, name: str) -> Period | None:
    """The feast of the year; 年前 and 年后 are the weeks before and after the lunar New Year."""
    if name in _FIXED_FEASTS:
        return solar(year, *_FIXED_FEASTS[name])
    if name in _LUNAR_FEASTS:
        return lunar(year, *_LUNAR_FEASTS[name])
    if name == "清明":
        return one_day(clear_and_bright(year)) if 1901 <= year <= 2098 else None
    return _new_year(year, name)


def last_day(period: Period) -> Period:
    """Its last day: 2月最后一天."""
    return Period(period.last, period.last, "day")


def moved(period: Period, days: int) -> Period:
    """The period so many days later: 元旦第二天."""
    return Period(period.first + timedelta(days=days), period.last + timedelta(days=days), period.precision)


def from_new_year(year: int) -> Period | None:
    """翻年: the weeks from the first day of the year on."""
    start = solar(year, 1, 1)
    return start and Period(start.first, start.first + timedelta(days=30), "month")


def _new_year(year: int, name: str) -> Period | None:
    start = lunar_day(year, 1, 1)
    if start is None:
        return None
    if name in ("除夕", "年三十", "大年三十"):
        return one_day(start - timedelta(days=1))
    if name == "年前":
        return Period(start - timedelta(days=45), start - timedelta(days=1), "month")
    if name == "年后":
        return Period(start + timedelta(days=1), start + timedelta(days=30), "month")
    if name == "过年":
        return Period(start - timedelta(days=1), start + timedelta(days=14), "month")
    return one_day(start)
