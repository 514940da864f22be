"""What people work on behind the bot: answered questions (receipts, questions left open), handed over conversations, switches."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from bot.store.columns import find_key, moment, number, sealed
from bot.store.retention import RAW_TEXT, kept

CLOSED_KEPT = timedelta(days=90)


class TurnRow(SQLModel, table=True):
    """One question and its answer, for the receipt an operator looks up and for the page of questions left open."""

    __tablename__ = "turn"

    code: str = Field(max_length=8, primary_key=True)
    """What the resident reads under the answer (答复编号)."""
    at: datetime = Field(sa_column=kept(RAW_TEXT))
    sealed_session: bytes = Field(sa_column=sealed(found_by="session_key"))
    session_key: bytes = Field(sa_column=find_key(index=True))
    channel: str = Field(max_length=12)
    region: str | None = Field(default=None, max_length=12, index=True)
    facet: str = Field(max_length=40)
    topic: str = Field(max_length=24)
    outcome: str = Field(max_length=12, index=True)
    confidence: float
    sealed_question: bytes = Field(sa_column=sealed())
    """The words with placeholders for numbers and names."""
    sealed_answer: bytes = Field(sa_column=sealed())
    sealed_inputs: bytes = Field(sa_column=sealed())
    """JSON: day, year, facts said, clauses with the words they were cited for."""
    knowledge: str = Field(max_length=16)
    """Version of the knowledge base that answered."""
    personal: bool
    """Whether the answer tells more than policy for anybody."""
    wrong: bool = False
    wrong_note: str | None = Field(default=None, max_length=400)
    settled: bool = False
    """Whether a member of staff has dealt with it."""


class TicketRow(SQLModel, table=True):
    """A conversation handed over to a person (转人工)."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index(
            "one_open_ticket",
            "session_key",
            unique=True,
            sqlite_where=text("state != 'closed'"),
            postgresql_where=text("state != 'closed'"),
        ),
    )

    id: str = Field(max_length=32, primary_key=True)
    """Grows with time."""
    state: str = Field(max_length=8, index=True)
    """waiting, claimed or closed."""
    reason: str = Field(max_length=12)
    """asked, failures or complaint."""
    channel: str = Field(max_length=12)
    account: str = Field(max_length=100)
    region: str | None = Field(default=None, max_length=12, index=True)
    sealed_session: bytes = Field(sa_column=sealed(found_by="session_key"))
    session_key: bytes = Field(sa_column=find_key())
    opened: datetime = Field(sa_column=kept(CLOSED_KEPT))
    claimed_by: int | None = Field(default=None, foreign_key="staff.id", ondelete="SET NULL")
    claimed: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    closed: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    result: str | None = Field(default=None, max_length=400)
    understood: str = Field(max_length=200)
    """What the bot took the last question to be."""


class TicketLineRow(SQLModel, table=True):
    """One line of a handed over conversation; ids grow in the order of the lines."""

    __tablename__ = "ticket_line"

    id: str = Field(max_length=32, primary_key=True)
    ticket: str = Field(foreign_key="ticket.id", max_length=32, index=True, ondelete="CASCADE")
    at: datetime = Field(sa_column=kept(RAW_TEXT))
    who: str = Field(max_length=10)
    """resident, bot, operator, or note (seen by staff only)."""
    author: str | None = Field(default=None, max_length=60)
    sealed_text: bytes = Field(sa_column=sealed())
    delivery: str | None = Field(default=None, max_length=16)
    """What became of an operator's line (bot.channel.Delivery)."""
    fetched: bool = False
    """Whether the residents' page has shown it."""


class SwitchRow(SQLModel, table=True):
    """A topic or a channel that was turned off; `on_at` ends it."""

    __tablename__ = "switch"
    __table_args__ = (
        Index(
            "one_switch_off",
            "kind",
            "name",
            unique=True,
            sqlite_where=text("on_at IS NULL"),
            postgresql_where=text("on_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, sa_column=number(primary_key=True))
    kind: str = Field(max_length=8)
    """topic or channel."""
    name: str = Field(max_length=24)
    reason: str = Field(max_length=400)
    off_by: str = Field(max_length=60)
    off_at: datetime = Field(sa_column=moment())
    on_by: str | None = Field(default=None, max_length=60)
    on_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class CannedRow(SQLModel, table=True):
    """An answer that operators keep ready (常用语), found by its shortcut after `/`."""

    __tablename__ = "canned"

    id: int | None = Field(default=None, sa_column=number(primary_key=True))
    shortcut: str = Field(max_length=20, unique=True)
    text: str = Field(max_length=600)
    made_by: str = Field(max_length=60)
