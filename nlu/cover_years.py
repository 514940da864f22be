"""Years of cover (参保年度) named as such: 2022年度, 22年的医保, 明年交多少; years of anything else are dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from nlu.periods import solar_year
from nlu.understanding import DateMention, DateRole, Span, YearMention
from nlu.years import full_year

NEAR = 6
"""Years from today within which a two-digit year is a year of cover."""

_WRITTEN = re.compile(
    r"(?<![\d.\-/])(?P<y>(?:19|20)\d\d|[二][〇零]\d?[〇零一二三四五六七八九]{2})(?:年度?|(?=医保|的|呢|农合|"
    r"新农合|居民|合作医疗|社保|那|$))"
)
_SHORT = re.compile(
    r"(?<![\d.\-/月了缴交满续干第保])(?P<y>\d{2})年(?=度|的|$|[，。？！呢]|医保|农合|新农合|合作医疗|居民|社保|"
    r"保费|没|我|交|缴|要|个人|一档|二档|那)"
)
_RELATIVE = re.compile(
    r"大前年|今年|本年度?|当年(?=度|的?医保)|去年|上一?年度?|前年|明年|(?<![十几多好])来年|下一?年度?|次年|后年"
)
_SHIFTS = (("大前年", -3), ("前年", -2), ("去年", -1), ("上", -1), ("今", 0), ("本", 0), ("当", 0), ("后年", 2))
_AGE = re.compile(r"(?:都|已经|满|快|才|刚|就)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:岁|周岁|了|多岁|$|[，。])")
_LIFE = re.compile(
    r"出生|生(?=的|了|娃|孩|$)|嫁|离职|辞职|毕业|退(?=下|伍|役)|没了|去世|走了|迁|结婚|当兵|失业|下岗|出来|评|"
    r"认定|批|取消|[办吃]上|列成|纳入|脱贫|脱的|查出|断的?|考[到上取]|入学|入伍|转业|离婚|搬|手术|得的?病|进厂"
)
_BIRTH = re.compile(r"出生|生(?=的|了|娃|孩|$)|的?人$")
_INSURANCE = re.compile(r"医保|保费|农合|合作医疗|居民|[交缴参]|收|多少")
_COMPARED = re.compile(r"(?:比|较|相比|比起|同)$")
_SUBJECT = (
    r"(?:的|度)?(?:医保|合作医疗|农合|居民医保|钱)?(?:我家|我们|我|俺|他|她|家里|也|都|就|一直|在[^，]{1,8}|已经)*"
)
# A payment told of, not a year asked about: 去年没交, 去年在邮政交过.
_NOT_PAID = re.compile(rf"{_SUBJECT}(?:没有?|忘记?了?|漏|未)(?:给我?)?[交缴买参上办]")
_PAID = re.compile(rf"{_SUBJECT}(?:[交缴买参办]|登记)保?(?:了(?!多少|几|好多|没|吗)|过(?!吗|没))")
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
    if year is None or (not written and (_AGE.match(after) or _COMPARED.search(text[: span.start]))):
        return []
    if _only_told(text, after, year, written, today):
        return _event(span, year, "other")
    if _LIFE.search(after[:7]) and not after.startswith("度"):
        return _event(span, year, "birth" if _BIRTH.search(after[:7]) else "other")
    if span.text.endswith("前年") and not _INSURANCE.search(after[:8]):
        return _event(span, year, "other")
    if written and len(written) == 2 and abs(year - today.year) > NEAR:
        return _event(span, year, "birth")
    return [YearMention(span, year, relative=not written)]


def _only_told(text: str, after: str, year: int, written: str | None, today: date) -> bool:
    """Whether the year is one of a past payment, made or missed; one to be made good is asked about."""
    if year < today.year:
        return bool(_NOT_PAID.match(after) or _PAID.match(after))
    return year == today.year and bool(written) and bool(_NOT_PAID.match(after)) and "补" not in text


def _event(span: Span, year: int, role: DateRole) -> list[YearMention | DateMention]:
    period = solar_year(year)
    return [] if period is None else [DateMention(span, period.first, period.last, period.precision, role)]


def _relative(word: str, today: date) -> int:
    return today.year + next((shift for start, shift in _SHIFTS if word.startswith(start)), 1)
