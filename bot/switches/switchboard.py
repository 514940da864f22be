"""What is turned off, for all processes of one database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.audit.entry import Entry
from bot.audit.journal import Journal
from bot.store.columns import utc
from bot.store.tables.desk import SwitchRow
from bot.store.writing import transact

SWITCHES = SwitchRow.__table__  # type: ignore[attr-defined]
_NOT_ON = select(SWITCHES).where(SWITCHES.c.on_at.is_(None)).order_by(SWITCHES.c.off_at.desc())
FRESH = 2.0
"""Seconds for which a process trusts what it read: so long at most it answers after somebody turned a switch."""
TURNED_OFF, TURNED_ON = "turned_off", "turned_on"


class Kind(StrEnum):
    """What can be turned off."""

    TOPIC = "topic"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Off:
    """Something that is turned off, since when (UTC), by whom and why."""

    kind: Kind
    name: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Turned:
    """One time something was off: as it was turned off, and who turned it on again when (UTC), if anybody did."""

    off: Off
    on_by: str | None
    on_at: datetime | None


class Switchboard:
    """The switches of one database."""

    def __init__(
        self,
        engine: AsyncEngine,
        journal: Journal,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ):
        self._engine = engine
        self._journal = journal
        self._now = now
        self._clock = clock
        self._read: tuple[float, tuple[Off, ...]] | None = None
        self._reading: asyncio.Task[tuple[Off, ...]] | None = None

    async def off(self) -> tuple[Off, ...]:
        """All that is turned off, the last first; at most `FRESH` seconds old."""
        if self._read is None or self._clock() - self._read[0] > FRESH:
            return await self._renewed()
        return self._read[1]

    async def _renewed(self) -> tuple[Off, ...]:
        """What is off now; messages that come while it is read wait for the same reading."""
        reading, began = self._reading or asyncio.create_task(self._all()), self._clock()
        self._reading = reading
        try:
            found = await asyncio.shield(reading)
        finally:
            current = self._reading is reading
            if reading.done() and current:
                self._reading = None
        if current:
            self._read = (began, found)
        return found

    @property
    def last_known(self) -> tuple[Off, ...]:
        """What was off when the database answered last."""
        return self._read[1] if self._read else ()

    async def history(self, last: int = 50) -> tuple[Turned, ...]:
        """What was turned off, the last first."""
        query = select(SWITCHES).order_by(SWITCHES.c.off_at.desc(), SWITCHES.c.id.desc()).limit(last)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(Turned(_off(row), row.on_by, utc(row.on_at) if row.on_at else None) for row in rows)

    async def turn_off(self, kind: Kind, name: str, reason: str, by: str) -> bool:
        """Turns something off, audited in the same transaction; False where it is off already."""
        try:
            async with self._journal.writing() as connection:
                row = {"kind": kind, "name": name, "reason": reason, "off_by": by, "off_at": self._now()}
                await connection.execute(insert(SWITCHES).values(**row))
                await self._journal.note_in(connection, _entry(TURNED_OFF, kind, name, by, reason))
        except IntegrityError:
            return False
        self._turned()
        return True

    async def turn_on(self, kind: Kind, name: str, by: str) -> bool:
        """Turns something on again, audited; False where it was not off."""
        async with self._journal.writing() as connection:
            here = (SWITCHES.c.kind == kind) & (SWITCHES.c.name == name) & SWITCHES.c.on_at.is_(None)
            done = await connection.execute(update(SWITCHES).where(here).values(on_by=by, on_at=self._now()))
            if done.rowcount:
                await self._journal.note_in(connection, _entry(TURNED_ON, kind, name, by, ""))
        self._turned()
        return bool(done.rowcount)

    def _turned(self) -> None:
        """What was read, or is being read, no longer counts."""
        self._read = self._reading = None

    async def _all(self) -> tuple[Off, ...]:
        return await transact(self._engine, lambda connection: tuple(map(_off, connection.execute(_NOT_ON))))


def _off(row: Row[Any]) -> Off:
    return Off(Kind(row.kind), row.name, row.reason, row.off_by, utc(row.off_at))


def _entry(action: str, kind: Kind, name: str, by: str, reason: str) -> Entry:
    return Entry(f"staff:{by}", action, reason=reason, detail={"kind": str(kind), "name": name})
