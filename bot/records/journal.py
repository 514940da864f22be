"""The journal of imports: which roster was loaded when, and which was not finished."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.store.tables.records import ImportRow

_CHUNK = 1 << 20
_LONGEST = 255


@dataclass(frozen=True)
class Begun:
    """A roster's row: its number, the day its categories count from, and whether it had been begun before."""

    id: int
    roster_day: date
    resumed: bool = False


def digest_of(path: Path, *with_it: object) -> str:
    """The SHA-256 of a file and of what it is read with (mapping, county, year)."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    digest.update(repr(with_it).encode())
    return digest.hexdigest()


async def begin(engine: AsyncEngine, digest: str, file: str, region: str, day: date) -> Begun:
    """Notes that a roster is loaded; one that was broken off keeps its row and its day, so that it ends as if it was not."""
    query = select(ImportRow).where(ImportRow.digest == digest, col(ImportRow.finished).is_(None))
    async with AsyncSession(engine, expire_on_commit=False) as session:
        found = (await session.exec(query.order_by(col(ImportRow.id)))).first()
        row = found or ImportRow(
            digest=digest, file=file[-_LONGEST:], region=region, roster_day=day, started=datetime.now(UTC)
        )
        session.add(row)
        await session.commit()
    assert row.id is not None
    return Begun(row.id, row.roster_day, resumed=found is not None)


async def finish(engine: AsyncEngine, number: int, rows: int, rejected: int, warned: int) -> None:
    """Notes that a roster is loaded to its end."""
    async with AsyncSession(engine) as session:
        row = await session.get_one(ImportRow, number)
        row.rows, row.rejected, row.warned, row.finished = rows, rejected, warned, datetime.now(UTC)
        session.add(row)
        await session.commit()
