"""Lengths of time: 断了四个月, 停了半年, 交了两年半, 28个月, 90天."""

from __future__ import annotations

import re
from typing import Literal

from nlu.numerals import NUMERAL, number
from nlu.understanding import Span, SpanMention

_N = rf"(?:半|{NUMERAL})"
_DURATION = re.compile(
    rf"(?<![第\d初大高小月周])(?P<n>{_N})(?P<mid>个半|个多|个来|来|多|几)?(?:(?P<year>年)(?!级|度|前|以前|之前|"
    rf"底|初|代|轻|纪|龄|\d)|个?(?P<month>月)(?![前份底初子嫂]|以前|之前|大|的?\d)|"
    rf"(?P<week>个?(?:周|星期|礼拜))(?![前岁]|之前|以前)|(?P<day>[天日])(?![前大]|以前|之前))"
    rf"(?P<tail>半|多|零?(?P<n2>{_N})个?(?P<unit2>月|天)(?:半)?)?"
)
_BIG_YEARS = 80
_GAP = re.compile(r"断|停|隔|中断|空[了档]|没[交缴买续保]|未[交缴]|漏|脱保|欠")
_GAP_AFTER = re.compile(r"^(?:都|也)?(?:没[交缴买续保上有]|未[交缴]|断|不[交缴])")
_INSURED = re.compile(r"[交缴买](?:了|过|满|有|够|的)?|连续|参保|干了|上了|工龄|累计|[参保]了|满了?$|医保$|社保$")
_GONE_BY = re.compile(r"(?:了|满|过|够|干|等)$")
_PER = re.compile(r"^(?:[一1]|每)$")


def read_durations(text: str) -> list[SpanMention]:
    """All lengths of time. 一年 counts only as time gone by, not as the unit of a price (一年交多少)."""
    found: list[SpanMention] = []
    for match in _DURATION.finditer(text):
        about = _about(text, match)
        months, days = _length(match)
        if (months is None and days is None) or (
            _is_rate(match) and about != ("gap") and not _GONE_BY.search(text[: match.start()])
        ):
            continue
        found.append(SpanMention(Span(*match.span(), match.group()), months, days, about))
    return found


def _is_rate(match: re.Match[str]) -> bool:
    plain = not match["mid"] and not match["tail"]
    return bool(_PER.match(match["n"]) and plain and (match["year"] or match["month"]))


def _length(match: re.Match[str]) -> tuple[float | None, int | None]:
    count = number(match["n"])
    month_name = match["month"] and "个" not in match.group()
    if count is None or month_name or (match["year"] and count > _BIG_YEARS):
        return None, None
    count += 0.5 if match["mid"] == "个半" or (match["tail"] or "") == "半" else 0
    if match["year"] or match["month"]:
        months = count * 12 if match["year"] else count
        extra = number(match["n2"]) if match["n2"] and match["unit2"] == "月" else 0
        return months + (extra or 0), None
    return None, round(count * (7 if match["week"] else 1))


def _about(text: str, match: re.Match[str]) -> Literal["gap", "insured", "other"]:
    before = re.split(r"[，。？！；\n]", text[: match.start()])[-1][-10:]
    after = text[match.end() : match.end() + 5]
    if _GAP_AFTER.match(after):
        return "gap"
    gap = max((m.start() for m in _GAP.finditer(before)), default=-1)
    insured = max((m.start() for m in _INSURED.finditer(before)), default=-1)
    if gap == insured == -1:
        return "other"
    return "gap" if gap != -1 and insured - gap <= 1 else "insured"
