"""Reading ahead: what a message looks up is read in one transaction, and given out once."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import composition
from bot.binding.steps import Step, Steps
from bot.secrets.sealing import Secrets
from bot.store.ahead import ReadAhead
from bot.store.sessions import DatabaseSessions
from bot.store.writing import writer_of
from dialogues.state import State

SECRETS = Secrets(b"a key of the tests, 32 bytes long" * 2)


@pytest.fixture
def sessions(engine: AsyncEngine) -> DatabaseSessions:
    return DatabaseSessions(engine, composition.knowledge().facts, SECRETS)


async def test_one_transaction_reads_what_several_ask(engine: AsyncEngine, sessions: DatabaseSessions) -> None:
    steps, begun = Steps(engine, SECRETS), 0

    def count(_: object) -> None:
        nonlocal begun
        begun += 1

    await sessions.save("s", State(place="340621"))
    event.listen(writer_of(engine), "begin", count)
    async with ReadAhead(engine).of("s", (sessions.asked, steps.asked)):
        assert await sessions.load("s") == State(place="340621")
        assert await steps.of("s") is None
        assert begun == 1
    event.remove(writer_of(engine), "begin", count)


async def test_what_was_read_is_given_out_once(engine: AsyncEngine) -> None:
    steps = Steps(engine, SECRETS)
    async with ReadAhead(engine).of("s", (steps.asked,)):
        assert await steps.of("s") is None
        await steps.set("s", Step("consent", "1"))
        assert await steps.of("s") == Step("consent", "1"), "what was written since is seen"
    async with ReadAhead(engine).of("other", (steps.asked,)):
        assert await steps.of("s") == Step("consent", "1"), "and another session's row is not taken for this one's"


async def test_nothing_read_for_one_message_is_left_for_the_next(engine: AsyncEngine) -> None:
    steps = Steps(engine, SECRETS)
    async with ReadAhead(engine).of("s", (steps.asked,)):
        pass
    await steps.set("s", Step("consent", "1"))
    assert await steps.of("s") == Step("consent", "1")


async def test_where_reading_failed_whoever_asks_is_told_so_at_once(engine: AsyncEngine) -> None:
    steps = Steps(engine, SECRETS)
    await renamed(engine, "binding_step", "elsewhere")
    try:
        async with ReadAhead(engine).of("s", (steps.asked,)):
            with pytest.raises(SQLAlchemyError):
                await steps.of("s")
    finally:
        await renamed(engine, "elsewhere", "binding_step")


async def renamed(engine: AsyncEngine, table: str, to: str) -> None:
    async with engine.begin() as connection:
        await connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {to}")
