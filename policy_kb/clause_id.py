"""The id of a clause (条款号): the notice's own numbering from the outside in, as in `三（二）1（5）` or `第五条（二）`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from policy_kb.chinese_number import chinese_number
from policy_kb.errors import NoticeFault

PREAMBLE = "引言"
CLOSING = "落款"
ANNEX = "附件"

_NUMERAL = "[一二三四五六七八九十]+"
_SEGMENT = re.compile(
    rf"引言|落款|附件\d*|第(?:\d+|[一二三四五六七八九十百零]+)[章节条]|{_NUMERAL}|（{_NUMERAL}）|\d+|（\d+）"
)
_BRACKETS = str.maketrans("()", "（）")
_MEND = "write it as the notice numbers it, e.g. 四, 四（二）, 三（二）1（5）, 第五条（二）, 1（3）, 附件2, 引言, 落款"


def normalise_id(text: str) -> str:
    """The id with full-width brackets, half-width digits and no white space, however it was typed."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_BRACKETS)


@cache
def parse(clause_id: str) -> tuple[str, ...]:
    """The segments of an id, outermost first; `三（二）1` gives 三, （二）, 1. Raises NoticeFault on what is no id."""
    segments: list[str] = []
    position = 0
    text = normalise_id(clause_id)
    while match := _SEGMENT.match(text, position):
        segments.append(match[0])
        position = match.end()
    if position < len(text) or not segments or not all(map(_may_follow, ("", *segments), segments)):
        raise NoticeFault(f"clause {clause_id!r}", "this is no clause id", _MEND)
    return tuple(segments)


def parent(clause_id: str) -> str | None:
    """The id of the clause around this one; None for a clause of the top level."""
    return "".join(parse(clause_id)[:-1]) or None


def covers(outer: str, inner: str) -> bool:
    """Whether `inner` is `outer` or lies within it: 四 covers 四（二）, 附件 does not cover 附件2."""
    segments = parse(outer)
    return parse(inner)[: len(segments)] == segments


def ordinal(segment: str) -> int:
    """The number a segment prints: （十二） gives 12, 附件2 gives 2, one without a number 0."""
    bare = segment.strip("（）第章节条").removeprefix(ANNEX)
    return int(bare) if bare.isdecimal() else chinese_number(bare) or 0


def series(segment: str) -> str:
    """What kind of number a segment prints: clauses beside one another count on in the same (一, （一）, 1, （1）, 条, 章)."""
    if segment.endswith(("章", "节", "条")):
        return segment[-1]
    shape = "1" if any(character.isdecimal() for character in segment) else "一"
    return f"（{shape}）" if segment.startswith("（") else shape


def rank(segment: str) -> int:
    """Where a clause belongs beside others: 0 the preamble, 1 the numbered body, 2 the closing and the annexes."""
    if segment == PREAMBLE:
        return 0
    return 2 if segment == CLOSING or segment.startswith(ANNEX) else 1


def _may_follow(before: str, segment: str) -> bool:
    """Whether a segment may stand behind another (behind nothing: first)."""
    if not before:
        return True
    if segment.endswith(("章", "节", "条")):
        return before.endswith("章" if segment.endswith("节") else ("章", "节")) and not segment.endswith("章")
    return rank(segment) == 1 and series(segment) != "一"
