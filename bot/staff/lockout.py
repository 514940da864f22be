"""Failed log-ins by account and by address: after some, each further one makes the pause longer (防暴力猜密码)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.staff.accounts import folded, now
from bot.staff.seal import Seal
from bot.store.tables.staff import StaffTriesRow

FORGOTTEN = timedelta(hours=24)
"""After this time without a failure all is forgotten."""
LONGEST_PAUSE = timedelta(hours=1)
_ROW: Any = StaffTriesRow


@dataclass(frozen=True)
class Allowance:
    """How many failures are free; the pause after the next one, doubled by each further."""

    free: int
    pause: timedelta = timedelta(minutes=1)

    def pause_after(self, failures: int) -> timedelta:
        """How long nothing is tried after so many failures."""
        over = failures - self.free
        return min(self.pause * 2 ** min(over, 10), LONGEST_PAUSE) if over >= 0 else timedelta(0)


ALLOWED = {"account": Allowance(5), "address": Allowance(20)}


class Lockout:
    """Counts tries before passwords are looked at, so that many at once gain nothing; unknown names count alike."""

    def __init__(self, engine: AsyncEngine, seal: Seal, clock: Callable[[], datetime] = now) -> None:
        self._engine = engine
        self._seal = seal
        self._clock = clock

    async def claim(self, name: str, address: str) -> timedelta:
        """Counts one try, as failed until `forgive` says otherwise; more than zero: not now, wait so long."""
        moment = self._clock()
        async with self._engine.begin() as connection:
            await connection.execute(delete(_ROW).where(_ROW.last < moment - FORGOTTEN))
            waits = [await self._wait(connection, *one, moment) for one in self._both(name, address)]
            if not any(waits):
                for who, _ in self._both(name, address):
                    await self._count(connection, who, moment)
        return max(waits)

    async def forgive(self, name: str, address: str) -> None:
        """The right password was given: the account's failures are over, of those of the address only this try."""
        (account, _), (place, _) = self._both(name, address)
        async with self._engine.begin() as connection:
            await connection.execute(delete(_ROW).where(_ROW.who == account))
            await connection.execute(update(_ROW).where(_ROW.who == place).values(failures=_ROW.failures - 1))

    def _both(self, name: str, address: str) -> tuple[tuple[bytes, Allowance], ...]:
        keys = {"account": folded(name), "address": address}
        return tuple((self._seal.key(kind, keys[kind]), allowance) for kind, allowance in ALLOWED.items())

    async def _wait(self, connection: AsyncConnection, who: bytes, allowance: Allowance, moment: datetime) -> timedelta:
        query = select(_ROW.failures, _ROW.last).where(_ROW.who == who).with_for_update()
        row = (await connection.execute(query)).first()
        if row is None:
            return timedelta(0)
        last: datetime = row.last if row.last.tzinfo else row.last.replace(tzinfo=UTC)
        return max(last + allowance.pause_after(row.failures) - moment, timedelta(0))

    async def _count(self, connection: AsyncConnection, who: bytes, moment: datetime) -> None:
        raised = update(_ROW).where(_ROW.who == who).values(failures=_ROW.failures + 1, last=moment)
        if (await connection.execute(raised)).rowcount:
            return
        try:
            async with connection.begin_nested():
                await connection.execute(_ROW.__table__.insert().values(who=who, failures=1, last=moment))
        except IntegrityError:
            await connection.execute(raised)
