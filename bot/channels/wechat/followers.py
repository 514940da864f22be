"""What is kept of a follower (关注者) beyond their messages: the place of the code they came by; and how they are forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, delete
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables.wechat import FOLLOWERS, MESSAGES, QUOTA
from bot.store.upserting import upsert
from bot.store.writing import transact


class Followers:
    """The followers of all accounts of one database, by their find keys."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    async def settle(self, caller: bytes, place: str) -> None:
        """Notes the place from which a caller asks from now on."""
        row = {"caller": caller, "place": place, "since": self._clock()}
        put = upsert(FOLLOWERS, self._engine.dialect.name, "place", "since")
        await transact(self._engine, lambda connection: connection.execute(put, row))

    async def forget(self, caller: bytes, but: bytes) -> None:
        """Deletes all of a caller's but the message `but`, by which they left."""
        mine = (MESSAGES.c.caller == caller) & (MESSAGES.c.key != but)

        def leave(connection: Connection) -> None:
            connection.execute(delete(MESSAGES).where(mine))
            connection.execute(delete(QUOTA).where(QUOTA.c.caller == caller))
            connection.execute(delete(FOLLOWERS).where(FOLLOWERS.c.caller == caller))

        await transact(self._engine, leave)
