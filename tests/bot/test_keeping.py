"""A message is answered where the database is full, locked, read-only or broken; the fault is logged once, without content."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from whole_program import ROOT

from bot.secrets.sealing import Secrets
from bot.store import keeping
from bot.store.database import open_database
from bot.store.keeping import PAUSE, KeptSessions
from bot.store.sessions import DatabaseSessions
from bot.store.writing import writer_of
from dialogues.state import State
from policy_kb.facts import load_facts

SECRET = "我的身份证丢了"
SECRETS = Secrets(bytes(range(32)))
FACTS = load_facts(ROOT / "policy_kb" / "facts.yml")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "canbao.db"


@pytest.fixture
async def engine(path: Path) -> AsyncIterator[AsyncEngine]:
    opened = await open_database(f"sqlite:///{path}")
    yield opened
    await opened.dispose()


def full(engine: AsyncEngine, path: Path) -> Callable[[], None]:
    """A disk that has no page left, as SQLite reports it."""

    def limit(pages: int) -> None:
        @event.listens_for(writer_of(engine), "checkout")
        def _(connection: object, *_: object) -> None:
            connection.cursor().execute(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]

    limit(1)
    return lambda: limit(1_000_000)


def locked(engine: AsyncEngine, path: Path) -> Callable[[], None]:
    """Another program writes and does not finish."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other.close


def read_only(engine: AsyncEngine, path: Path) -> Callable[[], None]:
    """Nothing may be written."""

    def set_to(value: str) -> None:
        @event.listens_for(writer_of(engine), "checkout")
        def _(connection: object, *_: object) -> None:
            connection.cursor().execute(f"PRAGMA query_only={value}")  # type: ignore[attr-defined]

    set_to("ON")
    return lambda: set_to("OFF")


def broken(engine: AsyncEngine, path: Path) -> Callable[[], None]:
    """The table is gone."""
    with sqlite3.connect(path) as other:
        other.execute("ALTER TABLE conversation RENAME TO elsewhere")
    other.close()

    def mend() -> None:
        with sqlite3.connect(path) as again:
            again.execute("ALTER TABLE elsewhere RENAME TO conversation")
        again.close()

    return mend


@pytest.mark.parametrize("fault", [full, locked, read_only, broken])
async def test_a_conversation_goes_on_through_a_fault_and_is_stored_after_it(
    fault: Callable[[AsyncEngine, Path], Callable[[], None]],
    engine: AsyncEngine,
    path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock, stored = Clock(), DatabaseSessions(engine, FACTS, SECRETS)
    sessions = KeptSessions(stored, clock=clock)
    await sessions.save("before", State(place="340321"))
    with caplog.at_level(logging.INFO):
        mend = fault(engine, path)
        for turn in range(3):
            await sessions.save("s", State(place="340621", question=f"{SECRET}{'长' * 9000}", failures=turn))
            clock.now += PAUSE + 1
            held = await sessions.load("s")
            assert held is not None
            assert held.failures == turn
        assert [record.levelname for record in caplog.records if record.name == keeping.__name__] == ["ERROR"]
        assert SECRET not in caplog.text
        mend()
        clock.now += PAUSE + 1
        await sessions.save("s", State(place="340621", failures=9))
    assert "works again" in caplog.text
    assert await stored.load("s") == State(place="340621", failures=9)
    assert await sessions.load("before") == State(place="340321")


async def test_after_a_fault_messages_do_not_wait_for_the_database(engine: AsyncEngine, path: Path) -> None:
    clock = Clock()
    asked = 0

    class Counting(DatabaseSessions):
        async def load(self, session: str) -> State | None:
            nonlocal asked
            asked += 1
            return await super().load(session)

    broken(engine, path)
    sessions = KeptSessions(Counting(engine, FACTS, SECRETS), clock=clock)
    for _ in range(5):
        assert await sessions.load("s") is None
    assert asked == 1
    clock.now = PAUSE + 0.1
    await sessions.load("s")
    assert asked == 2


async def test_memory_does_not_grow_without_end(
    engine: AsyncEngine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "HELD", 3)
    broken(engine, path)
    sessions = KeptSessions(DatabaseSessions(engine, FACTS, SECRETS), clock=Clock())
    for number in range(5):
        await sessions.save(str(number), State(failures=number))
    assert [await sessions.load(str(number)) for number in (0, 1)] == [None, None]
    assert await sessions.load("4") == State(failures=4)
