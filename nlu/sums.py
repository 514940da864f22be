"""Sums of money: 320块, 三百二, 一千二百元, 收我350."""

from __future__ import annotations

import re

from nlu.numerals import NUMERAL, number
from nlu.understanding import AmountMention, Span

_CN_BIG = r"[一二两三四五六七八九][百千][零一二三四五六七八九十百]*"
_WITH_UNIT = re.compile(
    rf"(?<![\d.第几好])(?P<n>{NUMERAL})(?:多|来|好几)?(?P<unit>块钱|元钱|块|元|圆|"
    rf"毛)(?P<dime>[一二三四五六七八九半](?![个百千十口人]))?"
)
_SPOKEN = re.compile(
    rf"(?<![一二三四五六七八九十百千万\d])(?P<n>{_CN_BIG})(?:多)?(?![零一二三四五六七八九十百个人口户年月天日号岁米斤次分户亩])"
)
_AFTER_VERB = re.compile(
    r"(?:[交缴收扣付掏要给出花刷按补减贴垫涨退]|只|才|是)(?:了|过|我|俺|他|她|的|我们|你|就|都|"
    r"到){0,2}(?P<n>\d{2,5}(?:\.\d{1,2})?)(?![\d.个人口户年月天日号岁%％级档\-/]|__)"
)


def read_sums(text: str) -> list[AmountMention]:
    """All sums; a bare number counts as one only after a verb of paying."""
    found: list[AmountMention] = []
    for pattern in (_WITH_UNIT, _SPOKEN, _AFTER_VERB):
        for match in pattern.finditer(text):
            yuan = _yuan(match)
            start = match.start("n")
            # 加一块 is together, not 1 元.
            if (
                yuan is not None
                and match.group() != ("一块")
                and all(match.end() <= f.span.start or start >= f.span.end for f in found)
            ):
                found.append(AmountMention(Span(start, match.end(), text[start : match.end()]), yuan))
    return sorted(found, key=lambda m: m.span.start)


def _yuan(match: re.Match[str]) -> float | None:
    value = number(match["n"])
    groups = match.groupdict()
    if value is None:
        return None
    if groups.get("unit") == "毛":
        return value / 10
    dime = groups.get("dime")
    return value + (0.0 if not dime else 0.5 if dime == "半" else (number(dime) or 0) / 10)
