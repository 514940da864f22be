"""Databases as tests use them: one of their own each, a copy of one that was brought to the newest schema once."""

from __future__ import annotations

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
from whole_program import unless_ci

from bot.store.database import open_database

POSTGRES = "127.0.0.1:5432"


EMPTIED = """
DO $$ DECLARE one text; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'
    AND tablename NOT IN ('alembic_version', 'numbering')
  LOOP EXECUTE 'DELETE FROM ' || one; END LOOP;
  UPDATE numbering SET next = 1;
  FOR one IN SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
  LOOP EXECUTE 'ALTER SEQUENCE ' || one || ' RESTART'; END LOOP;
END $$
"""
"""Empties every table, also those that may only grow; quicker by far than a new database."""


@asynccontextmanager
async def postgresql() -> AsyncIterator[str]:
    """The address of a new, empty PostgreSQL database; skips where no server answers, except in continuous integration."""
    user, admin = await _admin()
    name = f"canbao_test_{uuid.uuid4().hex[:12]}"
    await admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield _url(user, name)
    finally:
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await admin.close()


@contextmanager
def migrated_postgresql() -> Iterator[str]:
    """The address of a PostgreSQL database of the newest schema, for one run of the tests."""
    name = f"canbao_test_{uuid.uuid4().hex[:12]}"
    url = asyncio.run(_made(name))
    try:
        yield url
    finally:
        asyncio.run(_executed(f'DROP DATABASE "{name}" WITH (FORCE)'))


async def emptied(url: str) -> None:
    """Leaves nothing of an earlier test in the database."""
    connection = await asyncpg.connect(url)
    await connection.execute(EMPTIED)
    await connection.close()


def migrated_sqlite(folder: Path) -> Path:
    """A SQLite file of the newest schema, to be copied."""
    path = folder / "template.db"
    asyncio.run(_migrated(f"sqlite:///{path}"))
    return path


def copied(template: Path, folder: Path) -> str:
    """The address of a copy of a SQLite file."""
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{shutil.copy(template, folder / 'canbao.db')}"


async def _made(name: str) -> str:
    url = _url(await _executed(f'CREATE DATABASE "{name}"'), name)
    await _migrated(url)
    return url


async def _executed(statement: str) -> str:
    user, admin = await _admin()
    await admin.execute(statement)
    await admin.close()
    return user


async def _migrated(url: str) -> None:
    engine = await open_database(url)
    await engine.dispose()


def _url(user: str, name: str) -> str:
    return f"postgresql://{user}@{POSTGRES}/{name}"


async def _admin() -> tuple[str, asyncpg.Connection]:
    """A user that may make databases, and a connection as that user."""
    faults = []
    for user in (os.environ.get("PGUSER", "postgres"), "root"):
        try:
            return user, await asyncpg.connect(f"postgresql://{user}@{POSTGRES}/postgres", timeout=3)
        except (OSError, asyncpg.PostgresError, TimeoutError) as error:
            faults.append(f"{user}: {type(error).__name__}")
    unless_ci(f"no PostgreSQL answers at {POSTGRES} without a password ({', '.join(faults)})")
    raise AssertionError("not reached")
