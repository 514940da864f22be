"""Cutting a long answer into messages (≤ 2048 bytes): at lines, sentences, clauses; never in a number or a citation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

MOST = 2048
"""Bytes of a text in UTF-8 that the platform shows."""
_ON = r"[\u0300-\u036f\u20e3\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*"
"""What a character carries on it: accents, tones of skin, how an emoji is drawn."""
_CHARACTER = rf".{_ON}(?:\u200d.{_ON})*"
"""One character as it is seen."""
_NUMBER = r"[\d０-９]+(?:[.,:/\-．，][\d０-９]+)*(?:[%％‰]|[年月日天元万亿岁人周个倍]+)?(?:\d+[年月日号]*)*"
"""320元，2021年12月31日."""
_CLAUSE = r"第?[零〇一二三四五六七八九十百]+[条款项章]?(?:（[一二三四五六七八九十\d]+）)+|（[一二三四五六七八九十\d]+）"
_NOTICE = r"《[^《》\n]{1,120}》(?:第?[零〇一二三四五六七八九十百\d]+[条款项章]?|（[一二三四五六七八九十\d]+）)*"
_WORD = rf"(?:[A-Za-z_./:?&=%#@\-]{_ON}|\d)+"
_NUMERAL = r"[零〇一二三四五六七八九十百千万亿两]{2,}[元年月日天]?"
_WHOLE = re.compile("|".join((_NOTICE, _CLAUSE, _NUMBER, _WORD, _NUMERAL, _CHARACTER)), re.DOTALL)
_ONE = re.compile(_CHARACTER, re.DOTALL)
_ENDS = ("\n", "。！？!?；;…", "，、,：:）」”")
"""What a piece ends with, best first: a line, a sentence, a clause."""


def in_bytes(text: str) -> int:
    """The length of a text in UTF-8."""
    return len(text.encode())


def pieces(text: str, most: int = MOST, size: Callable[[str], int] = in_bytes) -> list[str]:
    """The text in parts of at most `most` bytes (or what `size` counts); nothing is lost but the white space at a cut."""
    parts, rest = [], text.strip()
    while size(rest) > most:
        part, rest = _cut(rest, most, size)
        parts.append(part.rstrip())
        rest = rest.lstrip()
    return [*parts, rest] if rest else parts


def _cut(text: str, most: int, size: Callable[[str], int]) -> tuple[str, str]:
    """The longest good beginning that fits, and what follows it."""
    last, ends = 0, dict.fromkeys(_ENDS, 0)
    for end in _borders(text, most, size):
        last = end
        for kind in _ENDS:
            if text[end - 1] in kind:
                ends[kind] = end
    # a cut far from the limit would make many short messages: a worse border that lies later is better then
    good = next((at for at in ends.values() if at * 3 >= last > 0), 0)
    at = good or last or _characters(text, most, size)
    return text[:at], text[at:]


def _borders(text: str, most: int, size: Callable[[str], int]) -> Iterator[int]:
    """Where nothing whole is cut, up to the limit."""
    so_far = 0
    for found in _WHOLE.finditer(text):
        so_far += size(found.group())
        if so_far > most:
            return
        yield found.end()


def _characters(text: str, most: int, size: Callable[[str], int]) -> int:
    """Of something whole that is longer than a message: as many characters as fit."""
    so_far = 0
    for found in _ONE.finditer(text):
        so_far += size(found.group())
        if so_far > most:
            return found.start() or _code_points(text, most, size)
    return len(text)


def _code_points(text: str, most: int, size: Callable[[str], int]) -> int:
    """Of one character that is longer than a message (accents without end): what fits, and be it broken."""
    return next(at for at in range(len(text), 0, -1) if size(text[:at]) <= most or at == 1)
