"""Deleting from the register: a person altogether, or cover years that need not be kept any longer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel, col

from bot.records.counts import recount
from bot.records.loading import lock, patient
from bot.store.tables.records import EnrolmentRow, HouseholdRow, ResidentRow


async def purge_person(engine: AsyncEngine, resident: int) -> None:
    """Deletes a resident with everything that hangs on it."""
    await _delete(engine, ResidentRow, col(ResidentRow.id) == resident)


async def purge_years(engine: AsyncEngine, before: int) -> int:
    """Deletes the enrolments of cover years before a year; gives how many."""
    return await _delete(engine, EnrolmentRow, col(EnrolmentRow.year) < before)


async def purge_fictional(engine: AsyncEngine) -> int:
    """Deletes every fictional resident; gives how many."""
    return await _delete(engine, ResidentRow, col(ResidentRow.fictional).is_(True))


async def _delete(engine: AsyncEngine, rows: type[SQLModel], which: Any) -> int:
    """Deletes rows, the households nobody is left of, and makes the sums of villages anew, in one transaction."""
    async with engine.connect() as connection:
        await patient(connection)
        async with connection.begin():
            await lock(connection)
            deleted = (await connection.execute(delete(rows).where(which))).rowcount
            lived_in = select(col(ResidentRow.household_id)).where(
                col(ResidentRow.household_id) == col(HouseholdRow.id)
            )
            await connection.execute(delete(HouseholdRow).where(~lived_in.exists()))
            await recount(connection)
    return int(deleted)


async def fictional(engine: AsyncEngine) -> int:
    """How many residents of the register are fictional."""
    query = select(func.count()).select_from(ResidentRow).where(col(ResidentRow.fictional).is_(True))
    async with engine.connect() as connection:
        return int((await connection.execute(query)).scalar_one())
