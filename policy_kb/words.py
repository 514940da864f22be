"""The words of a text for searching: cut by rjieba with the field's own words, without punctuation and white space."""

from __future__ import annotations

from collections.abc import Iterable

import rjieba

from policy_kb.notice import normalise

FREQUENCY = 100_000
"""The weight of the field's own words, so that none is cut in two (等待期)."""


class Words:
    """A segmenter that knows the names of categories and ways to pay besides its dictionary."""

    def __init__(self, own: Iterable[str] = ()) -> None:
        self._jieba = rjieba.Jieba()
        for word in own:
            self._jieba.add_word(_folded(word), FREQUENCY, None)

    def cut(self, text: str) -> list[str]:
        """The words, long ones also by their parts (社会保障卡: 社会, 保障, 社会保障卡), lower case, in order."""
        found = self._jieba.cut_for_search(_folded(text))
        return [word for word in found if any(character.isalnum() for character in word)]

    def terms(self, text: str) -> list[str]:
        """What a text is searched by: its words, and its characters, which also meet where words differ (缴费, 缴了)."""
        characters = [character for character in _folded(text) if character.isalnum()]
        return self.cut(text) + characters


def _folded(text: str) -> str:
    """Officials write 缴 where people write 交: one word to the search."""
    return normalise(text).lower().replace("缴", "交")
