"""A desk over a database of its own; messages are answered by the real dialogue, their facet is set by the test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.assistant import Assistant
from bot.channel import Caller, Channel
from bot.composition import parts
from bot.desk.opening import Desk, opened_desk
from bot.lexicon import lexicon_of
from bot.messages import MessageIn, MessageOut
from bot.secrets.sealing import Secrets
from bot.sessions import MemorySessions
from bot.staff.role import Role
from bot.store.tables.staff import StaffRow
from nlu.reader import Reader
from nlu.understanding import Ranked

SUIXI = "340621"
NOON = datetime(2021, 11, 20, 4, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, span: timedelta) -> None:
        self.now += span


@dataclass
class Parsed:
    intents: tuple[Ranked, ...]


@dataclass
class Classifier:
    """Takes every question for what the test says."""

    facet: str = "premium"
    confidence: float = 0.9

    async def parse(self, text: str) -> Parsed:
        return Parsed((Ranked(self.facet, self.confidence),))


@dataclass
class Office:
    """An assistant with its desk; `say` is one message of a resident."""

    assistant: Assistant
    desk: Desk
    classifier: Classifier
    secrets: Secrets
    caller: Caller = field(default=Caller(Channel.PAGE, "page", "someone-1"))

    async def say(self, text: str, facet: str = "premium", caller: Caller | None = None) -> MessageOut:
        self.classifier.facet = facet
        reply = await self.assistant.answer(MessageIn(id="1", text=text, region=SUIXI), caller or self.caller)
        await self.desk.turns.flush()
        return reply


@pytest.fixture
def secrets() -> Secrets:
    return Secrets(b"a key of the tests only, 32 bytes or more")


@pytest.fixture
async def office(engine: AsyncEngine, secrets: Secrets) -> AsyncIterator[Office]:
    classifier = Classifier()
    reader = Reader(lexicon_of(parts().kb), classifier)
    assistant = Assistant(parts().kb, reader, parts().conversation, MemorySessions(), date(2021, 11, 20))
    async with opened_desk(assistant, engine, secrets) as desk:
        yield Office(assistant, desk, classifier, secrets)


@pytest.fixture
async def operators(engine: AsyncEngine) -> tuple[int, int]:
    """Two fictional operators."""
    async with engine.begin() as connection:
        for number in (1, 2):
            row = {
                "id": number, "name": f"虚构{number}", "key": f"虚构{number}", "role": Role.OPERATOR, "region": SUIXI,
                "password": "-", "must_change": False, "disabled": False, "created": NOON,
            }  # fmt: skip
            await connection.execute(StaffRow.__table__.insert().values(**row))  # type: ignore[attr-defined]
    return 1, 2


@asynccontextmanager
async def without(engine: AsyncEngine, table: str) -> AsyncIterator[None]:
    """A database that fails at one table."""
    async with engine.begin() as connection:
        await connection.execute(text(f"ALTER TABLE {table} RENAME TO elsewhere"))
    try:
        yield
    finally:
        async with engine.begin() as connection:
            await connection.execute(text(f"ALTER TABLE elsewhere RENAME TO {table}"))
