"""The web application, put together, and what it works with, started and stopped in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import composition
from bot.assistant import Assistant
from bot.project import PROJECT
from bot.service import api, health, page
from bot.service.headers import SecurityHeaders
from bot.service.token import api_token
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.keeping import KeptSessions, purging
from bot.store.sessions import DatabaseSessions
from nlu.client import NluClient
from nlu.server import NluServer

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Running:
    """What request handlers work with."""

    settings: Settings
    assistant: Assistant
    database: AsyncEngine
    nlu: NluClient
    token: str


def application(running: Running) -> FastAPI:
    """The application over what runs already."""
    app = FastAPI(title="参保 canbao", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.running = running
    app.add_middleware(SecurityHeaders)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(api.router)
    app.include_router(health.router)
    app.include_router(page.router)
    api.add_error_answers(app)
    return app


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Running]:
    """Database, knowledge base and NLU server; the notices are read while the server starts.

    Raises StartFailed, PolicyError, NluSetupError.
    """
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database_url)
        stack.push_async_callback(database.dispose)
        reading = asyncio.create_task(asyncio.to_thread(_read_all))
        url = settings.nlu_url or (await stack.enter_async_context(NluServer(PROJECT))).url
        client = await stack.enter_async_context(NluClient(url, settings.nlu_timeout))
        await reading
        await composition.warm_up(client)
        stored = DatabaseSessions(database, composition.knowledge().facts)
        await stack.enter_async_context(purging(stored))
        assistant = composition.assemble(client, KeptSessions(stored), settings.now)
        yield Running(settings, assistant, database, client, api_token(settings))


def _read_all() -> None:
    composition.parts().finder.index_all()
