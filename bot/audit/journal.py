"""Writing and reading the audit journal, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.audit.chain import BEGINNING, link, written_detail
from bot.audit.entry import LOOKS, Entry, Written
from bot.store.columns import utc
from bot.store.tables.audit import AuditRow
from nlu.personal import screen

TABLE = AuditRow.__table__  # type: ignore[attr-defined]
ONE_WRITER = 0x63616E62616F
"""The key of PostgreSQL's advisory lock under which one row is chained to the last."""
TRIES = 6
"""How often SQLite is asked for the write lock, each time as long as its busy_timeout: it lets writers in without order."""
LONGEST_REASON, LONGEST_ACTOR, LONGEST_ACTION = 400, 120, 40


@dataclass(frozen=True)
class Look:
    """Somebody saw a record: who, what was done, when (UTC), and the reason given."""

    at: datetime
    actor: str
    action: str
    reason: str


class Journal:
    """The journal of one database; writers of any number of processes wait for one another."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._engine = engine
        self._clock = clock

    async def note(self, entry: Entry) -> Written:
        """Writes an entry in a transaction of its own. Raises SQLAlchemyError where it cannot: then the act may not be done."""
        async with self.writing() as connection:
            return await self.note_in(connection, entry)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction in which entries and what they tell of are written together, or neither."""
        async with self._engine.connect() as connection:
            await _lock(connection)
            yield connection
            await connection.commit()

    async def note_in(self, connection: AsyncConnection, entry: Entry) -> Written:
        """Writes an entry in the transaction of `connection`, from `writing` (another one is locked first)."""
        await _lock(connection)
        entry = _clean(entry)
        last = (
            await connection.execute(select(TABLE.c.seq, TABLE.c.hash).order_by(TABLE.c.seq.desc()).limit(1))
        ).first()
        seq, previous = (last.seq + 1, last.hash) if last else (1, BEGINNING)
        at = self._clock()
        row = {
            "seq": seq,
            "at": at,
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "reason": entry.reason,
            "detail": written_detail(entry),
            "previous": previous,
            "hash": link(previous, seq, at, entry),
        }
        await connection.execute(insert(TABLE).values(**row))
        return Written(seq, at, entry)

    async def looks_of(self, resident: int, last: int = 50) -> tuple[Look, ...]:
        """Who saw the record of a resident, newest first, the resident's own looks left out."""
        own = f"resident:{resident}"
        wanted = (
            select(TABLE)
            .where(TABLE.c.subject == resident, TABLE.c.action.in_([str(one) for one in LOOKS]), TABLE.c.actor != own)
            .order_by(TABLE.c.seq.desc())
            .limit(last)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(wanted)).all()
        return tuple(Look(utc(row.at), row.actor, row.action, row.reason) for row in rows)

    async def entries(self, after: int = 0, last: int = 100) -> tuple[Written, ...]:
        """The newest `last` entries behind number `after`, oldest first."""
        wanted = select(TABLE).where(TABLE.c.seq > after).order_by(TABLE.c.seq.desc()).limit(last)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(wanted)).all()
        return tuple(Written(row.seq, utc(row.at), entry_of(row)) for row in reversed(rows))


async def _lock(connection: AsyncConnection) -> None:
    """Nobody else writes until this transaction ends; SQLite locks the file, PostgreSQL a number."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_WRITER})
        return
    raw = (await connection.get_raw_connection()).driver_connection
    if raw is not None and cast("bool", raw.in_transaction):
        return
    for tries_left in reversed(range(TRIES)):
        try:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            if not tries_left or getattr(error.orig, "sqlite_errorname", "") != "SQLITE_BUSY":
                raise


def _clean(entry: Entry) -> Entry:
    """The entry without numbers of persons, cut to what the table holds."""
    today = datetime.now(UTC).date()
    detail = {
        name: screen(value, today).text if isinstance(value, str) else value for name, value in entry.detail.items()
    }
    return replace(
        entry,
        actor=entry.actor[:LONGEST_ACTOR],
        action=str(entry.action)[:LONGEST_ACTION],
        reason=screen(entry.reason, today).text.replace("\x00", "")[:LONGEST_REASON],
        detail=detail,
    )


def entry_of(row: object) -> Entry:
    """The entry that a row of the table holds."""
    detail = json.loads(row.detail)  # type: ignore[attr-defined]
    return Entry(row.actor, row.action, row.subject, row.reason, detail)  # type: ignore[attr-defined]
