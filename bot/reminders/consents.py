"""Who agreed to be reminded, kept beside the binding of the account and gone with it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

from bot.audit.entry import Entry
from bot.audit.journal import Journal
from bot.channel import Caller
from bot.secrets.sealing import Secrets
from bot.store.columns import utc
from bot.store.tables.outbox import ASKED, OutboxRow, ReminderAskedRow, ReminderConsentRow
from bot.store.writing import transact
from dialogues.state import State

CONSENT: Any = ReminderConsentRow.__table__  # type: ignore[attr-defined]
ASKING: Any = ReminderAskedRow.__table__  # type: ignore[attr-defined]
OUTBOX: Any = OutboxRow.__table__  # type: ignore[attr-defined]
BINDING: Any = SQLModel.metadata.tables["binding"]


class Consents:
    """The consents of one database."""

    def __init__(
        self, engine: AsyncEngine, secrets: Secrets, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._secrets = secrets
        self._clock = clock
        self._journal = Journal(engine, clock)

    async def binding_of(self, caller: Caller) -> int | None:
        """The number of the account's binding; None where it is bound to nobody."""
        key = self._secrets.find_key(caller.session, "binding.sealed_caller")
        async with self._engine.connect() as connection:
            found = await connection.scalar(select(BINDING.c.id).where(BINDING.c.account == key))
        return int(found) if found is not None else None

    async def given(self, binding: int) -> bool:
        """Whether this account's owner agreed."""
        async with self._engine.connect() as connection:
            found = await connection.scalar(select(CONSENT.c.binding_id).where(CONSENT.c.binding_id == binding))
        return found is not None

    async def give(self, binding: int) -> None:
        """Notes the consent, in the audit journal too; a second time changes nothing."""
        await self._note(binding, "reminders_on")
        row = CONSENT.insert().values(binding_id=binding, consented=self._clock())
        with contextlib.suppress(IntegrityError):
            await transact(self._engine, lambda connection: connection.execute(row))

    async def withdraw(self, binding: int) -> bool:
        """Ends reminders and takes back what is planned; False where there was no consent."""
        mine = (OUTBOX.c.binding_id == binding) & (OUTBOX.c.state == "planned")
        if await self.given(binding):
            await self._note(binding, "reminders_off")

        def stop(connection: Connection) -> bool:
            connection.execute(delete(OUTBOX).where(mine))
            return bool(connection.execute(delete(CONSENT).where(CONSENT.c.binding_id == binding)).rowcount)

        return await transact(self._engine, stop)

    async def ask(self, caller: Caller, state: State) -> None:
        """From now on a bare 好 is the consent, for a while and until another question was asked."""
        row = {"session": self._key(caller), "after": self._mark(state), "asked": self._clock()}

        def write(connection: Connection) -> None:
            connection.execute(delete(ASKING).where(ASKING.c.session == row["session"]))
            connection.execute(ASKING.insert().values(**row))

        await transact(self._engine, write)

    async def asked(self, caller: Caller, state: State) -> bool:
        """Whether the consent was asked for a moment ago, with nothing else in between; asking counts once."""
        mine = ASKING.c.session == self._key(caller)
        async with self._engine.connect() as connection:
            row = (await connection.execute(select(ASKING).where(mine))).first()
        if row is None:
            return False
        gone = await transact(self._engine, lambda it: it.execute(delete(ASKING).where(mine)).rowcount)
        return bool(gone) and utc(row.asked) > self._clock() - ASKED and row.after == self._mark(state)

    async def _note(self, binding: int, act: str) -> None:
        wanted = select(BINDING.c.account, BINDING.c.resident_id).where(BINDING.c.id == binding)
        async with self._engine.connect() as connection:
            row = (await connection.execute(wanted)).first()
        if row is not None:
            await self._journal.note(Entry(f"account:{row.account.hex()[:12]}", act, row.resident_id))

    def _key(self, caller: Caller) -> bytes:
        return self._secrets.find_key(caller.session, "reminder_asked.session")

    def _mark(self, state: State) -> bytes:
        """By which it is seen that the dialogue went on meanwhile."""
        return self._secrets.find_key(f"{state.question}\0{state.pending}\0{state.choices}", "reminder_asked.after")
