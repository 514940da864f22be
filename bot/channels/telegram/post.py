"""Sending on Telegram: parts of 4096 characters, flood limits waited for within bounds, what the platform answers as a Delivery."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channel import Caller, Channel, Delivery
from bot.channels.telegram.hearing import chat_of
from bot.channels.telegram.pieces import pieces

log = logging.getLogger(__name__)

MOST_WAIT = 20.0
"""Seconds a message waits for a flood limit in all."""
A_SECOND = 25.0
"""Messages a second in all; Telegram allows about 30."""
TRIES = 3
PAUSE = 0.5
"""Seconds before a second try where Telegram could not be reached; twice as long before the third."""

T = TypeVar("T")


class Pace:
    """Gives out the moments at which messages may leave, so that Telegram's overall limit is not run into."""

    def __init__(self, a_second: float = A_SECOND) -> None:
        self._apart = 1 / a_second
        self._next = 0.0

    def wait(self, most: float) -> float | None:
        """Seconds until the next message's moment, which is then taken; None where that is more than `most`."""
        now = time.monotonic()
        at = max(now, self._next)
        if at - now > most:
            return None
        self._next = at + self._apart
        return at - now


@dataclass(frozen=True)
class Post:
    """Sends with one bot; never raises for what Telegram answers."""

    bot: Bot
    most_wait: float = MOST_WAIT
    pace: Pace = field(default_factory=Pace)

    async def send(
        self, chat: int, text: str, keyboard: InlineKeyboardMarkup | None = None, quotes: int | None = None
    ) -> Delivery:
        """Sends `text` in as many parts as it needs; the keyboard stands under the last."""
        parts = pieces(text)
        for at, part in enumerate(parts):
            markup = keyboard if at == len(parts) - 1 else None
            delivery = await self._one(chat, part, markup, quotes if at == 0 else None)
            if delivery is not Delivery.SENT:
                return delivery
        return Delivery.SENT

    async def answer_tap(self, query: str, text: str | None = None) -> None:
        """Ends the waiting sign on a button, with a notice or without."""
        await self._tried(lambda: self.bot.answer_callback_query(query, text=text))

    async def take_keyboard(self, chat: int, message: int) -> None:
        """Takes the buttons off a message."""
        await self._tried(
            lambda: self.bot.edit_message_reply_markup(chat_id=chat, message_id=message, reply_markup=None)
        )

    async def _one(self, chat: int, text: str, keyboard: InlineKeyboardMarkup | None, quotes: int | None) -> Delivery:
        pause = self.pace.wait(self.most_wait)
        if pause is None:
            log.warning("too many messages to Telegram at once: one was given up")
            return Delivery.OVER_QUOTA
        await asyncio.sleep(pause)
        quoted = ReplyParameters(quotes, allow_sending_without_reply=True) if quotes is not None else None
        preview = LinkPreviewOptions(is_disabled=True)
        return await self._tried(
            lambda: self.bot.send_message(
                chat, text, reply_markup=keyboard, reply_parameters=quoted, link_preview_options=preview
            )
        )

    async def _tried(self, call: Callable[[], Awaitable[T]]) -> Delivery:
        waited = 0.0
        for attempt in range(1, TRIES + 1):
            try:
                await call()
                return Delivery.SENT
            except RetryAfter as error:
                pause = seconds(error)
                if waited + pause > self.most_wait or attempt == TRIES:
                    log.warning("Telegram's flood limit: a message was given up after %.0f s", waited)
                    return Delivery.OVER_QUOTA
            except TelegramError as error:
                if not _again(error) or attempt == TRIES:
                    return _delivery(error)
                pause = PAUSE * 2 ** (attempt - 1)
            waited += pause
            await asyncio.sleep(pause)
        return Delivery.UNREACHABLE


def _again(error: TelegramError) -> bool:
    """Whether it may be tried again: not where it may have arrived, and not where it is the message that is wrong."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest | TimedOut)


def _delivery(error: TelegramError) -> Delivery:
    """What an error means; the log names its kind, never the chat."""
    if isinstance(error, Forbidden | ChatMigrated):
        return Delivery.UNREACHABLE
    log.warning("a message to Telegram was given up: %s", type(error).__name__)
    return Delivery.NOT_POSSIBLE if isinstance(error, BadRequest) else Delivery.UNREACHABLE


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


@dataclass(frozen=True)
class TelegramSender:
    """Telegram's way to send words later (bot.channel.Sender)."""

    post: Post

    async def send(self, caller: Caller, text: str) -> Delivery:
        """Sends `text` to a caller of this channel."""
        if caller.channel is not Channel.TELEGRAM:
            return Delivery.NOT_POSSIBLE
        return await self.post.send(chat_of(caller), text)
