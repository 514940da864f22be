"""What stands in a kept question for a number or a name, in words that staff read."""

from __future__ import annotations

from datetime import date

from nlu.personal import CARD, ID, NAME, PHONE, screen

_WORDS = {ID: "【证件号】", PHONE: "【电话】", CARD: "【卡号】", NAME: "【姓名】"}


def readable(text: str) -> str:
    """`身份证是__ID__` as `身份证是【证件号】`."""
    for placeholder, words in _WORDS.items():
        text = text.replace(placeholder, words)
    return text


def without_numbers(text: str, today: date) -> str:
    """Words that may be passed on: numbers of persons and introduced names are replaced."""
    return readable(screen(text, today).text)
