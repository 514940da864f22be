"""Whole numbers written in Chinese characters (三百二十, 两千, 二〇二二)."""

from __future__ import annotations

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
CHARACTERS = "".join(DIGITS) + "".join(TENS) + "万"


def chinese_number(text: str) -> int | None:
    """The number that `text` writes, or None; a last digit after 百, 千 or 万 counts the next lower place (三百二 is 320)."""
    if not text or any(character not in CHARACTERS for character in text):
        return None
    if len(text) > 1 and all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))
    if "万" in text:
        return _above_ten_thousand(text)
    return _below_ten_thousand(text)


def _above_ten_thousand(text: str) -> int | None:
    head, _, tail = text.partition("万")
    high = _below_ten_thousand(head)
    if high is None:
        return None
    if len(tail) == 1 and tail in DIGITS:
        return high * 10_000 + DIGITS[tail] * 1000
    low = _below_ten_thousand(tail) if tail else 0
    return None if low is None else high * 10_000 + low


def _below_ten_thousand(text: str) -> int | None:
    total, digit, place = 0, None, 10_000
    for character in text:
        if character in TENS:
            if TENS[character] >= place:
                return None
            place = TENS[character]
            total += (1 if digit is None else digit) * place
            digit = None
        elif character not in DIGITS or (digit is not None and digit != 0):
            return None
        else:
            digit = DIGITS[character]
    if digit is None:
        return total if text else None
    spoken = place > 10 and place < 10_000 and "零" not in text and "〇" not in text
    return total + digit * (place // 10 if spoken else 1)
