"""Years, numbers and forms that all ways of writing a date share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeAlias

from nlu.numerals import whole
from nlu.periods import Period

CN = "零〇一二三四五六七八九"
NOT_A_SPAN = r"(?<![\d一二两三四五六七八九十几多来半])"
"""Keeps 三年前 apart from 年前."""
YEAR = (
    rf"(?:(?P<y>(?<!\d)\d{{4}}|(?<![\d.])\d{{2}}|(?<![{CN}])(?:[{CN}]{{4}}|[{CN}]{{2}}))年(?:的|，)?|"
    r"(?P<ry>大前年|今年|去年|前年|明年|后年|本年)(?:的|，)?)"
)
"""A year in front of a month or a feast: written (group y) or by its relation to today (group ry)."""
_YEAR_WORDS = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}

Read: TypeAlias = Callable[[re.Match[str], date], Iterable[Period | None]]
"""What a form can mean on a day: None for a day that does not exist."""
Form: TypeAlias = tuple[re.Pattern[str], Read]


def form(pattern: str, read: Read) -> Form:
    """A form of dates: its regular expression and its meaning."""
    return re.compile(pattern), read


def full_year(text: str, today: date) -> int | None:
    """A year written with two or four digits: 22 is 2022, 58 is 1958."""
    value = whole("".join(str(whole(c)) for c in text) if len(text) != 1 and not text.isdecimal() else text)
    if value is None or len(text) not in (2, 4):
        return None
    if len(text) == 4:
        return value
    return 2000 + value if value <= today.year % 100 + 6 else 1900 + value


def written_years(match: re.Match[str], today: date) -> tuple[int, ...]:
    """The years written out in a match, for the check that they lie within a lifetime."""
    groups = match.groupdict()
    written = full_year(groups["y"], today) if groups.get("y") else None
    return () if written is None else (written,)


def years_of(match: re.Match[str], today: date, lunar: bool = False) -> Iterable[int]:
    """The year said, else those round today; a lunar year may still run in the next February."""
    groups = match.groupdict()
    if groups.get("y"):
        year = full_year(groups["y"], today)
        return () if year is None else (year,)
    if groups.get("ry"):
        return (today.year + _YEAR_WORDS[groups["ry"]],)
    return range(today.year - 2 if lunar else today.year - 1, today.year + 2)


def count_of(text: str | None) -> int:
    """A whole number, or -1, which is no month and no day."""
    value = whole(text) if text else None
    return -1 if value is None else value
