"""The tables of the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, DateTime
from sqlmodel import Field, SQLModel


class ConversationRow(SQLModel, table=True):
    """A conversation's state (dialogues.state.State) as JSON; no message text is kept beyond the last question."""

    __tablename__ = "conversation"

    session: str = Field(primary_key=True, max_length=200)
    state: str
    updated: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, index=True))
