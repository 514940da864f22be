"""Fixtures of the bot on Telegram, over real HTTP and on both databases."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_on_telegram import KEYS, TODAY, hooked
from databases import postgresql
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import composition
from bot.assistant import Assistant
from bot.channels.telegram.bot import TelegramBot
from bot.channels.telegram.public_only import PublicOnly
from bot.sim.telegram.server import TelegramServer
from bot.store.database import open_database
from bot.store.sessions import DatabaseSessions
from nlu.client import NluClient


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
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as opened:
        yield opened


@pytest.fixture
def assistant(nlu_client: NluClient, engine: AsyncEngine) -> Assistant:
    sessions = DatabaseSessions(engine, composition.knowledge().facts, KEYS)
    made = composition.assemble(nlu_client, sessions, TODAY)
    public_only = PublicOnly(made.kb.hotline)
    made.attendants, made.reviewers = (public_only,), (public_only,)
    return made


@pytest.fixture
def region() -> str | None:
    """Where the bot's conversations take place; a test without a place overrides it."""
    return "340621"


@pytest.fixture
async def bot(
    server: TelegramServer, assistant: Assistant, engine: AsyncEngine, region: str | None
) -> AsyncIterator[TelegramBot]:
    async with hooked(server, assistant, engine, region) as opened:
        yield opened
