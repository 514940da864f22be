"""The database: one async engine, migrated to the newest schema before it is used."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StartFailed
from bot.store import schema

OTHER_STARTER = 20.0
"""Seconds that a start waits for one that holds SQLite: switching to the write-ahead log heeds no busy_timeout."""
_ASYNC = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


async def open_database(url: str, prepare: Callable[[Connection], object] = schema.upgrade) -> AsyncEngine:
    """An engine on a database of the newest schema. Raises StartFailed, WrongSchema with what to do."""
    engine = create_async_engine(_with_driver(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", tune_sqlite)
    try:
        await asyncio.to_thread(_make_folder, engine.url.database if engine.dialect.name == "sqlite" else None)
        await _prepared(engine, prepare)
    except StartFailed:
        await engine.dispose()
        raise
    except (SQLAlchemyError, OSError) as error:
        await engine.dispose()
        shown = engine.url.render_as_string(hide_password=True)
        reason = str(error).splitlines()[0]
        raise StartFailed(
            f"database {shown}: {reason}; check CANBAO_DATABASE_URL and that it can be written"
        ) from error
    return engine


async def _prepared(engine: AsyncEngine, prepare: Callable[[Connection], object]) -> None:
    """Prepares the database, and waits while another program that starts at the same time does."""
    end = time.monotonic() + OTHER_STARTER
    while True:
        try:
            async with engine.begin() as connection:
                await connection.run_sync(prepare)
            return
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > end:
                raise
        await asyncio.sleep(0.1)


def _make_folder(database: str | None) -> None:
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)


def _with_driver(url: str) -> str:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StartFailed("CANBAO_DATABASE_URL is no database URL; write sqlite:///… or postgresql://…") from None
    return parsed.set(drivername=_ASYNC.get(parsed.drivername, parsed.drivername)).render_as_string(hide_password=False)


def tune_sqlite(connection: Any, _: object) -> None:
    """What every connection to SQLite is set to."""
    raw: SqliteConnection = connection
    cursor = raw.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA busy_timeout=900")
    cursor.close()
