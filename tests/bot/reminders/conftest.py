"""A county with one fictional family, WeChat's stand-in, and a worker between them."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from databases import postgresql
from reminded import ACCOUNT, County, county
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.sim.wechat.account import SimAccount
from bot.sim.wechat.platform import WeChatPlatform
from bot.store.database import open_database


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the newest schema, made once and copied for each test."""
    path = tmp_path_factory.mktemp("migrated") / "canbao.db"

    async def make() -> None:
        await (await open_database(f"sqlite:///{path}")).dispose()

    asyncio.run(make())
    return path


@pytest.fixture
async def database_url(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> AsyncIterator[str]:
    """SQLite; PostgreSQL where a test asks for it by `indirect`."""
    if getattr(request, "param", "sqlite") == "postgresql":
        async with postgresql() as url:
            yield url
        return
    shutil.copy(migrated, tmp_path / "canbao.db")
    yield f"sqlite:///{tmp_path / 'canbao.db'}"


@pytest.fixture
async def platform() -> AsyncIterator[WeChatPlatform]:
    account = SimAccount(app_id=ACCOUNT.app_id, secret=ACCOUNT.secret.get_secret_value())
    async with WeChatPlatform(account) as opened:
        yield opened


@pytest.fixture
async def suixi(engine: AsyncEngine, platform: WeChatPlatform) -> AsyncIterator[County]:
    async with county(engine, platform) as opened:
        yield opened
