"""Accounts in the database: make, find, list, disable, set a password."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.audit.entry import Action, Detail, Entry
from bot.audit.journal import Journal
from bot.staff.errors import StaffFault, UnknownStaff
from bot.staff.member import Member, member_of
from bot.staff.scope import Scope
from bot.store.tables.staff import StaffRow, StaffSessionRow

LONGEST_NAME = 60
_ROW: Any = StaffRow
_SESSION: Any = StaffSessionRow


def folded(name: str) -> str:
    """A name as it is compared: width, case and spaces folded."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())[:LONGEST_NAME]


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


class Accounts:
    """The accounts of one database; whatever changes one is written into the journal with it, or neither is done."""

    def __init__(self, engine: AsyncEngine, by: str = "command", clock: Callable[[], datetime] = now) -> None:
        """`by` is the actor that the journal names."""
        self._engine = engine
        self._by = by
        self._clock = clock
        self._journal = Journal(engine, clock)

    async def add(self, name: str, scope: Scope, password: str) -> Member:
        """A new account with the hash of its first password. Raises StaffFault where the name is taken or no name."""
        shown = " ".join(unicodedata.normalize("NFKC", name).split())
        if not shown or len(shown) > LONGEST_NAME or not shown.isprintable():
            raise StaffFault(f"name {name!r}: give 1 to {LONGEST_NAME} printable characters")
        made = {"name": shown, "key": folded(shown), "password": password, "must_change": True, "disabled": False}
        try:
            async with self._journal.writing() as connection:
                values = {**made, **_columns(scope), "created": self._clock()}
                await connection.execute(insert(_ROW).values(**values))
                await self._note(connection, Action.STAFF_ADDED, shown, _told(scope))
        except IntegrityError as error:
            raise StaffFault(f"{shown!r} exists already; choose another name, or `canbao staff reset`") from error
        return await self.named(shown)

    async def find(self, name: str) -> Member | None:
        """The account of this name, disabled or not."""
        async with AsyncSession(self._engine) as database:
            row = (await database.exec(select(StaffRow).where(StaffRow.key == folded(name)))).first()
            return member_of(row) if row else None

    async def named(self, name: str) -> Member:
        """The account of this name. Raises UnknownStaff."""
        found = await self.find(name)
        if found is None:
            raise UnknownStaff(f"nobody is named {name!r}; `canbao staff list` shows all")
        return found

    async def all(self) -> tuple[Member, ...]:
        """Every account, by name."""
        async with AsyncSession(self._engine) as database:
            rows = (await database.exec(select(StaffRow).order_by(_ROW.key))).all()
            return tuple(member_of(row) for row in rows)

    async def disable(self, member: Member) -> None:
        """Closes the account and every log-in it has open."""
        await self._change(member, Action.STAFF_DISABLED, {}, disabled=True)

    async def set_password(self, member: Member, hashed: str, must_change: bool) -> None:
        """Another password; every log-in that is open ends, and a closed account opens again where it `must_change`."""
        opened = {"disabled": False} if must_change else {}
        told = {"what": "first password" if must_change else "own password"}
        await self._change(member, Action.RIGHTS_CHANGED, told, password=hashed, must_change=must_change, **opened)

    async def place(self, member: Member, scope: Scope) -> None:
        """Another role or scope; every log-in that is open ends."""
        await self._change(member, Action.RIGHTS_CHANGED, _told(scope), **_columns(scope))

    async def _change(self, member: Member, action: Action, told: Detail, **values: object) -> None:
        async with self._journal.writing() as connection:
            await connection.execute(update(_ROW).where(_ROW.id == member.id).values(**values))
            await connection.execute(delete(_SESSION).where(_SESSION.staff == member.id))
            await self._note(connection, action, member.name, told)

    async def _note(self, connection: AsyncConnection, action: Action, name: str, told: Detail) -> None:
        await self._journal.note_in(connection, Entry(self._by, action, detail={"staff": name, **told}))


def _columns(scope: Scope) -> dict[str, str | None]:
    return {"role": scope.role.value, "region": scope.county, "town": scope.town, "village": scope.village}


def _told(scope: Scope) -> Detail:
    return {name: value for name, value in _columns(scope).items() if value}
