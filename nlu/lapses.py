"""Years not paid, paid back or paid without a break in residents' insurance: 断保两年, 五年没交, 把那两年补上, 连续交了六年."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Literal

from nlu.numerals import NUMERAL, number
from nlu.understanding import FactMention, Span, SpanMention

EMPLOYEE = re.compile(
    "职工|单位|公司|厂|离职|辞职|辞工|辞了|下岗|失业|上班|干了|工作|灵活就业|被裁|裁员|合同|五险|打工"
)
"""Words by which a lapse is that of 职工医保."""
RESIDENT = re.compile("居民医?保|居民的|城乡居?民?医?保|城镇居民|农合|农医|合作医疗|合医|合疗|村里的医保")
"""Words by which it is that of residents' insurance."""
_YEAR = 12
_PAID_BACK = re.compile(
    rf"补(?:缴|交|上|足|齐|回来?|了)*(?:断的|欠的|漏的|前面的?|以前的?|那|这)*(?P<n>{NUMERAL})年"
    rf"|(?:那|这|断的|欠的|前面的?|以前的?|落下的?)+(?P<n2>{NUMERAL})年(?:的钱|的医保|的|费用?)?(?:都|全|也|一起|一次)*补"
)
_UNBROKEN = re.compile(
    rf"(?:连续|一直|年年|没断过?)[^，。？！\d]{{0,6}}?[交缴参买](?:了|保|费|着|过|满)*(?P<n>{NUMERAL})年(?!一?级)"
)
_LAST_YEAR = re.compile(
    "(?P<two>去年(?:跟|和|、)?前年|前年(?:跟|和|、)?去年|这两年|近两年)?(?P<one>去年|上一?年|头年)?"
    "(?:(?!今年|[交缴参买]了)[^，。？！]){0,8}?(?:都|也|就|忘了?|一直)?(?:没|未|忘了?)(?:有|去|来得及)?[交缴参买续](?!吗|没)"
)


def insurance_of(text: str) -> Literal["employee", "resident"] | None:
    """Whose insurance a lapse in this text is of: `employee` (职工医保), `resident`, or None where nothing tells."""
    if EMPLOYEE.search(text):
        return "employee"
    return "resident" if RESIDENT.search(text) else None


def read_lapses(text: str, lengths: Sequence[SpanMention]) -> list[FactMention]:
    """What lengths of time say of residents' insurance; nothing where the text speaks of 职工医保, or of months alone.

    Years not paid are rounded up, years paid without a break down: the careful side of a rule that counts them.
    """
    whose = insurance_of(text)
    gaps = [one for one in lengths if one.about == "gap" and one.months is not None]
    months_only = any((one.months or 0) < _YEAR for one in gaps)
    if whose == "employee" or (whose is None and months_only):
        return []
    found = [*_counted(text, _PAID_BACK, "years_paid_back"), *_counted(text, _UNBROKEN, "unbroken_years")]
    taken = [one.span for one in found]
    long = [one for one in gaps if (one.months or 0) >= _YEAR and not _in(one.span, taken)]
    found += [FactMention(one.span, "missed_years", math.ceil((one.months or 0) / _YEAR)) for one in long]
    if not gaps and not any(one.fact == "missed_years" for one in found):
        found += _last_year(text)
    if whose == "resident" and any(one.fact == "missed_years" for one in found):
        found.append(FactMention(found[-1].span, "previous_status", "resident"))
    return found


def _counted(text: str, pattern: re.Pattern[str], fact: str) -> list[FactMention]:
    found = []
    for match in pattern.finditer(text):
        count = number(next(one for one in match.groups() if one))
        if count is not None:
            found.append(FactMention(Span(*match.span(), match.group()), fact, math.floor(count)))
    return found


def _last_year(text: str) -> list[FactMention]:
    for match in _LAST_YEAR.finditer(text):
        years = 2 if match["two"] else 1 if match["one"] else 0
        if years:
            return [FactMention(Span(*match.span(), match.group()), "missed_years", years)]
    return []


def _in(span: Span, others: Sequence[Span]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in others)
