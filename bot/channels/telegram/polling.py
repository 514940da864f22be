"""Fetching updates where Telegram cannot reach us, and trying again where Telegram cannot be reached."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, Update
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.handlers import WANTED
from bot.channels.telegram.post import seconds

log = logging.getLogger(__name__)

POLL = 30
"""Seconds a poll waits at Telegram."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds between tries, doubled each time."""


async def until_reached(call: Callable[[], Awaitable[object]]) -> None:
    """Tries again and again, ever slower. Raises InvalidToken, and BadRequest for what Telegram will not have."""
    pause = FIRST_PAUSE
    while True:
        try:
            await call()
            return
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            pause = await _wait(error, pause, "Telegram cannot be reached")


async def poll(bot: Bot, take: Callable[[Update], Awaitable[None]]) -> None:
    """Fetches updates for ever; a batch is confirmed when all of it is dealt with, so that none is lost when killed.

    Raises InvalidToken.
    """
    offset, pause = 0, FIRST_PAUSE
    while True:
        try:
            updates = await bot.get_updates(offset, timeout=POLL, read_timeout=POLL + 10, allowed_updates=WANTED)
        except InvalidToken:
            raise
        except TelegramError as error:
            pause = await _wait(error, pause, "updates could not be fetched")
            continue
        pause = FIRST_PAUSE
        if updates:
            await asyncio.gather(*(take(one) for one in updates))
            offset = updates[-1].update_id + 1


async def _wait(error: TelegramError, pause: float, what: str) -> float:
    """Waits, as long as Telegram says where it does; the pause for the next time."""
    asked = seconds(error) if isinstance(error, RetryAfter) else pause
    log.warning("%s (%s); next try in %.0f s", what, type(error).__name__, asked)
    await asyncio.sleep(asked)
    return min(pause * 2, LONGEST_PAUSE)
