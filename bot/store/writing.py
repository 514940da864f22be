"""Whole transactions, given as functions: in one go on a thread of their own on SQLite, over the pool on PostgreSQL.

SQLite lets one writer in and makes the others try again and again, so that under load some never get their turn; and
a driver that goes to another thread for every statement takes longer than the statements.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import tune_sqlite

T = TypeVar("T")


async def transact(engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
    """Runs `work` in a transaction of its own and commits it; an exception rolls it back."""
    desk = _desk(engine)
    if desk is None:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    return await asyncio.get_running_loop().run_in_executor(desk.thread, desk.run, work)


@dataclass
class Together:
    """Something to be written in the transaction that keeps a conversation's state, so that both stand or neither."""

    write: Callable[[Connection], bool]
    """Says False where the state is not to be kept either."""
    committed: bool = False


def writer_of(engine: AsyncEngine) -> Engine:
    """The engine that transactions run on: on SQLite one of its own, whose events are not those of `engine`."""
    desk = _desk(engine)
    return engine.sync_engine if desk is None else desk.engine


@dataclass(frozen=True)
class _Desk:
    """The one writer of a SQLite file in this process: those who come are served in their order."""

    engine: Engine
    thread: ThreadPoolExecutor

    def run(self, work: Callable[[Connection], T]) -> T:
        with self.engine.begin() as connection:
            return work(connection)

    def close(self, _: object) -> None:
        self.thread.submit(self.engine.dispose)
        self.thread.shutdown(wait=True)


_DESKS: WeakKeyDictionary[Engine, _Desk] = WeakKeyDictionary()


def _desk(engine: AsyncEngine) -> _Desk | None:
    """The writer of this database; None where it is no file of SQLite's."""
    if engine.dialect.name != "sqlite" or engine.url.database in (None, "", ":memory:"):
        return None
    found = _DESKS.get(engine.sync_engine)
    if found is None:
        twin = create_engine(engine.url.set(drivername="sqlite"))
        event.listen(twin, "connect", tune_sqlite)
        found = _Desk(twin, ThreadPoolExecutor(1, thread_name_prefix="writing"))
        _DESKS[engine.sync_engine] = found
        event.listen(engine.sync_engine, "engine_disposed", _closed)
    return found


def _closed(engine: Engine) -> None:
    desk = _DESKS.pop(engine, None)
    if desk is not None:
        desk.close(engine)
