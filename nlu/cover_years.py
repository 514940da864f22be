"""Years of cover (参保年度) named as such: 2022年度, 22年的医保, 明年交多少; years of anything else are dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from nlu.date_forms import full_year
from nlu.periods import solar_year
from nlu.understanding import DateMention, DateRole, Span, YearMention

NEAR = 6
"""Years from today within which a two-digit year is a year of cover."""

_WRITTEN = re.compile(
    r"(?<![\d.\-/])(?P<y>(?:19|20)\d\d|[二][〇零]\d?[〇零一二三四五六七八九]{2})(?:年度?|(?=医保|的|呢|农合|新农合|居民|合作医疗|社保|那|$))"
)
_SHORT = re.compile(
    r"(?<![\d.\-/月了缴交满续干第保])(?P<y>\d{2})年(?=度|的|$|[，。？！呢]|医保|农合|新农合|合作医疗|居民|社保|保费|没|我|交|缴|要|个人|一档|二档|那)"
)
_RELATIVE = re.compile(r"大前年|今年|本年度?|当年(?=度|的?医保)|去年|上一?年度?|前年|明年|(?<![十几多好])来年|下一?年度?|次年|后年")
_SHIFTS = (("大前年", -3), ("前年", -2), ("去年", -1), ("上", -1), ("今", 0), ("本", 0), ("当", 0), ("后年", 2))
_AGE = re.compile(r"(?:都|已经|满|快|才|刚|就)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:岁|周岁|了|多岁|$|[，。])")
_LIFE = re.compile(
    r"出生|生(?=的|了|娃|孩|$)|嫁|离职|辞职|毕业|退(?=下|伍|役)|没了|去世|走了|迁|结婚|当兵|失业|下岗|出来|评|认定|批|取消|[办吃]上|列成|纳入|脱贫|查出|断的?"
)
_BIRTH = re.compile(r"出生|生(?=的|了|娃|孩|$)|的?人$")
_INSURANCE = re.compile(r"医保|保费|农合|合作医疗|居民|[交缴参]|收|多少")
_CLAUSE_END = re.compile(r"[，。？！；、\n]")


def read_years(text: str, today: date, taken: Sequence[Span]) -> list[YearMention | DateMention]:
    """Years outside the dates already `taken`: of cover, or of an event (去年离职的) as a date of a whole year."""
    found: list[YearMention | DateMention] = []
    for pattern in (_WRITTEN, _SHORT, _RELATIVE):
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end(), match.group())
            if all(span.end <= t.start or span.start >= t.end for t in taken):
                found += _year(text, span, match.groupdict().get("y"), today)
    return found


def _year(text: str, span: Span, written: str | None, today: date) -> list[YearMention | DateMention]:
    after = _CLAUSE_END.split(text[span.end :])[0]
    year = full_year(written, today) if written else _relative(span.text, today)
    if year is None or (not written and _AGE.match(after)):
        return []
    if _LIFE.search(after[:7]) and not after.startswith("度"):
        return _event(span, year, "birth" if _BIRTH.search(after[:7]) else "other")
    if span.text.endswith("前年") and not _INSURANCE.search(after[:8]):
        return _event(span, year, "other")
    if written and len(written) == 2 and abs(year - today.year) > NEAR:
        return _event(span, year, "birth")
    return [YearMention(span, year, relative=not written)]


def _event(span: Span, year: int, role: DateRole) -> list[YearMention | DateMention]:
    period = solar_year(year)
    return [] if period is None else [DateMention(span, period.first, period.last, period.precision, role)]


def _relative(word: str, today: date) -> int:
    return today.year + next((shift for start, shift in _SHIFTS if word.startswith(start)), 1)
