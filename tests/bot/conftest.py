"""A database of the newest schema, new for each test: the same tests run on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from databases import postgresql
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import open_database


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database of this test's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'canbao.db'}"
        return
    async with postgresql() as url:
        yield url


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a database of the newest schema."""
    opened = await open_database(database_url)
    yield opened
    await opened.dispose()
