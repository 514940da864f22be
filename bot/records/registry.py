"""The register of residents (参保档案) as the rest of the program reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, exists, or_
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import BadIdNumber
from bot.records.id_number import read_id_number
from bot.records.person_name import tidy_name
from bot.records.resident import Resident, Scope, id_key, name_key, resident_of, town_name
from bot.secrets.sealing import Secrets
from bot.store.tables.records import (
    CategorySpellRow,
    EmployeeSpellRow,
    EnrolmentRow,
    GuardianRow,
    ResidentRow,
    VillageRow,
)
from dialogues.record import EmployeeSpell, Enrolment, Record
from policy_kb.regions import Regions

FEN = Decimal(100)


class Registry:
    """Reads residents and their records; every look-up is one or two indexed selects."""

    def __init__(self, engine: AsyncEngine, secrets: Secrets, regions: Regions) -> None:
        self._engine = engine
        self._secrets = secrets
        self._regions = regions

    async def by_id_number(self, number: str) -> Resident | None:
        """The resident of an ID number, however it is written; None where none is, or it can be none."""
        try:
            tidied = read_id_number(number, date.max).text
        except BadIdNumber:
            return None
        found = await self._residents(select(ResidentRow).where(ResidentRow.id_key == id_key(self._secrets, tidied)))
        return found[0] if found else None

    async def by_id(self, resident: int) -> Resident | None:
        """The resident of this row; None where there is none."""
        found = await self._residents(select(ResidentRow).where(ResidentRow.id == resident))
        return found[0] if found else None

    async def household_of(self, resident: Resident) -> tuple[Resident, ...]:
        """Everybody of the household, the person among them; the person alone where no household is known."""
        if resident.household_id is None:
            return (resident,)
        same = ResidentRow.household_id == resident.household_id
        return await self._residents(select(ResidentRow).where(same).order_by(col(ResidentRow.id)))

    async def guardians_of(self, ward: Resident) -> tuple[tuple[Resident, str], ...]:
        """Who acts for a child, each with the relation the record holds."""
        return await self._related(col(GuardianRow.guardian_id), GuardianRow.ward_id == ward.id)

    async def wards_of(self, guardian: Resident) -> tuple[tuple[Resident, str], ...]:
        """For whom somebody acts, each with the relation the record holds."""
        return await self._related(col(GuardianRow.ward_id), GuardianRow.guardian_id == guardian.id)

    async def named(self, name: str, scope: Scope, limit: int = 50) -> tuple[Resident, ...]:
        """Who bears this whole name in the scope."""
        tidied = tidy_name(name)
        towns = [scope.town] if scope.town is not None else await self._towns(scope.region)
        keys = [name_key(self._secrets, tidied, town) for town in towns]
        query = select(ResidentRow).where(col(ResidentRow.town).in_(towns), col(ResidentRow.name_key).in_(keys))
        return await self._residents(_kept_to(query, scope).order_by(col(ResidentRow.id)).limit(limit))

    async def in_village(self, scope: Scope, after: int = 0, limit: int = 100) -> tuple[Resident, ...]:
        """The residents of a scope by number, from behind the number `after`."""
        query = _kept_to(select(ResidentRow), scope).where(ResidentRow.id > after)
        return await self._residents(query.order_by(col(ResidentRow.id)).limit(limit))

    async def not_enrolled(
        self,
        scope: Scope,
        year: int,
        on: date,
        first: Iterable[str] = (),
        offset: int = 0,
        limit: int = 100,
    ) -> tuple[Resident, ...]:
        """Who has not paid for a cover year, a page of them; those in a category of `first` on the day `on` come first."""
        paid = exists().where(
            and_(
                col(EnrolmentRow.resident_id) == col(ResidentRow.id),
                col(EnrolmentRow.year) == year,
                col(EnrolmentRow.status) == "paid",
            )
        )
        urgent = exists().where(
            col(CategorySpellRow.resident_id) == col(ResidentRow.id),
            col(CategorySpellRow.category).in_(tuple(first)),
            _holds(on),
        )
        query = _kept_to(select(ResidentRow), scope).where(~paid)
        return await self._residents(query.order_by(urgent.desc(), col(ResidentRow.id)).offset(offset).limit(limit))

    async def record(self, resident: Resident, on: date) -> Record:
        """The record with what held on that day, categories by their canonical names."""
        async with AsyncSession(self._engine) as session:
            of = resident.id
            spells = await session.exec(
                select(CategorySpellRow).where(CategorySpellRow.resident_id == of).order_by(col(CategorySpellRow.id))
            )
            enrolments = await session.exec(
                select(EnrolmentRow).where(EnrolmentRow.resident_id == of).order_by(col(EnrolmentRow.year))
            )
            employee = await session.exec(select(EmployeeSpellRow).where(EmployeeSpellRow.resident_id == of))
            return record_of(resident, spells.all(), enrolments.all(), employee.all(), on, self._regions)

    async def spells(self, resident: Resident) -> tuple[CategorySpellRow, ...]:
        """Every time in which the resident was in a category, the earliest first."""
        query = select(CategorySpellRow).where(CategorySpellRow.resident_id == resident.id)
        async with AsyncSession(self._engine, expire_on_commit=False) as session:
            found = (await session.exec(query)).all()
        return tuple(sorted(found, key=earliest))

    async def _related(self, who: Any, where: Any) -> tuple[tuple[Resident, str], ...]:
        query = select(ResidentRow, GuardianRow.relation).join(GuardianRow, col(ResidentRow.id) == who).where(where)
        async with AsyncSession(self._engine) as session:
            rows = (await session.exec(query.order_by(col(ResidentRow.id)))).all()
        return tuple((resident_of(row, self._secrets), relation) for row, relation in rows)

    async def _residents(self, query: Select[Any]) -> tuple[Resident, ...]:
        async with AsyncSession(self._engine) as session:
            rows: Sequence[ResidentRow] = (await session.exec(query)).all()  # type: ignore[call-overload]
        return tuple(resident_of(row, self._secrets) for row in rows)

    async def _towns(self, region: str) -> list[str]:
        async with AsyncSession(self._engine) as session:
            return list(await session.exec(select(VillageRow.town).where(VillageRow.region == region).distinct()))


def _kept_to(query: Any, scope: Scope) -> Any:
    query = query.where(ResidentRow.region == scope.region)
    if scope.town is not None:
        query = query.where(ResidentRow.town == scope.town)
    return query if scope.village is None else query.where(ResidentRow.village == scope.village)


def _holds(on: date) -> Any:
    since, until = col(CategorySpellRow.since), col(CategorySpellRow.until)
    return and_(or_(since.is_(None), since <= on), or_(until.is_(None), until >= on))


def record_of(
    resident: Resident,
    spells: Iterable[CategorySpellRow],
    enrolments: Iterable[EnrolmentRow],
    employee: Sequence[EmployeeSpellRow],
    on: date,
    regions: Regions,
) -> Record:
    """The record from its rows, spells by their number and enrolments by their year, with what held on that day."""
    held = (one for one in spells if (one.since or date.min) <= on <= (one.until or date.max))
    return Record(
        name=resident.name,
        birth_date=resident.birth_date,
        town=town_name(resident.town, regions) or None,
        hukou=resident.hukou,
        residence_permit=resident.residence_permit,
        categories=tuple(dict.fromkeys(one.category for one in held)),
        enrolments=tuple(enrolment_of(one) for one in enrolments),
        employee_insurance=_last(employee),
    )


def earliest(spell: CategorySpellRow) -> tuple[date, int]:
    """By which spells stand in the order of their beginning."""
    return spell.since or date.min, spell.id or 0


def enrolment_of(row: EnrolmentRow) -> Enrolment:
    """A row as dialogues hold it: sums in 元."""
    amount = None if row.amount is None else Decimal(row.amount) / FEN
    return Enrolment(row.year, row.status, row.paid_on, amount, row.tier, row.channel)


def _last(spells: Sequence[EmployeeSpellRow]) -> EmployeeSpell | None:
    """The spell that goes on, else the one that ended last."""
    if not spells:
        return None
    last = max(spells, key=lambda one: (one.ended_on is None, one.ended_on or date.min))
    return EmployeeSpell(last.months, last.ended_on)
