"""The database: one async engine, migrated to the newest schema before it is used."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StartFailed
from bot.store import schema

_ASYNC = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


async def open_database(url: str, prepare: Callable[[Connection], object] = schema.upgrade) -> AsyncEngine:
    """An engine on a database of the newest schema. Raises StartFailed, WrongSchema with what to do."""
    engine = create_async_engine(_with_driver(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", tune_sqlite)
    try:
        await asyncio.to_thread(_make_folder, engine.url.database if engine.dialect.name == "sqlite" else None)
        async with engine.begin() as connection:
            await connection.run_sync(prepare)
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
