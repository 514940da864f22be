"""The guard: no number leaves in a reply that has no source (a cited clause, the decision, the person's own words)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from dialogues.reply import Part
from policy_kb.knowledge import KnowledgeBase

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LIST_NUMBER = re.compile(r"^\d{1,2}\. ", re.MULTILINE)


def unsourced(text: str, parts: Iterable[Part], message: str, kb: KnowledgeBase) -> tuple[str, ...]:
    """The numbers of `text` that stand in no source; empty where all have one."""
    allowed = set(_NUMBER.findall(message)) | set(_NUMBER.findall(kb.hotline))
    for part in parts:
        _add_numbers(allowed, part.context)
        _add_numbers(allowed, part.beside)
        for cite in part.citations:
            notice = kb.notices[cite.notice].notice
            allowed |= set(_NUMBER.findall(notice.text_of(cite.clause)))
            allowed |= set(_NUMBER.findall(f"{notice.title}{notice.year}{notice.number.text if notice.number else ''}"))
    shown = "\n".join(line for line in text.splitlines() if not line.startswith("依据："))
    sources = {_plain(one) for one in allowed}
    return tuple(one for one in _NUMBER.findall(_LIST_NUMBER.sub("", shown)) if _plain(one) not in sources)


def _plain(number: str) -> str:
    return number.lstrip("0").rstrip("0").rstrip(".") if "." in number else number.lstrip("0") or "0"


def _add_numbers(found: set[str], value: object) -> None:
    """Adds every number a decision holds: sums, days, the parts of dates; the words of rules and records as they stand."""
    if isinstance(value, str):
        found.update(_NUMBER.findall(value))
    elif value is not None:
        _adding(type(value))(found, value)  # type: ignore[arg-type] # mypy takes a class for unhashable


@cache
def _adding(kind: type) -> Callable[[set[str], Any], None]:
    """How the numbers of a value of this type are added."""
    if issubclass(kind, bool):
        return lambda _, __: None
    if issubclass(kind, int | Decimal | float):
        return lambda found, value: found.add(f"{Decimal(str(value)).normalize():f}")
    if issubclass(kind, date):
        return lambda found, value: found.update((str(value.year), str(value.month), str(value.day)))
    if issubclass(kind, dict):
        return lambda found, value: _add_all(found, value.values())
    if issubclass(kind, list | tuple | set | frozenset):
        return _add_all
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda found, value: _add_all(found, (getattr(value, name) for name in names))
    return lambda _, __: None


def _add_all(found: set[str], values: Iterable[object]) -> None:
    for one in values:
        _add_numbers(found, one)
