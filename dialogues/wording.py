"""How figures and days are written in replies: `40元`, `2021年12月31日`."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal


def yuan(amount: Decimal | int | float) -> str:
    """`320元`, `96.5元`."""
    value = Decimal(str(amount)).normalize()
    text = f"{value:f}"
    return f"{text}元"


def day(value: date) -> str:
    """`2021年12月31日`."""
    return f"{value.year}年{value.month}月{value.day}日"


def clause_list(clauses: list[str]) -> str:
    """`四（二）、三`."""
    return "、".join(dict.fromkeys(clauses))


def sentence(text: str) -> str:
    """`text` with a full stop where it has no end."""
    return text if not text or text[-1] in "。！？：；”）" else f"{text}。"


def folded(text: str) -> str:
    """Only the letters and digits, in one width: a tapped label comes back with other brackets and without its stars."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())
