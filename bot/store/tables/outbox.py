"""Who asked to be reminded (缴费提醒), and what is to be sent: planned, sent once, never twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import find_only, moment, number, reference
from bot.store.retention import kept

ASKED = timedelta(minutes=15)
"""How long a bare 好 is taken for the consent that was asked for."""
OUTCOMES = timedelta(days=400)
"""How long it is known what was sent, so that nobody is told twice in a year."""


class ReminderConsentRow(SQLModel, table=True):
    """A bound account whose owner agreed to be reminded; goes with the binding."""

    __tablename__ = "reminder_consent"

    binding_id: int = Field(sa_column=reference("binding.id", primary_key=True))
    consented: datetime = Field(sa_column=moment())


class ReminderAskedRow(SQLModel, table=True):
    """A conversation in which the consent was asked for."""

    __tablename__ = "reminder_asked"

    session: bytes = Field(sa_column=find_only(primary_key=True))
    after: bytes = Field(sa_column=find_only())
    """What the dialogue had come to by then: where it went on, a bare 1 means something else."""
    asked: datetime = Field(sa_column=kept(ASKED))


class OutboxRow(SQLModel, table=True):
    """One reminder: to which binding, about whom, which topic and cover year, by which last day, planned for which day.

    `state`: planned → sending → sent, or failed (why in `reason`), dropped (no longer needed), unsure (killed while it
    was sent: not repeated). `owner` has it until `lease`. What it says is put together when it is sent.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("binding_id", "resident_id", "topic", "year", "due"),
        Index("ix_outbox_state", "state", "next_try"),
    )

    id: int | None = Field(default=None, sa_column=number(primary_key=True))
    binding_id: int = Field(sa_column=reference("binding.id", index=True))
    resident_id: int = Field(sa_column=reference("resident.id", index=True))
    topic: str = Field(max_length=10)
    year: int
    due: date
    told_on: date
    """The day it was sent on; before that, the day it is to be."""
    deadline: date
    state: str = Field(default="planned", max_length=8)
    reason: str = Field(default="", max_length=20)
    owner: str | None = Field(default=None, max_length=32)
    lease: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    next_try: datetime = Field(sa_column=moment())
    planned: datetime = Field(sa_column=kept(OUTCOMES))
    settled: datetime | None = Field(default=None, sa_column=moment(nullable=True))
