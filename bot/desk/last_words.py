"""What those who wait said last, of many conversations at once, for the live list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.desk.ticket import Ticket, Who
from bot.desk.tickets import LINES, TEXT
from bot.review.placeholders import readable
from bot.review.turn_log import TURNS, session_key
from bot.secrets.sealing import Place, Secrets
from bot.store.columns import utc

LAST = 2
"""So many of a person's words are told: the call for a person alone tells nothing."""
MOST = 600
"""Rows looked at, the newest ones."""


async def last_words_of(tickets: Sequence[Ticket], engine: AsyncEngine, secrets: Secrets) -> dict[str, str]:
    """By ticket."""
    keys = {session_key(secrets, one.caller.session): one.id for one in tickets}
    said: dict[str, list[tuple[datetime, str]]] = {one.id: [] for one in tickets}
    async with engine.connect() as connection:
        turns = await _newest(connection, TURNS, TURNS.c.session_key.in_(list(keys)))
        here = LINES.c.ticket.in_(list(said)) & (LINES.c.who == Who.RESIDENT)
        lines = await _newest(connection, LINES, here)
    for row in turns:
        _add(said[keys[bytes(row.session_key)]], row, secrets, TURNS.name, "sealed_question", row.code)
    for row in lines:
        _add(said[row.ticket], row, secrets, LINES.name, TEXT, row.id)
    return {ticket: "　/　".join(words for _, words in sorted(some)[-LAST:]) for ticket, some in said.items()}


async def _newest(connection: AsyncConnection, table: Any, which: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return (await connection.execute(select(table).where(which).order_by(table.c.at.desc()).limit(MOST))).all()


def _add(
    some: list[tuple[datetime, str]], row: Row[Any], secrets: Secrets, table: str, column: str, number: str
) -> None:
    """Adds a row's words, unless enough later ones are there; rows come newest first."""
    if len([at for at, _ in some if at >= utc(row.at)]) < LAST:
        some.append((utc(row.at), readable(secrets.unseal(getattr(row, column), Place(table, column, number)))))
