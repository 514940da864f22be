"""Figures and days as Chinese official text writes them: 320元, 三百二十元, 12月31日, 2月底, 满90日, 6个月, 70%, 一半, 全额.

A figure has one reading that it states and the weaker ones that it allows: `2021年12月31日` states that day and allows
12月31日, 2021年12月, 12月 and 31日. A statement is readable from a text where what it states is among what the text allows.
Readings are pairs of a unit and a value: ("元", 320), ("%", 0.7), ("天", 90), ("月", 6), ("年", 2), ("岁", 60), ("day", date),
("after", date) for 6月30日后, ("md", (12, 31)), ("ym", (2021, 10)), ("m", 10), ("y", 2021), ("n", 12393).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from policy_kb.chinese_number import CHARACTERS, chinese_number

Value: TypeAlias = Decimal | date | int | tuple[int, int]
Reading: TypeAlias = tuple[str, Value]


@dataclass(frozen=True)
class Figure:
    """One figure in a text: the words, where they stand, what they state and what may be read from them."""

    words: str
    start: int
    end: int
    states: Reading
    allows: frozenset[Reading]
    vague: bool = False
    """An ordinal (第二天), a Chinese numeral without a unit (一档), an idiomatic 一年: readable from, no statement to prove."""


_CN = f"[{CHARACTERS}]+"
_NUM = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_CN})"
_YEAR = r"(?:20\d\d|19\d\d|[二〇零一三四五六七八九]{4})"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_FORMS = re.compile(
    "|".join(
        (
            r"(?P<iso>\d{4}-\d{2}-\d{2})",
            rf"(?P<date>(?:(?P<date_year>{_YEAR})年)?(?P<date_month>{_DAY})月(?:份)?(?P<date_day>(?:{_DAY}[日号]|底|末)))",
            rf"(?P<month>(?:(?P<month_year>{_YEAR})年)?(?P<month_month>{_DAY})月)",
            rf"(?P<year>{_YEAR})年",
            r"(?P<month_end>月末|月底)",
            rf"(?P<money>{_NUM}(?:万|亿)?)(?:元|块)",
            rf"百分之(?P<percent_words>{_NUM})|(?P<percent>{_NUM})%",
            rf"(?P<tenths>{_NUM})成",
            r"(?P<half>一半|半数|半价|减半)",
            r"(?P<all>全额|全部|全免|免缴)",
            r"(?P<half_year>半年)",
            rf"(?P<months>{_NUM})个(?:多|自然|整)?月",
            rf"(?P<days>{_NUM})(?:个)?(?:工作|自然)?(?:天|日|号)",
            rf"(?P<years>{_NUM})(?:个)?(?:自然|周)?(?:年)",
            rf"(?P<age>{_NUM})(?:周)?岁",
            rf"(?P<number>{_NUM})",
        )
    )
)


_AFTER = re.compile("(?:之|以)?后")
_LEAP = 2024
"""A year that has every day."""


def number(text: str) -> Decimal | None:
    """The value of Arabic or Chinese digits, with 万 or 亿 after Arabic ones; None where it is no number."""
    scale = 1
    bare = text.replace(",", "")
    if bare[:1].isdigit() and bare[-1] in "万亿":
        bare, scale = bare[:-1], 10_000 if bare[-1] == "万" else 100_000_000
    if re.fullmatch(r"\d+(\.\d+)?", bare):
        return Decimal(bare) * scale
    found = chinese_number(bare)
    return None if found is None else Decimal(found)


@dataclass(frozen=True)
class Years:
    """Which years a date without a year may have: the year of the last full date in its sentence, else any of `usual`."""

    usual: tuple[int, ...]

    def of(self, month: int, day: int, last: tuple[int, int, int] | None) -> tuple[int, ...]:
        """Candidates for month and day; `last` is the full date (year, month, day) named just before, if any."""
        if last is None:
            return self.usual
        return (last[0],) if (month, day) >= last[1:] else (last[0], last[0] + 1)


NO_YEARS = Years(())


def figures(text: str, years: Years = NO_YEARS) -> tuple[Figure, ...]:
    """All figures of a text whose width is already folded (１ is 1), in order."""
    return tuple(_Scan(text, years).figures())


def readings(text: str, years: Years = NO_YEARS) -> frozenset[Reading]:
    """All that may be read from a text."""
    return frozenset(reading for figure in figures(text, years) for reading in figure.allows)


class _Scan:
    """One pass over a text; remembers the last full date of the current sentence."""

    def __init__(self, text: str, years: Years) -> None:
        self._text = text
        self._years = years
        self._last: tuple[int, int, int] | None = None
        self._named: tuple[int, ...] = ()

    def figures(self) -> Iterator[Figure]:
        at = 0
        for match in _FORMS.finditer(self._text):
            if re.search("[。.\n]", self._text[at : match.start()]):
                self._last = None
            at = match.end()
            figure = self._figure(match)
            if figure is not None:
                yield figure

    def _figure(self, match: re.Match[str]) -> Figure | None:
        kind = next(name for name in _READERS if match.group(name) is not None)
        found = _READERS[kind](self, match)
        if found is None:
            return None
        words = match.group(0)
        allows = frozenset(found)
        vague = _is_vague(kind, words) or self._text[: match.start()].endswith("第")
        return Figure(words, match.start(), match.end(), found[0], allows, vague)

    def date(self, match: re.Match[str]) -> list[Reading]:
        month = _int(match["date_month"])
        end = match["date_day"] in ("底", "末")
        given = match["date_year"]
        day = 28 if end else _int(match["date_day"][:-1])
        if not (1 <= month <= 12 and 1 <= day <= monthrange(_int(given) if given else _LEAP, month)[1]):
            return [("md", (month, day))]
        candidates = (_int(given),) if given else self._candidates(month, day)
        if given:
            self._last = (_int(given), month, day)
        after = _AFTER.match(self._text, match.end()) is not None
        weak: list[Reading] = [("m", month)] if end else [("md", (month, day)), ("m", month), ("天", Decimal(day))]
        found: list[Reading] = []
        for year in candidates:
            last = monthrange(year, month)[1]
            if day <= last:
                found += _day(date(year, month, last if end else day), after)
        return [*weak[:1], *found, *weak] if end or not given else found + weak

    def _candidates(self, month: int, day: int) -> tuple[int, ...]:
        usual = self._years.of(month, day, self._last)
        return usual if self._last else tuple(dict.fromkeys((*usual, *self._named)))

    def month(self, match: re.Match[str]) -> list[Reading]:
        month = _int(match["month_month"])
        if not 1 <= month <= 12:
            return [("m", month)]
        if match["month_year"]:
            year = _int(match["month_year"])
            self._last = (year, month, 1)
            return [("ym", (year, month)), ("m", month), ("y", year)]
        return [("m", month), *(("ym", (year, month)) for year in self._candidates(month, 1))]

    def year(self, match: re.Match[str]) -> list[Reading]:
        year = _int(match["year"])
        self._named = (*self._named, year)
        return [("y", year)]


def _day(day: date, after: bool = False) -> list[Reading]:
    return [
        ("day", day), ("md", (day.month, day.day)), ("ym", (day.year, day.month)),
        ("m", day.month), ("y", day.year), ("天", Decimal(day.day)), *([("after", day)] if after else []),
    ]  # fmt: skip


def _int(text: str) -> int:
    return int(number(text) or 0)


def _counted(
    group: str, unit: str, times: int = 1, also: str | None = None
) -> Callable[[_Scan, re.Match[str]], list[Reading] | None]:
    def read(_: _Scan, match: re.Match[str]) -> list[Reading] | None:
        value = number(match[group])
        if value is None:
            return None
        found: list[Reading] = [(unit, value / 100 if unit == "%" else value), ("n", value)]
        return [*found, (also, value * times)] if also else found

    return read


def _iso(_: _Scan, match: re.Match[str]) -> list[Reading] | None:
    try:
        return _day(date.fromisoformat(match["iso"]))
    except ValueError:
        return None


def _fixed(*found: Reading) -> Callable[[_Scan, re.Match[str]], list[Reading] | None]:
    return lambda _scan, _match: list(found)


def _tenths(_: _Scan, match: re.Match[str]) -> list[Reading] | None:
    value = number(match["tenths"])
    return None if value is None else [("%", value / 10)]


def _plain(_: _Scan, match: re.Match[str]) -> list[Reading] | None:
    value = number(match["number"])
    return None if value is None else [("n", value), ("元", value), ("天", value), ("岁", value)]


_READERS: dict[str, Callable[[_Scan, re.Match[str]], list[Reading] | None]] = {
    "iso": _iso,
    "date": _Scan.date,
    "month": _Scan.month,
    "year": _Scan.year,
    "month_end": _fixed(("天", Decimal(31)), ("天", Decimal(30))),
    "money": _counted("money", "元"),
    "percent": _counted("percent", "%"),
    "percent_words": _counted("percent_words", "%"),
    "tenths": _tenths,
    "half": _fixed(("%", Decimal("0.5"))),
    "all": _fixed(("%", Decimal(1))),
    "half_year": _fixed(("月", Decimal(6))),
    "months": _counted("months", "月"),
    "days": _counted("days", "天"),
    "years": _counted("years", "年", times=12, also="月"),
    "age": _counted("age", "岁"),
    "number": _plain,
}
_IDIOM = re.compile("[一半全]|每?一(年|天|日|块|成)|全.*|免缴|月[末底]|半年|半数|十分.*|万一|三成|千万")


def _is_vague(kind: str, words: str) -> bool:
    chinese = not any(character.isdigit() for character in words)
    return chinese and (kind in ("number", "half", "all", "month_end", "tenths") or bool(_IDIOM.fullmatch(words)))
