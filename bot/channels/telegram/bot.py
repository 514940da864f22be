"""The bot at work: python-telegram-bot's Application without an updater, fed by webhook or by polling."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.assistant import Assistant, region_code
from bot.channels.telegram.claims import Claims, Taken
from bot.channels.telegram.handlers import WANTED, Work, add_handlers, application, connections
from bot.channels.telegram.keyboards import Keyboards
from bot.channels.telegram.polling import poll, until_reached
from bot.channels.telegram.post import Post, TelegramSender
from bot.channels.telegram.talk import Talk
from bot.channels.telegram.words import COMMANDS
from bot.secrets.sealing import Secrets
from bot.settings import Settings

log = logging.getLogger(__name__)

BUSY_PAUSE = 2.0
"""Seconds until an update that a killed process had is asked for again."""


class TelegramBot:
    """One bot account; `take` answers one update, whoever brings it. Raises UnknownRegion for a wrong CANBAO_TELEGRAM_REGION."""

    def __init__(self, settings: Settings, assistant: Assistant, engine: AsyncEngine, keys: Secrets) -> None:
        assert settings.telegram_token is not None
        token = settings.telegram_token.get_secret_value()
        self.account = token.partition(":")[0]
        self.ready = asyncio.Event()
        self._webhook = settings.telegram_webhook
        self._secret = _secret(settings, token)
        self._assistant = assistant
        self._claims = Claims(engine, self.account)
        self._keyboards = Keyboards(engine, keys)
        named = settings.telegram_region
        self._region = region_code(assistant.kb, named) if named else None
        self._connections = connections()
        self._work: Work = application(settings.telegram_api, token, *self._connections)
        self._post = Post(self._work.bot)
        self.sender = TelegramSender(self._post)

    async def run(self) -> None:
        """Makes itself known to Telegram, then polls where no public address is set; goes on until cancelled."""
        try:
            await until_reached(self._work.initialize)
            bot = self._work.bot
            talk = Talk(bot.bot, self._assistant, self._claims, self._keyboards, self._post, self._region)
            add_handlers(self._work, talk)
            self.ready.set()
            await until_reached(lambda: bot.set_my_commands(COMMANDS))
            if self._webhook is None:
                await until_reached(bot.delete_webhook)
                await poll(bot, self._until_taken)
                return
            url = f"{self._webhook.rstrip('/')}/telegram/{self.account}"
            await until_reached(lambda: bot.set_webhook(url, secret_token=self._secret, allowed_updates=WANTED))
        except InvalidToken:
            log.error("Telegram does not know the token of CANBAO_TELEGRAM_TOKEN; set the one that @BotFather gave")
        except BadRequest as error:
            log.error("Telegram says: %s; look at CANBAO_TELEGRAM_WEBHOOK, no updates come", error.message)

    async def close(self) -> None:
        """Ends the connections, also those of a bot that never became ready."""
        with contextlib.suppress(TelegramError, RuntimeError):
            await self._work.shutdown()
        for one in self._connections:
            await one.shutdown()

    def proves(self, secret: str) -> bool:
        """Whether a request carries the webhook's secret; compared in constant time."""
        return secrets.compare_digest(secret.encode(), self._secret.encode())

    def read(self, raw: dict[str, object]) -> Update:
        """The update of a JSON object. Raises KeyError, TypeError, ValueError where it is none."""
        return Update.de_json(raw, self._work.bot)

    async def take(self, update: Update) -> Taken:
        """Answers an update once: OVER where that was done before, BUSY where another is at it."""
        taken = await self._claims.take(update.update_id)
        if taken is not Taken.MINE:
            return taken
        try:
            await self._work.process_update(update)
            await self._claims.done(update.update_id)
        finally:
            self._claims.let_go(update.update_id)
        return Taken.MINE

    async def _until_taken(self, update: Update) -> None:
        while await self.take(update) is Taken.BUSY:
            await asyncio.sleep(BUSY_PAUSE)


def _secret(settings: Settings, token: str) -> str:
    """The webhook's secret: the one set, else one that follows from the token, the same in every process."""
    if settings.telegram_secret is not None:
        return settings.telegram_secret.get_secret_value()
    return hmac.new(token.encode(), b"canbao webhook", hashlib.sha256).hexdigest()


@asynccontextmanager
async def telegram_bot(
    settings: Settings, assistant: Assistant, engine: AsyncEngine, keys: Secrets
) -> AsyncIterator[TelegramBot | None]:
    """The bot of CANBAO_TELEGRAM_TOKEN, at work while the block lasts; None where no token is set."""
    if settings.telegram_token is None:
        yield None
        return
    bot = TelegramBot(settings, assistant, engine, keys)
    working = asyncio.create_task(bot.run())
    try:
        yield bot
    finally:
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working
        await bot.close()
