"""What Telegram's side remembers: updates that were taken, and the keyboard that is still good in a conversation."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, SQLModel

from bot.store.columns import find_only, number
from bot.store.retention import kept

REMEMBERED = timedelta(days=2)
"""Telegram itself forgets an update after one day."""


class TelegramUpdateRow(SQLModel, table=True):
    """An update that some process took: `claimed`, `sending` (from here on nobody answers it again) or `done`."""

    __tablename__ = "telegram_update"

    account: str = Field(primary_key=True, max_length=20)
    update_id: int = Field(sa_column=number(primary_key=True, given=True))
    state: str = Field(max_length=8)
    owner: str = Field(max_length=32)
    """Which taking of it counts; another process takes over by writing its own."""
    taken: datetime = Field(sa_column=kept(REMEMBERED))


class TelegramKeyboardRow(SQLModel, table=True):
    """The choices on offer in a conversation, by a word that their buttons carry; a tap takes the row away."""

    __tablename__ = "telegram_keyboard"

    session: bytes = Field(sa_column=find_only(primary_key=True))
    word: str = Field(max_length=16)
    offered: datetime = Field(sa_column=kept(REMEMBERED))
