"""The assistant with binding over a database of its own, and somebody who writes to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bound_family import SECRETS, Clock, User, fill
from sqlalchemy.ext.asyncio import AsyncEngine
from talk import knowledge, reader

from bot.assistant import Assistant
from bot.audit.journal import Journal
from bot.binding.accounts import Accounts
from bot.binding.bound_records import BoundRecords
from bot.binding.desk import BindingDesk
from bot.binding.identity import Identity
from bot.binding.looks import Looks
from bot.binding.steps import Steps
from bot.binding.tries import Tries
from bot.composition import parts
from bot.records.family import Families
from bot.records.registry import Registry
from bot.store.sessions import DatabaseSessions


@pytest.fixture
def prepared(request: pytest.FixtureRequest) -> str | Path:
    """SQLite; PostgreSQL too for the tests that ask for both, where it is the database that matters."""
    found: str | Path = request.getfixturevalue(getattr(request, "param", "sqlite_template"))
    return found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(engine: AsyncEngine) -> Journal:
    return Journal(engine)


@pytest.fixture
def accounts(engine: AsyncEngine, journal: Journal, clock: Clock) -> Accounts:
    return Accounts(engine, SECRETS, journal, clock)


@pytest.fixture
async def assistant(engine: AsyncEngine, journal: Journal, accounts: Accounts, clock: Clock) -> Assistant:
    await fill(engine)
    built = parts()
    sessions = DatabaseSessions(engine, built.kb.facts, SECRETS)
    registry = Registry(engine, SECRETS, built.kb.regions)
    desk = BindingDesk(
        accounts,
        Steps(engine, SECRETS, clock),
        Tries(engine, SECRETS, clock),
        Identity(registry, SECRETS),
        journal,
        sessions,
        knowledge().hotline,
        clock,
    )
    return Assistant(
        built.kb,
        reader()[0],
        built.conversation,
        sessions,
        records=BoundRecords(accounts, Families(engine, SECRETS, built.kb.regions)),
        attendants=(desk,),
        reviewers=(Looks(journal),),
    )


@pytest.fixture
def user(assistant: Assistant) -> User:
    return User(assistant)
