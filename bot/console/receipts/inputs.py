"""What went into an answer, in words (当时用的情况)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.console.conversations import place_words
from bot.review.receipts import Receipt
from dialogues.wording import day
from policy_kb.facts import FactKind
from policy_kb.knowledge import KnowledgeBase

_NAMES = {"category": "身份", "tier": "档次", "age": "年龄", "birth_date": "出生日期", "paid_on": "缴费日期"}


@dataclass(frozen=True)
class Input:
    """One thing that was known: its name and what it was."""

    name: str
    words: str


def inputs(receipt: Receipt, kb: KnowledgeBase) -> tuple[Input, ...]:
    """Place, year, day, and what the person said; nothing from a record."""
    return tuple(_inputs(receipt, kb))


def _inputs(receipt: Receipt, kb: KnowledgeBase) -> Iterator[Input]:
    yield Input("哪里", place_words(receipt.region, kb))
    yield Input("哪天问的", day(date.fromisoformat(receipt.day)))
    if receipt.year is not None:
        yield Input("说的年度", f"{receipt.year}年度")
    for name, value in receipt.said.items():
        if name in kb.facts:
            kind = kb.facts[name]
            yield Input(_NAMES.get(name) or kind.ask.removeprefix("请问").rstrip("？"), _words(kind, value))


def _words(kind: FactKind, value: object) -> str:
    """A value as it was kept (JSON): days are texts, several categories a list."""
    if isinstance(value, list):
        return "、".join(str(one) for one in value) or "都不是"
    if kind.kind == "date" and isinstance(value, str):
        return day(date.fromisoformat(value))
    return kind.label(value)  # type: ignore[arg-type]
