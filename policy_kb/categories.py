"""Categories of persons (人员类别): how one contains another, and what everyday words may mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import cast

import yaml

from policy_kb.errors import VocabularyFault

_KEYS = {
    "aliases",
    "spoken",
    "is_a",
    "may_be",
    "made_of",
    "kinds",
    "certified_by",
    "ordinary",
    "of_household",
    "unless",
}


@dataclass(frozen=True)
class Category:
    """One category: its canonical name, the words for it, the wider ones, who certifies it; `kinds` make it up without rest."""

    name: str
    aliases: tuple[str, ...] = ()
    spoken: tuple[re.Pattern[str], ...] = ()
    """Ways of saying it that no list of words holds (an adjective that names it only at the end of a clause)."""
    is_a: tuple[str, ...] = ()
    may_be: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    certified_by: str = ""
    ordinary: bool = False
    of_household: bool = False
    """Whether it is said of a whole household (双女户), not of one person."""
    unless: Mapping[str, str] = field(default_factory=dict)
    """Other categories, and what a person of this one is who is expressly not in them (脱了贫，又不在监测里)."""


@dataclass(frozen=True)
class Categories:
    """All categories by canonical name."""

    by_name: Mapping[str, Category]

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def __getitem__(self, name: str) -> Category:
        return self.by_name[name]

    @cached_property
    def _around(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}

        def around(name: str) -> frozenset[str]:
            if name not in found:
                found[name] = frozenset({name}).union(*map(around, self.by_name[name].is_a))
            return found[name]

        return {name: around(name) for name in self.by_name}

    def wider(self, name: str) -> frozenset[str]:
        """`name` and every category that contains it."""
        return self._around[name]

    def within(self, name: str, of: str) -> bool | None:
        """Whether a person of category `name` is one of `of`: None where that category is narrower or only may be."""
        wider = self.wider(name)
        if of in wider:
            return True
        if any(of in self.by_name[one].may_be for one in wider) or name in self.wider(of):
            return None
        return False

    def closed(self, names: Iterable[str]) -> tuple[str, ...]:
        """The categories of one person, with those added that these together make up, and without `ordinary` ones."""
        return self._remembered(tuple(names))

    @cached_property
    def _remembered(self) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
        """`closed` as it was asked before: every message asks several times, for few different persons."""
        return lru_cache(maxsize=1000)(self._closed)

    def _closed(self, names: tuple[str, ...]) -> tuple[str, ...]:
        held = [name for name in dict.fromkeys(names) if not self.by_name[name].ordinary]
        made = [one.name for one in self.by_name.values() if one.name not in held and self._makes(held, one.made_of)]
        return (*held, *made)

    def _makes(self, held: Iterable[str], parts: tuple[str, ...]) -> bool:
        """Whether several categories together have all the parts (one that has them all alone is a kind of its own)."""
        having = [{part for part in parts if self.within(name, part)} for name in held]
        return bool(parts) and set(parts) == set().union(*having) and set(parts) not in having

    def telling(self, held: Iterable[str]) -> tuple[str, ...]:
        """The categories held without those of which a narrower one held tells the kind (残疾人 beside 轻度残疾人)."""
        names = tuple(held)
        kinds = [name for name in names if not self.by_name[name].made_of]
        told = {wider for name in kinds for wider in self.wider(name) if wider != name}
        return tuple(name for name in names if name not in told)

    @cached_property
    def words(self) -> re.Pattern[str]:
        """Every official or everyday word for a category that helps, the longest first."""
        known = {word for one in self.by_name.values() if not one.ordinary for word in (one.name, *one.aliases)}
        return re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))

    def narrower(self, name: str) -> tuple[str, ...]:
        """The categories directly within `name`, in the order of the file."""
        return tuple(one.name for one in self.by_name.values() if name in one.is_a)

    def named(self, word: str) -> tuple[str, ...]:
        """The categories an everyday or official word may mean; empty where none is known."""
        if word in self.by_name:
            return (word,)
        return tuple(one.name for one in self.by_name.values() if word in one.aliases)


@cache
def load_categories(path: Path) -> Categories:
    """Reads categories.yml; raises VocabularyFault where one refers to a category that is not there."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    table = {name: _category(path, name, entry) for name, entry in raw.items()}
    for category in table.values():
        for other in (*category.is_a, *category.may_be, *category.made_of, *category.kinds):
            if other not in table:
                raise VocabularyFault(
                    f"{path.name}: {category.name}", f"no category {other}", "declare it, or mend the name"
                )
    return Categories(table)


def _category(path: Path, name: str, entry: Mapping[str, object]) -> Category:
    unknown = set(entry) - _KEYS
    if unknown:
        raise VocabularyFault(f"{path.name}: {name}", f"unknown keys {sorted(unknown)}", f"use {sorted(_KEYS)}")

    def words(key: str) -> tuple[str, ...]:
        return tuple(cast("list[str]", entry.get(key) or []))

    return Category(
        name=name,
        aliases=words("aliases"),
        spoken=tuple(_pattern(path, name, source) for source in words("spoken")),
        is_a=words("is_a"),
        may_be=words("may_be"),
        made_of=words("made_of"),
        kinds=words("kinds"),
        certified_by=str(entry.get("certified_by", "")),
        ordinary=bool(entry.get("ordinary", False)),
        of_household=bool(entry.get("of_household", False)),
        unless=cast("Mapping[str, str]", entry.get("unless") or {}),
    )


def _pattern(path: Path, name: str, source: str) -> re.Pattern[str]:
    try:
        return re.compile(source)
    except re.error as wrong:
        raise VocabularyFault(
            f"{path.name}: {name}", f"spoken: {source!r} is no regular expression ({wrong})", "mend it, or leave it out"
        ) from wrong
