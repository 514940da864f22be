"""A database for each test: the same tests run on SQLite and on PostgreSQL; and the command without a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from databases import copied, emptied, migrated_postgresql, migrated_sqlite, postgresql
from sqlalchemy.ext.asyncio import AsyncEngine
from whole_program import Here

from bot.cli import main
from bot.store.database import open_database


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database of this test's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'canbao.db'}"
        return
    async with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file of the newest schema."""
    return migrated_sqlite(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgresql_for_all() -> Iterator[str]:
    """A PostgreSQL database of the newest schema, emptied for each test."""
    with migrated_postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite_template", "postgresql_for_all"], ids=["sqlite", "postgresql"])
def prepared(request: pytest.FixtureRequest) -> str | Path:
    """What the database of a test is made of."""
    found: str | Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def engine(prepared: str | Path, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on a database of the newest schema with nothing in it."""
    if isinstance(prepared, str):
        await emptied(prepared)
    opened = await open_database(prepared if isinstance(prepared, str) else copied(prepared, tmp_path / "new"))
    yield opened
    await opened.dispose()


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Here:
    """`canbao` within this process, for what is soon done: a process of its own takes two seconds to start."""

    def canbao(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        monkeypatch.setattr(sys, "argv", ["canbao", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), *capfdbinary.readouterr())

    return canbao
