"""Reading ahead: what the parts of the program will ask of the database for one message is read in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, Row, TextClause, bindparam, select, true
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.writing import transact

PATIENCE = 1.0
"""Seconds a message waits for what is read ahead; what then asks for it is told that the database fails."""

Rows: TypeAlias = dict[tuple["LookUp", bytes], "Row[Any] | Exception | None"]
_AHEAD: ContextVar[Rows | None] = ContextVar("read_ahead", default=None)


class LookUp:
    """The first row of a table under a find key, as each message asks for it; the query is built once."""

    def __init__(self, key: Column[bytes], where: TextClause | None = None) -> None:
        self._query = select(key.table).where(key == bindparam("sought"), true() if where is None else where)

    async def row(self, engine: AsyncEngine, key: bytes) -> Row[Any] | None:
        """The row; what was read ahead is given out once, and what failed then fails now."""
        ahead = _AHEAD.get()
        if ahead is None or (self, key) not in ahead:
            return await transact(engine, lambda connection: self.of(connection, key))
        found = ahead.pop((self, key))
        if isinstance(found, Exception):
            raise found
        return found

    def of(self, connection: Connection, key: bytes) -> Row[Any] | None:
        """The row, within a transaction."""
        return connection.execute(self._query, {"sought": key}).first()


Asked: TypeAlias = tuple[LookUp, bytes]
"""A look-up and the key it is for."""
Asks: TypeAlias = Callable[[str], Asked]
"""The look-up that a message of a session will lead to."""


@dataclass(frozen=True)
class ReadAhead:
    """Reads ahead in one database."""

    engine: AsyncEngine

    @asynccontextmanager
    async def of(self, session: str, asks: Sequence[Asks]) -> AsyncIterator[None]:
        """The rows are read now, and at hand while the block lasts."""
        token = _AHEAD.set(await self._read([one(session) for one in asks]))
        try:
            yield
        finally:
            _AHEAD.reset(token)

    async def _read(self, asked: Sequence[Asked]) -> Rows:
        def read(connection: Connection) -> Rows:
            return {(look_up, key): look_up.of(connection, key) for look_up, key in asked}

        try:
            async with asyncio.timeout(PATIENCE):
                return await transact(self.engine, read)
        except (SQLAlchemyError, OSError) as error:
            return dict.fromkeys(asked, error)
