"""A number picked from the choices on offer: 1, 一, 第二个, 选2, 2."""

from __future__ import annotations

import re

from nlu.numerals import whole

MOST = 20
"""No list of choices is longer."""

_CHOICE = re.compile(
    r"(?:我|就|那|还是)*(?:选择?|要|按|点|回复?|是)?(?:第|头)?(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:个|"
    r"项|条|种|号|位)?[.、，。)）]*(?:吧|呗|嘛|呢|呀|啊|的|哈)?[.。！]?"
)
_LEADING = re.compile(
    r"(?:我|就|那)*(?:选择?|要|按)?第(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})(?:个|项|条|种)(?:吧|的|呗)?，?"
)


def read_choice(text: str) -> int | None:
    """The number of the choice, 1 and up, where the message is nothing but that."""
    match = _CHOICE.fullmatch(text) or _LEADING.fullmatch(text)
    value = whole(match["n"]) if match else None
    return value if value is not None and 1 <= value <= MOST else None
