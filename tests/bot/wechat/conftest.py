"""Databases for the tests of WeChat: migrated once on SQLite and copied; `engine` of tests/bot runs on both kinds."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import open_database


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database's file."""
    path = tmp_path_factory.mktemp("wechat") / "canbao.db"

    async def make() -> None:
        await (await open_database(f"sqlite:///{path}")).dispose()

    asyncio.run(make())
    return path


@pytest.fixture
async def sqlite(migrated: Path, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A database for what does not depend on its kind."""
    engine = await open_database(f"sqlite:///{shutil.copy(migrated, tmp_path / 'canbao.db')}")
    yield engine
    await engine.dispose()
