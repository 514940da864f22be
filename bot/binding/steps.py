"""What a binding conversation waits for, between two messages: never an ID number, the name only sealed and for minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias, cast

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.secrets.sealing import Place, Secrets
from bot.store.ahead import Asked, LookUp
from bot.store.columns import utc
from bot.store.tables.binding import UNFINISHED, BindingStepRow

Awaited: TypeAlias = Literal["consent", "name", "number"]
TABLE: Any = BindingStepRow.__table__  # type: ignore[attr-defined]
OPEN = LookUp(TABLE.c.account)


@dataclass(frozen=True)
class Step:
    """What is awaited, the version of the notice shown, when it was agreed to, and the name given."""

    awaited: Awaited
    notice: str
    consented: datetime | None = None
    name: str = field(default="", repr=False)


class Steps:
    """The open binding conversations of one database."""

    def __init__(
        self, engine: AsyncEngine, secrets: Secrets, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ):
        self._engine = engine
        self._secrets = secrets
        self._clock = clock

    async def of(self, session: str) -> Step | None:
        """The open step of a session; None where there is none, or it was left too long ago."""
        key = self._key(session)
        row = await OPEN.row(self._engine, key)
        if row is None or utc(row.updated) < self._clock() - UNFINISHED:
            return None
        consented = utc(row.consented) if row.consented else None
        name = self._secrets.unseal(row.sealed_name, _place(key)) if row.sealed_name else ""
        return Step(cast("Awaited", row.step), row.notice, consented, name)

    def asked(self, session: str) -> Asked:
        """What `of` looks up for a session."""
        return OPEN, self._key(session)

    async def set(self, session: str, step: Step) -> None:
        """Notes what is awaited next."""
        key = self._key(session)
        sealed = self._secrets.seal(step.name, _place(key)) if step.name else None
        row = BindingStepRow(
            account=key,
            step=step.awaited,
            notice=step.notice,
            consented=step.consented,
            sealed_name=sealed,
            updated=self._clock(),
        )
        async with AsyncSession(self._engine) as database:
            await database.merge(row)
            await database.commit()

    async def drop(self, session: str) -> None:
        """Ends the binding conversation of a session."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(TABLE).where(TABLE.c.account == self._key(session)))

    def _key(self, session: str) -> bytes:
        return self._secrets.find_key(session, "binding_step.account")


def _place(key: bytes) -> Place:
    return Place("binding_step", "sealed_name", key.hex())
