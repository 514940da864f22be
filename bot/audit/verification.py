"""Holding the journal against its own chain: a row changed, added or taken out is found."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.audit.chain import BEGINNING, link
from bot.audit.journal import TABLE, entry_of
from bot.store.columns import utc

BATCH = 5000


@dataclass(frozen=True)
class Verdict:
    """How many rows hold, the hash of the last of them, and what is wrong with the first that does not (None: all hold)."""

    rows: int
    head: str
    broken: str | None = None


async def verify(engine: AsyncEngine, noted: tuple[int, str] | None = None) -> Verdict:
    """Walks the whole chain; `noted` is a row's number and hash as somebody wrote them down outside the database.

    A chain cut off at its end, or written anew from some row on, is whole in itself: only a hash noted elsewhere tells.
    """
    seen = Verdict(0, BEGINNING)
    async with engine.connect() as connection:
        while True:
            wanted = select(TABLE).where(TABLE.c.seq > seen.rows).order_by(TABLE.c.seq).limit(BATCH)
            rows = (await connection.execute(wanted)).all()
            for row in rows:
                seen = _next(seen, row, noted)
                if seen.broken:
                    return seen
            if not rows:
                break
    if noted and seen.rows < noted[0]:
        return Verdict(seen.rows, seen.head, f"row {noted[0]} is missing: the journal ends at row {seen.rows}")
    return seen


def _next(seen: Verdict, row: object, noted: tuple[int, str] | None) -> Verdict:
    seq, previous, told = row.seq, row.previous, row.hash  # type: ignore[attr-defined]
    if seq != seen.rows + 1:
        return Verdict(seen.rows, seen.head, f"row {seen.rows + 1} is missing: row {seq} follows row {seen.rows}")
    if previous != seen.head:
        return Verdict(seen.rows, seen.head, f"row {seq} does not follow row {seen.rows}: one of them was changed")
    try:
        computed = link(previous, seq, utc(row.at), entry_of(row))  # type: ignore[attr-defined]
    except (json.JSONDecodeError, TypeError, ValueError):
        computed = ""
    if computed != told:
        return Verdict(seen.rows, seen.head, f"row {seq} was changed after it was written")
    if noted and noted[0] == seq and noted[1] != told:
        return Verdict(seen.rows, seen.head, f"row {seq} is not the one that was noted: the journal was written anew")
    return Verdict(seq, told)
