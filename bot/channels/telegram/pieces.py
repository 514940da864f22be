"""Cutting a long answer into messages of 4096 characters, at sentences and clauses."""

from __future__ import annotations

from bot.channels.wechat import pieces as cutting

MOST = 4096
"""UTF-16 code units of a text, in which Telegram counts."""


def pieces(text: str) -> list[str]:
    """The text in parts that Telegram takes."""
    return cutting.pieces(text, MOST, _units)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
