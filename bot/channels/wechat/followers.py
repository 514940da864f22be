"""What is kept of a follower (关注者) beyond their messages: the place of the code they came by; and how they are forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables.wechat import FOLLOWERS, MESSAGES, QUOTA
from bot.store.writing import transact


class Followers:
    """The followers of all accounts of one database, by their find keys."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self._insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert

    async def settle(self, caller: bytes, place: str) -> None:
        """Notes the place from which a caller asks from now on."""
        values = {"place": place, "since": self._clock()}
        row = self._insert(FOLLOWERS).values(caller=caller, **values)
        upsert = row.on_conflict_do_update(index_elements=["caller"], set_=values)
        await transact(self._engine, lambda connection: connection.execute(upsert))

    async def forget(self, caller: bytes, but: bytes) -> None:
        """Deletes all of a caller's but the message `but`, by which they left."""
        mine = (MESSAGES.c.caller == caller) & (MESSAGES.c.key != but)

        def leave(connection: Connection) -> None:
            connection.execute(delete(MESSAGES).where(mine))
            connection.execute(delete(QUOTA).where(QUOTA.c.caller == caller))
            connection.execute(delete(FOLLOWERS).where(FOLLOWERS.c.caller == caller))

        await transact(self._engine, leave)
