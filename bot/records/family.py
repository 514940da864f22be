"""A person's record with those of the wards (监护): read in one transaction, as every message of a bound account needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

from bot.records.registry import earliest, record_of
from bot.records.resident import Resident, resident_of
from bot.secrets.sealing import Secrets
from bot.store.writing import transact
from dialogues.record import CategorySpell, Record
from policy_kb.regions import Regions

_TABLES = SQLModel.metadata.tables
_RESIDENT, _GUARDIAN, _SPELL = _TABLES["resident"], _TABLES["guardian"], _TABLES["category_spell"]
_ENROLMENT, _EMPLOYEE = _TABLES["enrolment"], _TABLES["employee_spell"]
_PERSON = select(_RESIDENT).where(_RESIDENT.c.id == bindparam("who"))
_WARDS = (
    select(_RESIDENT, _GUARDIAN.c.relation)
    .join(_GUARDIAN, _GUARDIAN.c.ward_id == _RESIDENT.c.id)
    .where(_GUARDIAN.c.guardian_id == bindparam("who"))
    .order_by(_RESIDENT.c.id)
)
_HOUSEHOLD = select(_RESIDENT.c.id).where(_RESIDENT.c.household_id == bindparam("household"))


def _of_them(table: Any, order: Any) -> Select[Any]:
    return select(table).where(table.c.resident_id.in_(bindparam("them", expanding=True))).order_by(order)


_SPELLS = _of_them(_SPELL, _SPELL.c.id)
_ENROLMENTS = _of_them(_ENROLMENT, _ENROLMENT.c.year)
_EMPLOYED = _of_them(_EMPLOYEE, _EMPLOYEE.c.id)


@dataclass(frozen=True)
class Ward:
    """Somebody a guardian acts for, with the relation the register holds."""

    resident: Resident
    relation: str
    record: Record


@dataclass(frozen=True)
class Family:
    """A person's own record, those of the wards, and the numbers of all of the household."""

    record: Record
    wards: tuple[Ward, ...]
    household: frozenset[int]


class Families:
    """Reads the families of one register."""

    def __init__(self, engine: AsyncEngine, secrets: Secrets, regions: Regions) -> None:
        self._engine = engine
        self._secrets = secrets
        self._regions = regions

    async def of(self, resident: int, on: date) -> Family | None:
        """The family as on that day; None where there is no such resident."""
        return await transact(self._engine, lambda connection: self._read(connection, resident, on))

    def _read(self, connection: Connection, who: int, on: date) -> Family | None:
        row = connection.execute(_PERSON, {"who": who}).first()
        if row is None:
            return None
        wards = connection.execute(_WARDS, {"who": who}).all()
        them = {"them": [who, *(ward.id for ward in wards)]}
        spells = _by_person(connection.execute(_SPELLS, them))
        enrolments = _by_person(connection.execute(_ENROLMENTS, them))
        employed = _by_person(connection.execute(_EMPLOYED, them))

        def record(resident: Resident) -> Record:
            of = resident.id
            found = record_of(resident, spells[of], enrolments[of], employed[of], on, self._regions)
            return replace(found, spells=_told(spells[of]), resident=of)

        people = [(resident_of(ward, self._secrets), ward.relation) for ward in wards]
        household = [who]
        if row.household_id is not None:
            household += connection.scalars(_HOUSEHOLD, {"household": row.household_id})
        return Family(
            record(resident_of(row, self._secrets)),
            tuple(Ward(ward, relation, record(ward)) for ward, relation in people),
            frozenset(household),
        )


def _by_person(rows: Iterable[Row[Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.resident_id].append(row)
    return found


def _told(spells: Sequence[Any]) -> tuple[CategorySpell, ...]:
    """The spells as dialogues hold them, the earliest first."""
    return tuple(
        CategorySpell(one.category, one.since, one.until, one.certified_by) for one in sorted(spells, key=earliest)
    )
