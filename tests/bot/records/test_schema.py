"""The schema: models and migrations say the same; a newer, half-made or damaged database is refused with what to do."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from people import entry, loader
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

from bot.errors import StartFailed, WrongSchema
from bot.store import database, schema
from bot.store.database import open_database


async def test_models_and_migrations_agree(engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def _says(engine: AsyncEngine, statement: str) -> None:
    async with engine.begin() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


async def test_a_database_of_a_newer_version_is_refused(database_url: str) -> None:
    await _says(await open_database(database_url), "INSERT INTO alembic_version VALUES ('9999')")
    with pytest.raises(WrongSchema, match=r"newer version of the program \(schema 9999\)"):
        await open_database(database_url)


async def _half_made(url: str, *rows: str) -> None:
    """A database of an old revision in which a migration broke off between two tables, as SQLite once let it."""

    def old(connection: Connection) -> None:
        command.upgrade(schema._config(connection), "0001")
        connection.execute(text("CREATE TABLE household (id INTEGER PRIMARY KEY)"))
        for row in rows:
            connection.execute(text(row))

    await (await open_database(url, old)).dispose()


async def test_a_half_migrated_database_names_the_command_and_that_mends_it(database_url: str) -> None:
    await _half_made(database_url)
    with pytest.raises(WrongSchema, match=r"table household .*canbao db upgrade --mend"):
        await open_database(database_url)
    await (await open_database(database_url, schema.mend)).dispose()
    mended = await open_database(database_url)
    await loader(mended).load([entry(household="001")])
    await mended.dispose()


async def test_what_holds_rows_is_not_mended_away(database_url: str) -> None:
    await _half_made(database_url, "INSERT INTO household VALUES (1)")
    with pytest.raises(WrongSchema, match="holds rows; restore"):
        await open_database(database_url, schema.mend)


async def test_a_lost_table_is_told(database_url: str) -> None:
    await _says(await open_database(database_url), "DROP TABLE guardian")
    with pytest.raises(WrongSchema, match="lacks the table guardian"):
        await open_database(database_url)


async def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(connection: Connection) -> None:
        schema.upgrade(connection)
        raise WrongSchema("broken off")

    url = f"sqlite:///{tmp_path / 'canbao.db'}"
    with pytest.raises(WrongSchema, match="broken off"):
        await open_database(url, fails)
    await (await open_database(url)).dispose()


async def test_several_programs_that_start_at_once_migrate_once(database_url: str) -> None:
    engines = await asyncio.gather(*(open_database(database_url) for _ in range(3)))
    for one in engines:
        await one.dispose()


async def test_a_start_waits_for_one_that_holds_the_database(tmp_path: Path) -> None:
    path = tmp_path / "canbao.db"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    opening = asyncio.create_task(open_database(f"sqlite:///{path}"))
    await asyncio.sleep(1.5)  # longer than a connection waits for a lock
    assert not opening.done()
    holder.execute("ROLLBACK")
    holder.close()
    await (await opening).dispose()


async def test_a_start_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OTHER_STARTER", 0.2)
    path = tmp_path / "canbao.db"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StartFailed, match="database is locked; check CANBAO_DATABASE_URL"):
        await open_database(f"sqlite:///{path}")
    holder.close()
