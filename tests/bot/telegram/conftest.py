"""Fixtures of the bot on Telegram, over real HTTP and on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_on_telegram import KEYS, TODAY, hooked
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import composition
from bot.assistant import Assistant
from bot.channels.telegram.bot import TelegramBot
from bot.channels.telegram.public_only import PublicOnly
from bot.sim.telegram.server import TelegramServer
from bot.store.sessions import DatabaseSessions
from nlu.client import NluClient


@pytest.fixture
def prepared(request: pytest.FixtureRequest) -> str | Path:
    """SQLite; PostgreSQL too for the tests that ask for both, where it is the database that matters."""
    found: str | Path = request.getfixturevalue(getattr(request, "param", "sqlite_template"))
    return found


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
