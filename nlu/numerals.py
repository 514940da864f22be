"""Chinese and Arabic numerals as people write them: 320, 三百二, 一千二, 二〇二二, 两, 俩, 半."""

from __future__ import annotations

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3, "幺": 1}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = r"(?:\d{1,7}(?:\.\d+)?|[零〇一二两三四五六七八九十百千万]+)"
"""Regular expression for a numeral, without 半."""


def number(text: str) -> float | None:
    """The value of a numeral, or None where it is not one (十十, 百)."""
    if text == "半":
        return 0.5
    if text.replace(".", "", 1).isdecimal() and text.isascii():
        return float(text)
    if not text or any(c not in DIGITS and c not in UNITS and c != "万" for c in text):
        return None
    if all(c in DIGITS for c in text):
        return float("".join(str(DIGITS[c]) for c in text))
    return _with_units(text)


def whole(text: str) -> int | None:
    """Like `number`, for counts and calendar parts: None where there is a fraction."""
    value = number(text)
    return int(value) if value is not None and value == int(value) else None


def _with_units(text: str) -> float | None:
    if "万" in text:
        head, _, tail = text.partition("万")
        high = number(head)
        low = _tail(tail, 10_000)
        return None if high is None or low is None else high * 10_000 + low
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> float | None:
    total, rest, unit_before = 0, text, 10_000
    while rest:
        rest = rest.lstrip("零〇")
        position = next((i for i, c in enumerate(rest) if c in UNITS), None)
        if position is None:
            low = _tail(rest, unit_before if not text.endswith("零" + rest) else 10)
            return None if low is None else total + low
        unit = UNITS[rest[position]]
        count = 1 if position == 0 and unit == 10 else number(rest[:position]) if position == 1 else None
        if count is None or unit >= unit_before:
            return None
        total, rest, unit_before = total + int(count) * unit, rest[position + 1 :], unit
    return float(total)


def _tail(digits: str, unit: int) -> float | None:
    """The bare last digit: 三百二 is 320, 一万二 is 12000, 二十三 is 23."""
    if not digits:
        return 0
    if digits[0] in "零〇":
        return number(digits.lstrip("零〇"))
    if len(digits) > 1:
        return _below_ten_thousand(digits) if any(c in UNITS for c in digits) else None
    return None if digits not in DIGITS else DIGITS[digits] * unit / 10
