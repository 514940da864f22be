"""A county with one fictional family, WeChat's stand-in, and a worker between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from reminded import ACCOUNT, County, county
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.sim.wechat.account import SimAccount
from bot.sim.wechat.platform import WeChatPlatform


@pytest.fixture
def prepared(request: pytest.FixtureRequest) -> str | Path:
    """SQLite; PostgreSQL too for the tests that ask for both, where it is the database that matters."""
    found: str | Path = request.getfixturevalue(getattr(request, "param", "sqlite_template"))
    return found


@pytest.fixture
async def platform() -> AsyncIterator[WeChatPlatform]:
    account = SimAccount(app_id=ACCOUNT.app_id, secret=ACCOUNT.secret.get_secret_value())
    async with WeChatPlatform(account) as opened:
        yield opened


@pytest.fixture
async def suixi(engine: AsyncEngine, platform: WeChatPlatform) -> AsyncIterator[County]:
    async with county(engine, platform) as opened:
        yield opened
