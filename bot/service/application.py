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
from bot.binding.wiring import add_binding
from bot.channel import Channel, Sender
from bot.channels.telegram import route as telegram_route
from bot.channels.telegram.bot import TelegramBot, telegram_bot
from bot.channels.telegram.public_only import PublicOnly
from bot.channels.wechat import webhook
from bot.channels.wechat.account import accounts_found
from bot.channels.wechat.service import Wechat, opened_wechat
from bot.console.application import add_console
from bot.desk.answering import Answering
from bot.desk.opening import Desk, opened_desk
from bot.project import PROJECT
from bot.reminders.wiring import reminding
from bot.secrets.opening import open_secrets
from bot.secrets.sealing import Secrets
from bot.service import afterwards, api, health, page
from bot.service.headers import SecurityHeaders
from bot.service.token import api_token
from bot.settings import Settings
from bot.store.ahead import ReadAhead
from bot.store.database import open_database
from bot.store.keeping import KeptSessions, purging
from bot.store.retention import Retention
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
    secrets: Secrets
    desk: Desk
    answering: Answering
    telegram: TelegramBot | None = None
    wechat: Wechat | None = None


def application(running: Running) -> FastAPI:
    """The application over what runs already."""
    app = FastAPI(title="参保 canbao", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.running = running
    app.add_middleware(SecurityHeaders)
    webhook.add_webhook(app, running.wechat)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(api.router)
    app.include_router(health.router)
    app.include_router(page.router)
    app.include_router(afterwards.router)
    app.include_router(telegram_route.router)
    add_console(app, running)
    api.add_error_answers(app)
    return app


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Running]:
    """Database, knowledge base and NLU server; the notices are read while the server starts.

    Raises StartFailed, PolicyError, NluSetupError.
    """
    accounts = accounts_found(settings)
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database_url)
        stack.push_async_callback(database.dispose)
        secrets = await open_secrets(database, settings)
        reading = asyncio.create_task(asyncio.to_thread(_read_all))
        url = settings.nlu_url or (await stack.enter_async_context(NluServer(PROJECT))).url
        client = await stack.enter_async_context(NluClient(url, settings.nlu_timeout))
        await reading
        await composition.warm_up(client)
        stored = DatabaseSessions(database, composition.knowledge().facts, secrets)
        await stack.enter_async_context(purging(Retention(database)))
        assistant = composition.assemble(client, KeptSessions(stored), settings.now)
        assistant.ahead, assistant.asks = ReadAhead(database), (stored.asked,)
        bindings = add_binding(assistant, database, secrets)
        public_only = PublicOnly(assistant.kb.hotline)
        assistant.attendants = (public_only, *assistant.attendants)
        assistant.reviewers = (*assistant.reviewers, public_only)
        desk = await stack.enter_async_context(opened_desk(assistant, database, secrets))
        telegram = await stack.enter_async_context(telegram_bot(settings, assistant, database, secrets))
        wechat = await stack.enter_async_context(
            opened_wechat(accounts, assistant, database, secrets, settings.wechat_api, (bindings.unbind,))
        )
        senders: dict[Channel, Sender] = {}
        if telegram is not None:
            senders[Channel.TELEGRAM] = telegram.sender
        if wechat is not None:
            senders[Channel.WECHAT] = wechat.sender
        answering = Answering(desk.tickets, senders)
        await stack.enter_async_context(reminding(assistant, database, secrets, senders, wechat))
        token = api_token(settings)
        yield Running(settings, assistant, database, client, token, secrets, desk, answering, telegram, wechat)


def _read_all() -> None:
    composition.parts().finder.index_all()
