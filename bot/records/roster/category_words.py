"""The category column (人员类别) of a roster against the taxonomy of policy_kb."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.records.entry import Held
from bot.records.roster.cells import BadCell
from bot.records.roster.headings import roster_words
from policy_kb.categories import Categories

_BETWEEN = re.compile(r"[、,，;；/|+\s]+")
_BRACKETS = re.compile(r"[（(].*?[）)]")


class CategoryWords:
    """Reads the words of a category cell; a word is looked up once."""

    def __init__(self, categories: Categories, mapped: Mapping[str, str]) -> None:
        self._categories = categories
        self._mapped = mapped
        self._ordinary = frozenset(roster_words().ordinary)
        self.held = lru_cache(maxsize=10_000)(self._held)

    def _held(self, text: str) -> tuple[Held, ...] | None:
        """The categories a cell names: () for nobody special, None for an empty cell. Raises BadCell."""
        if not text:
            return None
        found: dict[str, Held] = {}
        for word in self._words(text):
            category = self._category(word)
            if category is not None:
                found[category] = Held(category, word)
        return tuple(found.values())

    def _words(self, text: str) -> list[str]:
        text = self._mapped.get(text, text)
        if self._known(text):
            return [text]
        return [self._mapped.get(word, word) for word in _BETWEEN.split(text) if word]

    def _known(self, word: str) -> bool:
        return word in self._ordinary or bool(self._categories.named(word))

    def _category(self, word: str) -> str | None:
        if word in self._ordinary:
            return None
        named = self._categories.named(word) or self._categories.named(_BRACKETS.sub("", word))
        if not named:
            raise BadCell(f"不认识的人员类别“{word[:20]}”，请写通知里的叫法，或在对照文件里说明")
        if len(named) > 1:
            raise BadCell(f"人员类别“{word}”可能是{'，也可能是'.join(named)}，请写全称")
        return None if self._categories[named[0]].ordinary else named[0]
