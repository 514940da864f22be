"""Taking an update: a unique row by update_id, so that it is answered once over restarts and processes."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.columns import utc
from bot.store.tables.telegram import TelegramUpdateRow
from bot.store.writing import transact

log = logging.getLogger(__name__)

TABLE = TelegramUpdateRow.__table__  # type: ignore[attr-defined]
LEASE = timedelta(seconds=30)
"""After which an update taken by a process that says no more is taken by another; longer than any reply takes."""


class Taken(StrEnum):
    """What became of the try to take an update."""

    MINE = "mine"
    BUSY = "busy"
    """Another process, or one that was killed a moment ago, has it: ask again."""
    OVER = "over"
    """It was answered, or may have been."""


@dataclass
class Claims:
    """The updates of one bot; where the database fails, this process remembers what it took itself."""

    engine: AsyncEngine
    account: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __post_init__(self) -> None:
        self._mine: dict[int, str] = {}
        self._ended: dict[int, asyncio.Event] = {}
        self._unstored: set[int] = set()

    async def take(self, update_id: int) -> Taken:
        """Claims an update; one that this process is at is waited for."""
        while update_id in self._ended:
            await self._ended[update_id].wait()
        if update_id in self._unstored:
            return Taken.OVER
        self._mine[update_id] = owner = uuid.uuid4().hex
        self._ended[update_id] = asyncio.Event()
        try:
            taken = await self._take(update_id, owner)
        except (SQLAlchemyError, OSError) as error:
            log.warning("an update is taken without the database (%s)", type(error).__name__)
            self._unstored.add(update_id)
            return Taken.MINE
        if taken is not Taken.MINE:
            self.let_go(update_id)
        return taken

    async def sending(self, update_id: int) -> bool:
        """From here on the answer may have gone out; False where another process took over: then nothing is to be sent."""
        return await self._write(update_id, "sending")

    async def done(self, update_id: int) -> None:
        """The update is dealt with."""
        await self._write(update_id, "done")

    def let_go(self, update_id: int) -> None:
        """This process stops working on it; where it is not done, the lease runs out by itself."""
        self._mine.pop(update_id, None)
        if (ended := self._ended.pop(update_id, None)) is not None:
            ended.set()

    async def _take(self, update_id: int, owner: str) -> Taken:
        row = {
            "account": self.account,
            "update_id": update_id,
            "state": "claimed",
            "owner": owner,
            "taken": self.clock(),
        }
        try:
            await transact(self.engine, lambda connection: connection.execute(insert(TABLE).values(**row)))
            return Taken.MINE
        except IntegrityError:
            return await self._take_over(update_id, owner)

    async def _take_over(self, update_id: int, owner: str) -> Taken:
        """Of a row that is there: its state, and where its lease ran out before anything was sent, the row."""
        here = (TABLE.c.account == self.account) & (TABLE.c.update_id == update_id)
        async with self.engine.connect() as connection:
            row = (await connection.execute(select(TABLE).where(here))).one()
        if row.state != "claimed":
            return Taken.OVER
        if utc(row.taken) + LEASE > self.clock():
            return Taken.BUSY
        same = here & (TABLE.c.owner == row.owner) & (TABLE.c.state == "claimed")
        change = update(TABLE).where(same).values(owner=owner, taken=self.clock())
        won = await transact(self.engine, lambda connection: connection.execute(change).rowcount)
        return Taken.MINE if won else Taken.BUSY

    async def _write(self, update_id: int, state: str) -> bool:
        if update_id in self._unstored:
            return True
        mine = (
            (TABLE.c.account == self.account)
            & (TABLE.c.update_id == update_id)
            & (TABLE.c.owner == self._mine.get(update_id, ""))
        )
        try:
            change = update(TABLE).where(mine).values(state=state)
            return bool(await transact(self.engine, lambda connection: connection.execute(change).rowcount))
        except (SQLAlchemyError, OSError) as error:
            log.warning("an update's state could not be kept (%s)", type(error).__name__)
            self._unstored.add(update_id)
            return True
