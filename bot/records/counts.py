"""How many residents are enrolled, by town and village (参保进度): from sums kept with every load, never by counting people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, func, insert, literal
from sqlalchemy import select as plain_select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from bot.store.tables.records import EnrolmentRow, ResidentRow, VillageRow, VillageYearRow


@dataclass(frozen=True)
class Count:
    """Residents of a place and how many of them have paid for a cover year; `village` empty in the sums of towns."""

    town: str
    village: str
    residents: int
    paid: int


async def villages(engine: AsyncEngine, region: str, year: int, town: str | None = None) -> tuple[Count, ...]:
    """The villages of a county or a town of it, by town and name."""
    of_year = and_(
        col(VillageYearRow.region) == VillageRow.region,
        col(VillageYearRow.town) == VillageRow.town,
        col(VillageYearRow.village) == VillageRow.village,
        col(VillageYearRow.year) == year,
    )
    paid = func.coalesce(col(VillageYearRow.paid), 0)
    query = (
        plain_select(col(VillageRow.town), col(VillageRow.village), col(VillageRow.residents), paid)
        .join_from(VillageRow, VillageYearRow, of_year, isouter=True)
        .where(col(VillageRow.region) == region, col(VillageRow.residents) > 0)
        .order_by(col(VillageRow.town), col(VillageRow.village))
    )
    if town is not None:
        query = query.where(col(VillageRow.town) == town)
    async with engine.connect() as connection:
        return tuple(Count(*row) for row in await connection.execute(query))


async def towns(engine: AsyncEngine, region: str, year: int) -> tuple[Count, ...]:
    """The towns of a county, by code."""
    sums: dict[str, list[int]] = {}
    for one in await villages(engine, region, year):
        town = sums.setdefault(one.town, [0, 0])
        town[0] += one.residents
        town[1] += one.paid
    return tuple(Count(town, "", residents, paid) for town, (residents, paid) in sums.items())


async def recount(connection: AsyncConnection) -> None:
    """Makes the sums anew from the residents; for what deletes people, and for a check of the sums kept."""
    for table in (VillageRow, VillageYearRow):
        await connection.execute(delete(table))
    place: tuple[Any, ...] = (col(ResidentRow.region), col(ResidentRow.town), col(ResidentRow.village))
    people = plain_select(*place, func.count()).group_by(*place)
    await connection.execute(insert(VillageRow).from_select(["region", "town", "village", "residents"], people))
    year = col(EnrolmentRow.year)
    payers = (
        plain_select(*place, year, func.count())
        .join_from(ResidentRow, EnrolmentRow, col(EnrolmentRow.resident_id) == col(ResidentRow.id))
        .where(col(EnrolmentRow.status) == literal("paid"))
        .group_by(*place, year)
    )
    await connection.execute(insert(VillageYearRow).from_select(["region", "town", "village", "year", "paid"], payers))
