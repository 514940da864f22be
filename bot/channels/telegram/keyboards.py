"""Choices as buttons: each carries its number and a word that binds it to its message, so that an old keyboard is known as past."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.secrets.sealing import Secrets
from bot.store.tables.telegram import TelegramKeyboardRow
from bot.store.writing import transact

log = logging.getLogger(__name__)

TABLE: Any = TelegramKeyboardRow.__table__  # type: ignore[attr-defined]
LONGEST_LABEL = 18
"""Characters that a phone shows of a button; where a label is longer, the list stays in the text and buttons are numbers."""
_CHOICE = "c"


@dataclass(frozen=True)
class Offer:
    """A reply's text and its buttons' labels, as Telegram shows them."""

    text: str
    labels: tuple[str, ...]


def offered(text: str, choices: Sequence[str]) -> Offer:
    """The choices as buttons and out of the text; as numbers under the list where one is long."""
    if any(len(one) > LONGEST_LABEL for one in choices):
        return Offer(text, tuple(str(at) for at in range(1, len(choices) + 1)))
    listed = {f"{at}. {one}" for at, one in enumerate(choices, 1)}
    kept = [line for line in text.split("\n") if line not in listed]
    return Offer("\n".join(kept).rstrip(), tuple(choices))


def keyboard(labels: Sequence[str], word: str) -> InlineKeyboardMarkup:
    """One button a row; numbers stand in one row. Callback data: `c:WORD:NUMBER`, 13 bytes at most."""
    buttons = [
        InlineKeyboardButton(label, callback_data=f"{_CHOICE}:{word}:{at}") for at, label in enumerate(labels, 1)
    ]
    rows = [buttons] if all(label.isdigit() for label in labels) else [[one] for one in buttons]
    return InlineKeyboardMarkup(rows)


def word_of(data: str | None) -> str | None:
    """The word in a button's callback data; None where it is none of ours."""
    parts = (data or "").split(":")
    return parts[1] if len(parts) == 3 and parts[0] == _CHOICE else None


@dataclass
class Keyboards:
    """Which keyboard is good in which conversation; where the database fails, this process remembers."""

    engine: AsyncEngine
    secrets: Secrets
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _held: dict[bytes, str] = field(default_factory=dict)

    async def offer(self, session: str) -> str:
        """A new word; the keyboard before is past."""
        key, word = self._key(session), secrets.token_hex(4)
        self._held.pop(key, None)

        def write(connection: Connection) -> None:
            connection.execute(delete(TABLE).where(TABLE.c.session == key))
            connection.execute(TABLE.insert().values(session=key, word=word, offered=self.clock()))

        try:
            await transact(self.engine, write)
        except (SQLAlchemyError, OSError) as error:
            log.warning("a keyboard is remembered without the database (%s)", type(error).__name__)
            self._held[key] = word
        return word

    async def withdraw(self, session: str) -> None:
        """The keyboard on offer is past: something else was said."""
        await self._take(session, None)

    async def use(self, session: str, word: str) -> bool:
        """Takes the keyboard with that word, once; False where it is past."""
        return await self._take(session, word)

    async def _take(self, session: str, word: str | None) -> bool:
        key = self._key(session)
        held = self._held.get(key)
        if held is not None and word in (None, held):
            del self._held[key]
            return True
        here = TABLE.c.session == key
        gone = delete(TABLE).where(here if word is None else here & (TABLE.c.word == word))
        try:
            return bool(await transact(self.engine, lambda connection: connection.execute(gone).rowcount))
        except (SQLAlchemyError, OSError) as error:
            log.warning("a keyboard could not be looked up (%s)", type(error).__name__)
            return False

    def _key(self, session: str) -> bytes:
        return self.secrets.find_key(session, "telegram_keyboard.session")
