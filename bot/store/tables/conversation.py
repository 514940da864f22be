"""The table of conversations' states."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, SQLModel

from bot.store.columns import find_only, sealed
from bot.store.retention import kept

REMEMBERED = timedelta(days=2)
"""How long a conversation is remembered after its last message."""


class ConversationRow(SQLModel, table=True):
    """A conversation's state (dialogues.state.State) as sealed JSON, under the find key of the session's name."""

    __tablename__ = "conversation"

    session: bytes = Field(sa_column=find_only(primary_key=True))
    sealed_state: bytes = Field(sa_column=sealed())
    updated: datetime = Field(sa_column=kept(REMEMBERED))
