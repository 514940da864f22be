"""A database for the tests of WeChat that do not depend on its kind; `engine` of tests/bot runs on both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from databases import copied
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import open_database


@pytest.fixture
async def sqlite(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A new SQLite database."""
    engine = await open_database(copied(sqlite_template, tmp_path))
    yield engine
    await engine.dispose()
