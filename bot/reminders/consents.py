"""Who agreed to be reminded, kept beside the binding of the account and gone with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

from bot.channel import Caller
from bot.secrets.sealing import Secrets
from bot.store.tables.outbox import ASKED, OutboxRow, ReminderAskedRow, ReminderConsentRow

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
        """Notes the consent; a second time changes nothing."""
        try:
            async with self._engine.begin() as connection:
                await connection.execute(CONSENT.insert().values(binding_id=binding, consented=self._clock()))
        except IntegrityError:
            return

    async def withdraw(self, binding: int) -> bool:
        """Ends reminders and takes back what is planned; False where there was no consent."""
        async with self._engine.begin() as connection:
            mine = (OUTBOX.c.binding_id == binding) & (OUTBOX.c.state == "planned")
            await connection.execute(delete(OUTBOX).where(mine))
            gone = await connection.execute(delete(CONSENT).where(CONSENT.c.binding_id == binding))
        return bool(gone.rowcount)

    async def ask(self, caller: Caller) -> None:
        """From now on a bare 好 is the consent, for a while."""
        await self.asked(caller)
        async with self._engine.begin() as connection:
            await connection.execute(ASKING.insert().values(session=self._key(caller), asked=self._clock()))

    async def asked(self, caller: Caller) -> bool:
        """Whether the consent was asked for a moment ago; asking counts once."""
        fresh = ASKING.c.asked > self._clock() - ASKED
        async with self._engine.begin() as connection:
            mine = ASKING.c.session == self._key(caller)
            row = (await connection.execute(select(fresh).where(mine))).first()
            if row is not None:
                await connection.execute(delete(ASKING).where(mine))
        return row is not None and bool(row[0])

    def _key(self, caller: Caller) -> bytes:
        return self._secrets.find_key(caller.session, "reminder_asked.session")
