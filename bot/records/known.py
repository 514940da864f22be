"""What the register holds of some people, read at once, to be held against what a roster tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from bot.records.entry import Employee, Payment
from bot.store.tables.records import CategorySpellRow, EmployeeSpellRow, EnrolmentRow, ResidentRow


class Spell(NamedTuple):
    """A category spell with its row."""

    id: int
    category: str
    since: date | None
    until: date | None


class Person(NamedTuple):
    """The row of a resident, its sealed cells closed, but for those that never change."""

    id: int
    id_key: bytes
    name_key: bytes
    sealed_phone: bytes | None
    town: str
    village: str
    hukou: str | None
    residence_permit: bool | None
    household_id: int | None
    household_role: str | None


@dataclass
class Known:
    """A person of the register with everything that hangs on it."""

    person: Person
    spells: list[Spell] = field(default_factory=list)
    payments: dict[int, Payment] = field(default_factory=dict)
    employee: list[tuple[int, Employee]] = field(default_factory=list)


async def known_by_key(connection: AsyncConnection, keys: Sequence[bytes]) -> dict[bytes, Known]:
    """Who of some find keys of ID numbers is in the register."""
    table = _table(ResidentRow)
    columns = [table.c[name] for name in Person._fields]
    rows = await connection.execute(select(*columns).where(table.c.id_key.in_(keys)))
    found = {row.id: Known(Person(*row)) for row in rows}
    if found:
        await _hang_on(connection, found)
    return {known.person.id_key: known for known in found.values()}


async def _hang_on(connection: AsyncConnection, found: dict[int, Known]) -> None:
    spell, paid, employed = _table(CategorySpellRow).c, _table(EnrolmentRow).c, _table(EmployeeSpellRow).c
    ids = list(found)
    for row in await _of(connection, ids, spell.resident_id, *(spell[name] for name in Spell._fields)):
        found[row[0]].spells.append(Spell(*row[1:]))
    for row in await _of(connection, ids, paid.resident_id, *(paid[name] for name in Payment._fields)):
        found[row[0]].payments[row[1]] = Payment(*row[1:])
    for row in await _of(connection, ids, employed.resident_id, employed.id, employed.months, employed.ended_on):
        found[row[0]].employee.append((row[1], Employee(*row[2:])))


async def _of(connection: AsyncConnection, ids: Sequence[int], resident: Any, *columns: Any) -> Iterable[Any]:
    return await connection.execute(select(resident, *columns).where(resident.in_(ids)))


def _table(row: type[SQLModel]) -> Any:
    return SQLModel.metadata.tables[str(row.__tablename__)]
