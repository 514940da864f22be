"""How many customer-service messages (客服消息) a caller may be sent: a ledger beside the platform's own, over all processes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.wechat.meaning import Earned
from bot.store.tables.wechat import QUOTA, TOKENS
from bot.store.upserting import upsert
from bot.store.writing import transact

GRANTS = {Earned.MESSAGE: (5, timedelta(hours=48)), Earned.MOMENT: (3, timedelta(minutes=1))}
"""Messages and for how long, since June 2023; a new grant replaces the one before."""


def earn(connection: Connection, caller: bytes, earned: Earned, now: datetime) -> None:
    """Notes a grant, as part of the transaction that claims the message which earned it."""
    left, span = GRANTS[earned]
    row = {"caller": caller, "kind": earned, "left": left, "until": now + span}
    connection.execute(upsert(QUOTA, connection.dialect.name, "left", "until"), row)


class Quota:
    """Spending the grants of one database."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    async def reserve(self, caller: bytes, count: int) -> Earned | None:
        """Takes `count` messages from one grant, the one that ends first; None where none has as many left."""
        now = self._clock()
        enough = (QUOTA.c.caller == caller) & (QUOTA.c.left >= count) & (QUOTA.c.until > now)
        change = update(QUOTA).where(enough).values(left=QUOTA.c.left - count)

        def take(connection: Connection) -> Earned | None:
            kinds = (Earned.MOMENT, Earned.MESSAGE)
            return next((one for one in kinds if connection.execute(change.where(QUOTA.c.kind == one)).rowcount), None)

        return await transact(self._engine, take)

    async def give_back(self, caller: bytes, kind: Earned, count: int) -> None:
        """Returns what was reserved and not sent."""
        mine = (QUOTA.c.caller == caller) & (QUOTA.c.kind == kind)
        change = update(QUOTA).where(mine).values(left=QUOTA.c.left + count)
        await transact(self._engine, lambda connection: connection.execute(change))

    async def exhausted(self, caller: bytes) -> None:
        """The platform counts otherwise than we do: nothing is left until the caller does something."""
        gone = delete(QUOTA).where(QUOTA.c.caller == caller)
        await transact(self._engine, lambda connection: connection.execute(gone))

    async def in_window(self, caller: bytes) -> bool:
        """Whether any grant still runs, used up or not."""
        runs = select(QUOTA.c.left).where((QUOTA.c.caller == caller) & (QUOTA.c.until > self._clock())).limit(1)
        return await transact(self._engine, lambda connection: connection.scalar(runs) is not None)

    async def silent(self, account: str) -> bool:
        """Whether the account may send nothing for now: not allowed to, or its day's calls are used up."""
        until = select(TOKENS.c.account).where((TOKENS.c.account == account) & (TOKENS.c.silent_until > self._clock()))
        return await transact(self._engine, lambda connection: connection.scalar(until) is not None)

    async def be_silent(self, account: str, span: timedelta) -> None:
        """Sends nothing for this account for `span`."""
        change = update(TOKENS).where(TOKENS.c.account == account).values(silent_until=self._clock() + span)
        await transact(self._engine, lambda connection: connection.execute(change))
