"""Databases for the tests of the register: migrated once of each kind, and copied for each test."""

from __future__ import annotations

import asyncio
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from databases import POSTGRES, _admin
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import open_database


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database of the newest schema."""
    path = tmp_path_factory.mktemp("migrated") / "canbao.db"
    asyncio.run(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_database() -> Iterator[str]:
    """The name of a PostgreSQL database of the newest schema; skips where no server answers."""
    name = f"canbao_template_{uuid.uuid4().hex[:12]}"
    asyncio.run(_admin_runs(f'CREATE DATABASE "{name}"'))
    try:
        user = asyncio.run(_user())
        asyncio.run(_migrate(f"postgresql://{user}@{POSTGRES}/{name}"))
        yield name
    finally:
        asyncio.run(_admin_runs(f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture(params=["migrated_file", "migrated_database"], ids=["sqlite", "postgresql"])
def migrated(request: pytest.FixtureRequest) -> Path | str:
    """What is copied: a file, or the name of a database."""
    found: Path | str = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def engine(migrated: Path | str, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on a database of the newest schema, new for each test."""
    if isinstance(migrated, Path):
        opened = await open_database(f"sqlite:///{shutil.copy(migrated, tmp_path / 'engine.db')}")
        yield opened
        await opened.dispose()
        return
    async with _copied(migrated) as url:
        opened = await open_database(url)
        yield opened
        await opened.dispose()


@asynccontextmanager
async def _copied(template: str) -> AsyncIterator[str]:
    user, admin = await _admin()
    name = f"canbao_test_{uuid.uuid4().hex[:12]}"
    await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield f"postgresql://{user}@{POSTGRES}/{name}"
    finally:
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await admin.close()


async def _migrate(url: str) -> None:
    await (await open_database(url)).dispose()


async def _user() -> str:
    user, admin = await _admin()
    await admin.close()
    return user


async def _admin_runs(statement: str) -> None:
    _, admin = await _admin()
    await admin.execute(statement)
    await admin.close()
