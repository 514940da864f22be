"""Answers that operators keep ready (常用语), each found by its shortcut after `/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables.desk import CannedRow

CANNED = CannedRow.__table__  # type: ignore[attr-defined]
LONGEST_SHORTCUT, LONGEST_TEXT = 20, 600


@dataclass(frozen=True)
class Canned:
    """One of them; `made_by` is the name of the member of staff."""

    id: int
    shortcut: str
    text: str
    made_by: str


class CannedAnswers:
    """Those of one database, the same for all operators."""

    def __init__(self, engine: AsyncEngine):
        self._engine = engine

    async def all(self) -> tuple[Canned, ...]:
        """All of them by shortcut."""
        async with self._engine.connect() as connection:
            rows = (await connection.execute(select(CANNED).order_by(CANNED.c.shortcut))).all()
        return tuple(Canned(row.id, row.shortcut, row.text, row.made_by) for row in rows)

    async def add(self, shortcut: str, text: str, by: str) -> bool:
        """Keeps another one; False where the shortcut is taken."""
        return await self._written(insert(CANNED).values(shortcut=shortcut, text=text, made_by=by))

    async def change(self, number: int, shortcut: str, text: str, by: str) -> bool:
        """Rewrites one; False where another one has the shortcut, or it is gone."""
        values = {"shortcut": shortcut, "text": text, "made_by": by}
        return await self._written(update(CANNED).where(CANNED.c.id == number).values(**values))

    async def remove(self, number: int) -> bool:
        """Deletes one; False where it is gone already."""
        return await self._written(CANNED.delete().where(CANNED.c.id == number))

    async def _written(self, change: Executable) -> bool:
        try:
            async with self._engine.begin() as connection:
                done: Any = await connection.execute(change)
                return bool(done.rowcount)
        except IntegrityError:
            return False


def tidy_shortcut(written: str) -> str:
    """The shortcut as it is kept: without spaces and without the `/` in front."""
    return "".join(written.split()).lstrip("/／").lower()
