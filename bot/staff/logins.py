"""Log-ins that are open: a random token at the browser, its find key here; they end when idle, after a day's work, or by hand."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.staff.accounts import now
from bot.staff.member import Member, member_of
from bot.staff.seal import Seal
from bot.store.columns import utc
from bot.store.tables.staff import StaffRow, StaffSessionRow

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
"""How exactly the last use is known: not every click is written."""
_ROW: Any = StaffSessionRow
_STAFF: Any = StaffRow
PURPOSE = "session"


class LogIns:
    """The open log-ins of one database."""

    def __init__(self, engine: AsyncEngine, seal: Seal, clock: Callable[[], datetime] = now) -> None:
        self._engine = engine
        self._seal = seal
        self._clock = clock

    async def open(self, member: Member) -> str:
        """A new log-in; the token is for the browser only. Log-ins that are over are deleted."""
        token, moment = secrets.token_urlsafe(32), self._clock()
        async with self._engine.begin() as connection:
            over = (_ROW.seen < moment - IDLE) | (_ROW.created < moment - LONGEST)
            await connection.execute(delete(_ROW).where(over))
            row = {"token": self._seal.key(PURPOSE, token), "staff": member.id, "created": moment, "seen": moment}
            await connection.execute(_ROW.__table__.insert().values(**row))
        return token

    async def member(self, token: str, working: bool = True) -> Member | None:
        """Whose open log-in this is; `working` False (a page that asks by itself) does not keep it open."""
        sealed, moment = self._seal.key(PURPOSE, token), self._clock()
        query = (
            select(_ROW.seen, _ROW.created, _STAFF).join(_STAFF, _STAFF.id == _ROW.staff).where(_ROW.token == sealed)
        )
        async with self._engine.connect() as connection:
            found = (await connection.execute(query)).mappings().first()
        if found is None or found["disabled"]:
            return None
        seen, created = utc(found["seen"]), utc(found["created"])
        if moment - seen > IDLE or moment - created > LONGEST:
            return None
        if working and moment - seen > NOTED_EVERY:
            await self._note(sealed, moment)
        return member_of(StaffRow(**{name: found[name] for name in StaffRow.model_fields if name != "created"}))

    async def close(self, token: str) -> None:
        """Ends the log-in."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(_ROW).where(_ROW.token == self._seal.key(PURPOSE, token)))

    async def _note(self, sealed: bytes, moment: datetime) -> None:
        """Notes the use; where the database takes nothing at this moment (a roster is loaded), people read on."""
        with contextlib.suppress(SQLAlchemyError):
            async with self._engine.begin() as connection:
                await connection.execute(update(_ROW).where(_ROW.token == sealed).values(seen=moment))
