"""Conversations' states in the database: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from whole_program import ROOT

from bot.errors import StartFailed
from bot.secrets.sealing import Place, Secrets
from bot.store.database import open_database
from bot.store.retention import Retention
from bot.store.sessions import KEPT, DatabaseSessions
from bot.store.tables.conversation import ConversationRow
from dialogues.record import EmployeeSpell, Enrolment, Record
from dialogues.reply import Choice
from dialogues.state import Member, State
from policy_kb.citation import Citation
from policy_kb.facts import load_facts

SECRETS = Secrets(bytes(range(32)))
FACTS = load_facts(ROOT / "policy_kb" / "facts.yml")
NOON = datetime(2021, 11, 5, 12, tzinfo=UTC)
FULL = State(
    place="340621",
    place_source="said",
    year=2022,
    said={"birth_date": date(2021, 10, 2), "category": ("低保对象",), "age": 0, "newborn": True, "tier": "一档"},
    subject="baby",
    household=(Member(2), Member(1, ("特困人员",))),
    combined=True,
    facet="newborn_deadline",
    question="娃十月初二生的",
    pending="tier",
    pending_facet="premium",
    choices=(Choice("一档", fact="tier", value="一档"), Choice("濉溪县", place="340621")),
    citations=(Citation("suixi-2022", "五", "自出生之日起90天内"),),
    failures=1,
    record=Record(
        name="王桂兰",
        birth_date=date(1950, 3, 7),
        categories=("低保对象",),
        enrolments=(Enrolment(2021, "paid", date(2020, 11, 20), Decimal("280.50"), None),),
        employee_insurance=EmployeeSpell(30, date(2021, 9, 30)),
    ),
    today=date(2021, 11, 5),
)


class Clock:
    now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(engine: AsyncEngine, clock: Clock) -> DatabaseSessions:
    return DatabaseSessions(engine, FACTS, SECRETS, clock)


async def test_a_session_nobody_opened_is_none(sessions: DatabaseSessions) -> None:
    assert await sessions.load("nobody") is None


async def test_a_state_comes_back_as_it_was_with_its_types(sessions: DatabaseSessions) -> None:
    await sessions.save("s", FULL)
    assert await sessions.load("s") == FULL


async def test_the_last_state_of_a_session_counts(sessions: DatabaseSessions) -> None:
    await sessions.save("s", State(place="340621"))
    await sessions.save("s", State(place="340321"))
    assert (await sessions.load("s")) == State(place="340321")


async def test_sessions_are_apart(sessions: DatabaseSessions) -> None:
    await sessions.save("one", State(place="340621"))
    await sessions.save("two", State(place="340321"))
    assert (await sessions.load("one")) == State(place="340621")


async def test_an_old_conversation_is_forgotten_and_deleted(
    sessions: DatabaseSessions, engine: AsyncEngine, clock: Clock
) -> None:
    await sessions.save("old", State(place="340621"))
    clock.now = NOON + KEPT + timedelta(seconds=1)
    await sessions.save("new", State(place="340621"))
    assert await sessions.load("old") is None
    assert (await Retention(engine, clock).purge())["conversation"] == 1
    assert await sessions.load("new") is not None


async def test_a_state_of_another_version_or_key_is_forgotten(sessions: DatabaseSessions, engine: AsyncEngine) -> None:
    key = SECRETS.find_key("s", "conversation.session")
    place = Place("conversation", "sealed_state", key.hex())
    for sealed in (SECRETS.seal('{"place": 5}', place), Secrets(b"x" * 32).seal("{}", place), b""):
        await sessions.save("s", State(place="340621"))
        async with engine.begin() as connection:
            await connection.execute(update(ConversationRow).values(sealed_state=sealed))
        assert await sessions.load("s") is None


async def test_a_session_forgotten_is_gone(sessions: DatabaseSessions) -> None:
    await sessions.save("s", FULL)
    await sessions.forget("s")
    await sessions.forget("never there")
    assert await sessions.load("s") is None


async def test_neither_the_name_of_a_session_nor_what_was_said_stands_in_the_database(
    sessions: DatabaseSessions, engine: AsyncEngine
) -> None:
    await sessions.save("wechat:gh_1:oOpenid", FULL)
    async with engine.connect() as connection:
        (row,) = (await connection.execute(select(ConversationRow.__table__))).all()  # type: ignore[attr-defined]
    for word in ("oOpenid", "wechat", "王桂兰", "十月初二", "340621", "1950"):
        assert word.encode() not in bytes(row.session) + bytes(row.sealed_state)
    assert not isinstance(row.session, str)


async def test_text_of_all_kinds_is_kept(sessions: DatabaseSessions) -> None:
    state = State(question="𠮷野家\x00'; DROP TABLE conversation; -- 😀")
    await sessions.save("s", state)
    assert await sessions.load("s") == state


async def test_a_database_that_cannot_be_opened_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for url in ("nonsense", f"sqlite:///{tmp_path}/file/canbao.db", "postgresql://postgres:secret@127.0.0.1:1/x"):
        with pytest.raises(StartFailed) as caught:
            await open_database(url)
        assert "CANBAO_DATABASE_URL" in str(caught.value)
        assert "secret" not in str(caught.value)
