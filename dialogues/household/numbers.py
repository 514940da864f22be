"""Small numbers of persons as they are spoken: 2, 两, 俩, 仨, 十."""

from __future__ import annotations

from policy_kb.chinese_number import chinese_number

TWO = 2
_TOGETHER = {"俩": 2, "仨": 3}


def how_many(word: str) -> int:
    """The number that the word writes. Raises ValueError where it writes none."""
    number = int(word) if word.isdecimal() else _TOGETHER.get(word, chinese_number(word))
    if number is None:
        raise ValueError(f"{word!r} is no number of persons")
    return number
