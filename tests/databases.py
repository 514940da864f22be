"""PostgreSQL as tests use it: a database of their own, dropped at the end."""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from whole_program import unless_ci

POSTGRES = "127.0.0.1:5432"


@asynccontextmanager
async def postgresql() -> AsyncIterator[str]:
    """The address of a new, empty PostgreSQL database; skips where no server answers, except in continuous integration."""
    user, admin = await _admin()
    name = f"canbao_test_{uuid.uuid4().hex[:12]}"
    await admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"postgresql://{user}@{POSTGRES}/{name}"
    finally:
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await admin.close()


async def _admin() -> tuple[str, asyncpg.Connection]:
    """A user that may make databases, and a connection as that user."""
    faults = []
    for user in (os.environ.get("PGUSER", "postgres"), "root"):
        try:
            return user, await asyncpg.connect(f"postgresql://{user}@{POSTGRES}/postgres", timeout=3)
        except (OSError, asyncpg.PostgresError, TimeoutError) as error:
            faults.append(f"{user}: {type(error).__name__}")
    unless_ci(f"no PostgreSQL answers at {POSTGRES} without a password ({', '.join(faults)})")
    raise AssertionError("not reached")
