"""The web application, put together; everything it needs is started and stopped with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import composition
from bot.assistant import Assistant
from bot.service import api, health, page
from bot.service.headers import SecurityHeaders
from bot.service.token import api_token
from bot.settings import PROJECT, Settings
from bot.store.database import open_database
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


def application(settings: Settings) -> FastAPI:
    """The application; entering its life span opens the database and the NLU server. Raises StartFailed, NluSetupError."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            app.state.running = await _start(settings, stack)
            yield

    app = FastAPI(title="参保 canbao", lifespan=life, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.add_middleware(SecurityHeaders)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(api.router)
    app.include_router(health.router)
    app.include_router(page.router)
    api.add_error_answers(app)
    return app


async def _start(settings: Settings, stack: AsyncExitStack) -> Running:
    kb = composition.knowledge()
    database = await open_database(settings.database_url)
    stack.push_async_callback(database.dispose)
    url = settings.nlu_url or (await stack.enter_async_context(NluServer(PROJECT))).url
    client = await stack.enter_async_context(NluClient(url, settings.nlu_timeout))
    sessions = DatabaseSessions(database, kb.facts)
    await sessions.purge()
    return Running(
        settings, composition.assemble(client, sessions, settings.now), database, client, api_token(settings)
    )
