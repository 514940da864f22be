"""The bot on Telegram over real HTTP: the stand-in server, our FastAPI route, python-telegram-bot between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from types import SimpleNamespace

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine
from waiting import until

from bot.assistant import Assistant
from bot.channels.telegram import route
from bot.channels.telegram.bot import TelegramBot, telegram_bot
from bot.secrets.sealing import Secrets
from bot.settings import Settings
from bot.sim.listening import listening
from bot.sim.telegram.chat import Json
from bot.sim.telegram.server import TOKEN, TelegramServer
from bot.sim.telegram.updates import Webhook

TODAY = date(2021, 11, 20)
KEYS = Secrets(b"a key of the tests only, 32 bytes!")


def settings_of(server: TelegramServer, webhook: str | None = None, region: str | None = "340621") -> Settings:
    return Settings(
        _env_file=None,
        telegram_token=TOKEN,
        telegram_api=server.api_url,
        telegram_webhook=webhook,
        telegram_region=region,
    )


@asynccontextmanager
async def hooked(
    server: TelegramServer, assistant: Assistant, engine: AsyncEngine, region: str | None = "340621"
) -> AsyncIterator[TelegramBot]:
    """A bot that Telegram pushes to."""
    async with AsyncExitStack() as stack:
        app = FastAPI()
        app.include_router(route.router)
        app.state.running = SimpleNamespace(telegram=None)
        url = await stack.enter_async_context(listening(app))
        bot = await stack.enter_async_context(telegram_bot(settings_of(server, url, region), assistant, engine, KEYS))
        assert bot is not None
        app.state.running.telegram = bot
        await until(lambda: (server.updates.webhook or Webhook("")).url.startswith(url))
        yield bot


async def taken(server: TelegramServer, update: Json) -> None:
    """Waits until the bot acknowledged the update."""
    await until(lambda: (update, 200) in server.updates.pushed)
