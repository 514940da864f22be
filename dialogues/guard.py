"""The guard: no number leaves in a reply that has no source (a cited clause, the decision, the person's own words)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from dialogues.reply import Part
from policy_kb.knowledge import KnowledgeBase

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LIST_NUMBER = re.compile(r"^\d{1,2}\. ", re.MULTILINE)


def unsourced(text: str, parts: Iterable[Part], message: str, kb: KnowledgeBase) -> tuple[str, ...]:
    """The numbers of `text` that stand in no source; empty where all have one."""
    allowed = set(_NUMBER.findall(message)) | set(_NUMBER.findall(kb.hotline))
    for part in parts:
        allowed |= set(_of_value(part.context)) | set(_of_value(part.beside))
        for cite in part.citations:
            notice = kb.notices[cite.notice].notice
            allowed |= set(_NUMBER.findall(notice.text_of(cite.clause)))
            allowed |= set(_NUMBER.findall(f"{notice.title}{notice.year}{notice.number.text if notice.number else ''}"))
    shown = "\n".join(line for line in text.splitlines() if not line.startswith("依据："))
    return tuple(
        one for one in _NUMBER.findall(_LIST_NUMBER.sub("", shown)) if _plain(one) not in {_plain(x) for x in allowed}
    )


def _plain(number: str) -> str:
    return number.lstrip("0").rstrip("0").rstrip(".") if "." in number else number.lstrip("0") or "0"


def _of_value(value: object) -> Iterator[str]:
    """Every number a decision holds: sums, days, the parts of dates; the words of rules and records as they stand."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | Decimal | float):
        yield f"{Decimal(str(value)).normalize():f}"
    elif isinstance(value, date):
        yield from (str(value.year), str(value.month), str(value.day))
    elif isinstance(value, str):
        yield from _NUMBER.findall(value)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _of_value(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _of_value(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _of_value(getattr(value, field.name))
