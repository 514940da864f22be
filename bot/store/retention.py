"""How long rows are kept (保存期限): a table marks the moment its rows count from, and one purge deletes what is too old."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, DateTime, Table, delete
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

RAW_TEXT = timedelta(days=90)
"""What a resident wrote is kept so long at most."""
_MARK = "canbao_kept"


def kept(span: timedelta, *, nullable: bool = False) -> Column[datetime]:
    """A moment (UTC) from which a row is kept for `span` and then deleted by the purge; for raw text `RAW_TEXT` at most."""
    return Column(DateTime(timezone=True), nullable=nullable, index=True, info={_MARK: span})


def marked() -> Mapping[Table, tuple[Column[datetime], timedelta]]:
    """The tables whose rows grow old, each with the column that tells and how long its rows are kept."""
    from bot.store import tables

    assert tables.__all__, "importing the package makes every table known"
    return {
        table: (column, column.info[_MARK])
        for table in reversed(SQLModel.metadata.sorted_tables)
        for column in table.columns
        if _MARK in column.info
    }


class Retention:
    """The purge of one database."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._engine = engine
        self._clock = clock

    async def purge(self) -> dict[str, int]:
        """Deletes every row that is too old; returns how many of which table."""
        gone: dict[str, int] = {}
        for table, (column, span) in marked().items():
            async with self._engine.begin() as connection:
                old = column < self._clock() - span
                gone[table.name] = (await connection.execute(delete(table).where(old))).rowcount
        return gone
