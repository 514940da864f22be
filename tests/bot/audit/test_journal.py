"""The audit journal: what is written stays as it was written, in one chain, whoever writes at the same time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.audit.entry import Action, Entry
from bot.audit.journal import Journal
from bot.audit.verification import verify
from bot.store.database import open_database

both = pytest.mark.parametrize("prepared", ["sqlite_template", "postgresql_for_all"], indirect=True)
ID_NUMBER = "999999195003070027"


class Clock:
    now = datetime(2021, 11, 5, 12, 0, 0, 123456, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def journal(engine: AsyncEngine) -> Journal:
    return Journal(engine, Clock())


def look(subject: int = 17, actor: str = "staff:王干事", reason: str = "来窗口核对缴费") -> Entry:
    return Entry(actor, Action.LOOKED, subject, reason, {"channel": "console"})


async def test_an_empty_journal_holds(engine: AsyncEngine) -> None:
    verdict = await verify(engine)
    assert (verdict.rows, verdict.broken) == (0, None)


@both
async def test_what_is_written_is_read_back_with_its_moment(journal: Journal, engine: AsyncEngine) -> None:
    written = await journal.note(look())
    assert (await journal.entries()) == (written,)
    assert written.at == datetime(2021, 11, 5, 12, 0, 1, 123456, tzinfo=UTC)
    assert (await verify(engine)).rows == 1


async def test_who_looked_is_listed_newest_first_without_the_resident(journal: Journal) -> None:
    await journal.note(look(reason="first"))
    await journal.note(look(subject=18, reason="somebody else's"))
    await journal.note(Entry("resident:17", Action.LOOKED, 17, "asked by themselves"))
    await journal.note(Entry("staff:李", Action.RIGHTS_CHANGED, 17))
    await journal.note(Entry("command", Action.EXPORTED, 17, "second"))
    assert [one.reason for one in await journal.looks_of(17)] == ["second", "first"]
    assert await journal.looks_of(99) == ()


async def test_numbers_of_persons_are_never_written(journal: Journal) -> None:
    written = await journal.note(
        Entry("staff:王", Action.LOOKED, 1, f"身份证{ID_NUMBER}，电话13800138000", {"typed": ID_NUMBER})
    )
    assert ID_NUMBER not in repr(written)
    assert "13800138000" not in repr(written)


@both
async def test_a_reason_of_any_length_and_kind_is_kept_as_far_as_it_fits(journal: Journal, engine: AsyncEngine) -> None:
    await journal.note(look(reason="长" * 1000 + "'; DROP TABLE audit; --\x00😀"))
    await journal.note(Entry("a" * 500, "b" * 90, None, "\x00零"))
    assert (await verify(engine)).rows == 2


@both
@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET reason = 'x' WHERE seq = 1", "DELETE FROM audit WHERE seq = 1", "DELETE FROM audit"],
)
async def test_a_row_can_be_neither_changed_nor_deleted(journal: Journal, engine: AsyncEngine, statement: str) -> None:
    await journal.note(look())
    with pytest.raises(DBAPIError, match="append-only"):
        async with engine.begin() as connection:
            await connection.execute(text(statement))
    assert (await verify(engine)).rows == 1


@both
async def test_a_row_cannot_be_replaced_nor_the_table_emptied(journal: Journal, engine: AsyncEngine) -> None:
    await journal.note(look())
    statement = (
        "INSERT OR REPLACE INTO audit SELECT seq, at, 'x', action, subject, reason, detail, previous, hash FROM audit"
        if engine.dialect.name == "sqlite"
        else "TRUNCATE audit"
    )
    with pytest.raises(DBAPIError, match="append-only"):
        async with engine.begin() as connection:
            await connection.execute(text(statement))
    assert (await journal.entries())[0].entry.actor == "staff:王干事"


@both
async def test_many_writers_at_once_make_one_chain(engine: AsyncEngine) -> None:
    other = await open_database(engine.url.render_as_string(hide_password=False))
    try:
        journals = (Journal(engine), Journal(other))
        await asyncio.gather(*(journals[at % 2].note(look(subject=at)) for at in range(40)))
    finally:
        await other.dispose()
    verdict = await verify(engine)
    assert (verdict.rows, verdict.broken) == (40, None)


@both
async def test_an_act_that_fails_leaves_no_entry(journal: Journal, engine: AsyncEngine) -> None:
    async def failing() -> None:
        async with journal.writing() as connection:
            await journal.note_in(connection, look())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    assert (await verify(engine)).rows == 0


async def tamper(engine: AsyncEngine, statement: str) -> None:
    """What somebody with the rights of the database's owner could do: the triggers off, the row changed."""
    async with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for name in ("audit_no_update", "audit_no_delete", "audit_no_replace"):
                await connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            await connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        await connection.execute(text(statement))
        if engine.dialect.name == "postgresql":
            await connection.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit SET actor = 'staff:nobody' WHERE seq = 2", "row 2 was changed"),
        ("UPDATE audit SET reason = '' WHERE seq = 3", "row 3 was changed"),
        ("UPDATE audit SET subject = 99 WHERE seq = 1", "row 1 was changed"),
        ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE seq = 1", "row 1 was changed"),
        ("UPDATE audit SET detail = 'no json' WHERE seq = 1", "row 1 was changed"),
        ("UPDATE audit SET hash = previous WHERE seq = 2", "row 2 was changed"),
        ("DELETE FROM audit WHERE seq = 2", "row 2 is missing"),
        ("DELETE FROM audit WHERE seq = 1", "row 1 is missing"),
        ("UPDATE audit SET previous = hash WHERE seq = 3", "row 3 does not follow row 2"),
    ],
)
async def test_the_first_broken_link_is_said(journal: Journal, engine: AsyncEngine, statement: str, told: str) -> None:
    for number in range(4):
        await journal.note(look(subject=number))
    await tamper(engine, statement)
    broken = (await verify(engine)).broken
    assert broken is not None
    assert broken.startswith(told)


@both
async def test_an_end_cut_off_shows_against_a_hash_noted_elsewhere(journal: Journal, engine: AsyncEngine) -> None:
    for number in range(3):
        await journal.note(look(subject=number))
    noted = await verify(engine)
    assert (await verify(engine, (noted.rows, noted.head))).broken is None
    assert "written anew" in str((await verify(engine, (2, noted.head))).broken)
    await tamper(engine, "DELETE FROM audit WHERE seq = 3")
    assert (await verify(engine)).broken is None
    assert "row 3 is missing" in str((await verify(engine, (noted.rows, noted.head))).broken)
