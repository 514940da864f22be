"""Bare answers to a question that the program put: 是的, 没有, 七十, 三个月, 外地的, 普通人."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from nlu.ages import OLDEST
from nlu.durations import read_durations
from nlu.lexicon import FactKind, Lexicon
from nlu.numerals import NUMERAL, number
from nlu.understanding import AgeMention, CategoryMention, FactMention, Mention, Span, SpanMention

LONGEST = 16
"""Characters: a longer message is no bare answer, whatever it begins with."""

_NUMBER = re.compile(
    rf"(?:大概|大约|差不多|有|快|是|都|已经|才|就|了)*(?P<n>半|{NUMERAL})(?:多|来|左右|几)?(?P<unit>岁|周岁|个月|"
    rf"个?年|年|月|天|了|的|吧|啊)*[。！]?"
)
_NO = re.compile(
    r"(?:哦|嗯|啊|那)?(?:还|都|也|是|就|我|我们|他|她|俺|从来)*(?:不|没|未|无|否|冇|莫得|没得|别)(?:是|有|会|在|"
    r"对|能|算|办|交|参加|领|得|行|可以)?(?:[^，。！？]{0,6})?[。！]?"
)
_YES = re.compile(
    r"(?:嗯|对|是|有|会|能|在|可以|好|行|办了|交了|参加了|领了|的确|确实|当然|要得|没错|必须|中|得行|晓得)(?:的|"
    r"啊|呀|呢|了|嘛|哦|对|是|有|啦|好)*(?:[，。！].{0,8})?"
)
_NOTHING = re.compile(
    r"(?:没|没有|没得|都没有|不是|都不是|无|什么都没有|啥都没有|啥也没有|都没得|哪样都不是)(?:啊|呀|的|"
    r"哦)?[。！]?"
)
_NEGATIVE = re.compile(r"^(?:不(?!是学生)|没|未)")
_ROUND_UP = frozenset({"gap_months", "missed_years"})
_PER_YEAR = 12


def read_answer(text: str, fact: str, lexicon: Lexicon, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """What a short message says of the fact that was asked for; nothing where it is no answer to that.

    Months of a gap are rounded up and months insured down: the careful side of a rule that counts them.
    """
    kind = lexicon.facts.get(fact)
    if kind is None or len(text) > LONGEST or _already(fact, mentions):
        return ()
    bare = text.strip("，。！？ ")
    if kind.kind == "number":
        return _number(bare, fact, kind, mentions)
    if kind.kind == "categories":
        return _nothing(bare, lexicon, mentions)
    value = _value(bare, kind) if kind.kind in ("bool", "choice") else None
    return () if value is None else (FactMention(Span(0, len(text), text), fact, value),)


def is_number_asked(fact: str | None, lexicon: Lexicon) -> bool:
    """Whether a bare number answers the question, rather than picks from choices."""
    kind = lexicon.facts.get(fact) if fact else None
    return kind is not None and kind.kind in ("number", "date")


def _already(fact: str, mentions: Sequence[Mention]) -> bool:
    return any(isinstance(m, FactMention) and m.fact == fact for m in mentions)


def _value(bare: str, kind: FactKind) -> str | bool | None:
    """The value whose quick reply was typed, in whole or in its telling part; else yes or no."""
    whole = [value for value, label in kind.labels.items() if label == bare]
    if whole:
        return whole[0]
    if kind.kind == "bool":
        return _yes_or_no(bare, kind)
    core = bare.rstrip("的呀啊哦吧了").removeprefix("是")
    part = [value for value, label in kind.labels.items() if len(core) >= 2 and (core in label or label in core)]
    return part[0] if len(part) == 1 else None


def _yes_or_no(bare: str, kind: FactKind) -> bool | None:
    """是的 and 没有; turned round where the fact itself is a denial (不会用手机)."""
    turned = bool(_NEGATIVE.match(kind.labels.get(True, "")))
    if re.fullmatch(r"(?:是|对|嗯)(?:的|啊|呀|对|是)*", bare):
        return not turned
    if _NO.fullmatch(bare):
        return turned
    return not turned if _YES.fullmatch(bare) else None


def _number(bare: str, fact: str, kind: FactKind, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    span = Span(0, len(bare), bare)
    if fact == "age":
        return () if any(isinstance(m, AgeMention) for m in mentions) else _age(bare, span)
    count = _counted(bare, kind)
    if count is None:
        return ()
    value = math.ceil(count) if fact in _ROUND_UP else math.floor(count)
    return (FactMention(span, fact, value),)


def _age(bare: str, span: Span) -> tuple[Mention, ...]:
    match = _NUMBER.fullmatch(bare)
    years = number(match["n"]) if match else None
    return (AgeMention(span, int(years)),) if years is not None and 0 <= years <= OLDEST else ()


def _counted(bare: str, kind: FactKind) -> float | None:
    """A number in the fact's own unit (年 or 个月), from words in either."""
    yearly = kind.unit == "年"
    lengths = list(read_durations(bare))
    if lengths:
        return _in_unit(lengths[0], yearly)
    if re.fullmatch(r"(?:就|才|也|刚)?(?:没断|没有断|没断过|没有断过|没断缴)过?", bare):
        return 0
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return None
    value = number(match["n"])
    years_said = "年" in bare
    if value is None or years_said == yearly or not ("年" in bare or "月" in bare):
        return value
    return value * _PER_YEAR if years_said else value / _PER_YEAR


def _in_unit(length: SpanMention, yearly: bool) -> float:
    months = length.months if length.months is not None else (length.days or 0) / 30
    return months / _PER_YEAR if yearly else months


def _nothing(bare: str, lexicon: Lexicon, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """没有, 都不是: none of the categories, which is an ordinary resident."""
    if not _NOTHING.fullmatch(bare) or any(isinstance(m, CategoryMention) for m in mentions):
        return ()
    ids = lexicon.categories.get("都不是") or lexicon.categories.get("都没有")
    return (CategoryMention(Span(0, len(bare), bare), ids),) if ids else ()
