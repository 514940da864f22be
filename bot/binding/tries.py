"""Tries to bind: five a day for an account, and five for an ID number, from whichever accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.secrets.sealing import Secrets
from bot.store.tables.binding import BindingTryRow

A_DAY = 5
BEIJING = timezone(timedelta(hours=8))
"""The day of a try is that of the resident's calendar."""
TABLE: Any = BindingTryRow.__table__  # type: ignore[attr-defined]


class Tries:
    """The tries of one database; a try is written down before it is made, so that none slips through at the same moment."""

    def __init__(
        self, engine: AsyncEngine, secrets: Secrets, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ):
        self._engine = engine
        self._secrets = secrets
        self._clock = clock

    async def take(self, account: str, number: str) -> int | None:
        """How many tries the account has left after this one; None where the account's or the number's are used up."""
        keys = {
            "account": self._secrets.find_key(account, "binding_try.account"),
            "person": self._secrets.find_key(number, "binding_try.person"),
        }
        now = self._clock()
        midnight = now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
        async with self._engine.begin() as connection:
            await connection.execute(TABLE.insert().values(at=now, **keys))
        async with self._engine.connect() as connection:
            used = [await _count(connection, name, key, midnight) for name, key in keys.items()]
        return None if max(used) > A_DAY else A_DAY - used[0]


async def _count(connection: AsyncConnection, column: str, key: bytes, since: datetime) -> int:
    wanted = select(func.count()).select_from(TABLE).where(TABLE.c[column] == key, TABLE.c.at >= since)
    return await connection.scalar(wanted) or 0
