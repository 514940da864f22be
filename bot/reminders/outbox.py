"""The outbox: rows are taken under a lease, marked before they are sent, and settled; none is sent twice."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channel import Caller, Channel
from bot.errors import Unreadable
from bot.reminders.consents import BINDING, OUTBOX
from bot.secrets.sealing import Place, Secrets
from bot.store.writing import transact

LEASE = timedelta(seconds=60)
"""How long one reminder is worked on at most; then another process may take it, or it is known to be unsure."""


@dataclass(frozen=True)
class Item:
    """A reminder that this process has: to whom, about whom, what."""

    id: int
    owner: str
    caller: Caller
    resident: int
    topic: str
    year: int
    deadline: date


class Outbox:
    """The outbox of one database; any number of workers take from it."""

    def __init__(
        self, engine: AsyncEngine, secrets: Secrets, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._secrets = secrets
        self._clock = clock

    async def take(self) -> Item | None:
        """The next reminder that may be sent, under a lease; None where there is none."""
        while True:
            id = await self._next()
            if id is None:
                return None
            owner = uuid.uuid4().hex
            if not await self._lease(id, owner):
                continue
            try:
                found = await self._item(id, owner)
            except Unreadable:  # a binding that does not open holds up nobody else
                await self._end(id, owner, "failed", "unreadable")
                continue
            if found is not None:
                return found

    async def sending(self, item: Item, today: date) -> bool:
        """From here on it may have gone out and is not sent again; False where it is no longer this process's."""
        return await self._write(item, state="sending", told_on=today, lease=self._clock() + LEASE)

    async def settle(self, item: Item, state: str, reason: str = "") -> None:
        """The end of a reminder: sent, failed, dropped, unsure."""
        await self._end(item.id, item.owner, state, reason)

    async def put_off(self, item: Item, reason: str, pause: timedelta) -> None:
        """It was not sent, and is tried again after `pause`."""
        later = self._clock() + pause
        await self._write(item, state="planned", reason=reason, next_try=later, owner=None, lease=None)

    async def notice_interrupted(self) -> int:
        """What was being sent when its process was killed is unsure, and stays so; returns how many."""
        over = (OUTBOX.c.state == "sending") & (OUTBOX.c.lease < self._clock())
        values = {"state": "unsure", "reason": "interrupted", "owner": None, "lease": None, "settled": self._clock()}
        change = update(OUTBOX).where(over).values(**values)
        return await transact(self._engine, lambda connection: connection.execute(change).rowcount)

    async def _next(self) -> int | None:
        now = self._clock()
        wanted = select(OUTBOX.c.id).where(OUTBOX.c.state == "planned", OUTBOX.c.next_try <= now, _free(now))
        async with self._engine.connect() as connection:
            found = await connection.scalar(wanted.order_by(OUTBOX.c.deadline, OUTBOX.c.id).limit(1))
        return int(found) if found is not None else None

    async def _lease(self, id: int, owner: str) -> bool:
        now = self._clock()
        mine = (OUTBOX.c.id == id) & (OUTBOX.c.state == "planned") & _free(now)
        change = update(OUTBOX).where(mine).values(owner=owner, lease=now + LEASE)
        return bool(await transact(self._engine, lambda connection: connection.execute(change).rowcount))

    async def _item(self, id: int, owner: str) -> Item | None:
        wanted = (
            select(OUTBOX, BINDING.c.sealed_caller)
            .join(BINDING, BINDING.c.id == OUTBOX.c.binding_id)
            .where(OUTBOX.c.id == id, OUTBOX.c.owner == owner)
        )
        async with self._engine.connect() as connection:
            row = (await connection.execute(wanted)).first()
        if row is None:
            return None
        session = self._secrets.unseal(row.sealed_caller, Place("binding", "sealed_caller", row.binding_id))
        channel, account, user = session.split(":", 2)
        caller = Caller(Channel(channel), account, user)
        return Item(id, owner, caller, row.resident_id, row.topic, row.year, row.deadline)

    async def _end(self, id: int, owner: str, state: str, reason: str) -> None:
        values = {"state": state, "reason": reason, "settled": self._clock(), "owner": None, "lease": None}
        await self._change(id, owner, values)

    async def _write(self, item: Item, **values: object) -> bool:
        return await self._change(item.id, item.owner, values)

    async def _change(self, id: int, owner: str, values: dict[str, object]) -> bool:
        mine = (OUTBOX.c.id == id) & (OUTBOX.c.owner == owner)
        change = update(OUTBOX).where(mine).values(**values)
        return bool(await transact(self._engine, lambda connection: connection.execute(change).rowcount))


def _free(now: datetime) -> Any:
    return or_(OUTBOX.c.lease.is_(None), OUTBOX.c.lease < now)
