"""Which account is bound to whose record, in the database."""

from __future__ import annotations

import secrets as random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from bot.audit.entry import Action, Entry
from bot.audit.journal import Journal
from bot.channel import Caller, Channel
from bot.secrets.sealing import Place, Secrets
from bot.store.ahead import Asked, LookUp
from bot.store.columns import utc
from bot.store.tables.binding import BindingRow

MOST = 3
"""Accounts that one record may be bound to: one's own phone, an older one, an account of another town's channel."""
TABLE: Any = BindingRow.__table__  # type: ignore[attr-defined]
BOUND = LookUp(TABLE.c.account)


@dataclass(frozen=True)
class Bound:
    """An account's binding: to which resident, under which notice, since when (UTC)."""

    resident: int
    notice: str
    since: datetime


class Accounts:
    """The bindings of one database; each made and undone together with its entry in the audit journal."""

    def __init__(
        self,
        engine: AsyncEngine,
        secrets: Secrets,
        journal: Journal,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        self._engine = engine
        self._secrets = secrets
        self._journal = journal
        self._clock = clock

    async def bound(self, caller: Caller) -> Bound | None:
        """What the account is bound to; None where to nothing."""
        row = await BOUND.row(self._engine, self.key(caller))
        return Bound(row.resident_id, row.notice, utc(row.bound)) if row else None

    def asked(self, session: str) -> Asked:
        """What `bound` looks up for a caller."""
        return BOUND, self._key(session)

    async def bind(self, caller: Caller, resident: int, notice: str, consented: datetime) -> bool:
        """Binds the account, in place of what it was bound to; False where the record is bound to MOST others already."""
        row_id = random.randbits(62)
        async with self._journal.writing() as connection:
            await connection.execute(delete(TABLE).where(self._of(caller)))
            count = await connection.scalar(select(func.count()).select_from(TABLE).where(_resident(resident)))
            if (count or 0) >= MOST:
                await connection.rollback()
                return False
            sealed = self._secrets.seal(caller.session, Place("binding", "sealed_caller", row_id))
            values = {"id": row_id, "account": self.key(caller), "sealed_caller": sealed, "resident_id": resident}
            values |= {"notice": notice, "consented": consented, "bound": self._clock()}
            await connection.execute(TABLE.insert().values(**values))
            await self._note(connection, caller, Action.BOUND, resident, notice)
        return True

    async def unbind(self, caller: Caller) -> bool:
        """Deletes the account's binding; False where there was none."""
        async with self._journal.writing() as connection:
            row = (await connection.execute(select(TABLE).where(self._of(caller)))).first()
            if row is None:
                return False
            await connection.execute(delete(TABLE).where(self._of(caller)))
            await self._note(connection, caller, Action.UNBOUND, row.resident_id, row.notice)
        return True

    async def callers_of(self, resident: int) -> tuple[Caller, ...]:
        """The accounts bound to a record, for reminders."""
        async with self._engine.connect() as connection:
            rows = (await connection.execute(select(TABLE).where(_resident(resident)))).all()
        return self._callers(rows)

    def key(self, caller: Caller) -> bytes:
        """The find key of an account."""
        return self._key(caller.session)

    def _key(self, session: str) -> bytes:
        return self._secrets.find_key(session, "binding.sealed_caller")

    async def _note(self, connection: AsyncConnection, caller: Caller, what: str, resident: int, notice: str) -> None:
        detail = {"channel": str(caller.channel), "notice": notice}
        await self._journal.note_in(connection, Entry(self.actor(caller), what, resident, "", detail))

    def actor(self, caller: Caller) -> str:
        """How the journal names an account: by the first characters of its find key."""
        return f"account:{self.key(caller).hex()[:12]}"

    def _of(self, caller: Caller) -> Any:
        return TABLE.c.account == self.key(caller)

    def _callers(self, rows: Sequence[Any]) -> tuple[Caller, ...]:
        opened = [self._secrets.unseal(row.sealed_caller, Place("binding", "sealed_caller", row.id)) for row in rows]
        parts = [one.split(":", 2) for one in opened]
        return tuple(Caller(Channel(channel), account, user) for channel, account, user in parts)


def _resident(resident: int) -> Any:
    return col(BindingRow.resident_id) == resident
