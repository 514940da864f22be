"""The vocabulary that messages are read with, handed in as a value: nothing here knows where it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

FoundPlace: TypeAlias = tuple[int, int, str, tuple[str, ...]]
FindPlaces: TypeAlias = Callable[[str], list[FoundPlace]]
Kind: TypeAlias = Literal["categories", "choice", "bool", "number", "date"]


def no_places(text: str) -> list[FoundPlace]:
    """The place finder of a lexicon that knows no places."""
    return []


@dataclass(frozen=True)
class FactKind:
    """What kind of answer a fact takes (facts.yml), with the words of its quick replies by value."""

    kind: Kind
    labels: Mapping[str | bool, str] = field(default_factory=dict)
    unit: str = ""


@dataclass(frozen=True)
class Lexicon:
    """Words and what they name. An alias with several category ids is ambiguous and stays so.

    `spoken` are ways of saying a category, by its id, that no list of words holds;
    `place_names` are the names that misspelt ones may be mended to (towns and counties of the notices held);
    `find_places` finds every place in a text: (start, end, words, region codes).
    """

    categories: Mapping[str, tuple[str, ...]]
    spoken: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    tiers: tuple[str, ...] = ()
    facts: Mapping[str, FactKind] = field(default_factory=dict)
    place_names: frozenset[str] = frozenset()
    find_places: FindPlaces = no_places

    def terms(self) -> frozenset[str]:
        """Every alias of a category or channel, for the correction of misspelt terms."""
        return frozenset(self.categories) | frozenset(self.channels)


class Phrases:
    """A set of words that finds itself in a text, the longest word at each place, from left to right."""

    def __init__(self, words: Iterable[str]) -> None:
        by_start: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            by_start.setdefault(word[:2], []).append(word)
        self._by_start = by_start

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Start and word of each occurrence, without overlaps."""
        position = 0
        while position < len(text):
            words = self._by_start.get(text[position : position + 2]) or self._by_start.get(text[position]) or []
            word = next((w for w in words if text.startswith(w, position)), None)
            if word is not None:
                yield position, word
            position += len(word) if word else 1
