"""Conversations go on where the database fails: states are held in memory until it answers again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.sessions import Sessions
from bot.store.writing import Together
from dialogues.state import State

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds a message waits for the database."""
PAUSE = 10.0
"""Seconds after a fault in which the database is left alone, so that not every message waits for it."""
HELD = 10_000
"""Conversations held in memory at most, the last used ones."""
PURGE_EVERY = 3600.0

T = TypeVar("T")


class KeptSessions:
    """States in `stored`; a fault there is logged once, without content, and memory stands in."""

    def __init__(self, stored: Sessions, patience: float = PATIENCE, clock: Callable[[], float] = time.monotonic):
        self._stored = stored
        self._patience = patience
        self._clock = clock
        self._held: OrderedDict[str, State] = OrderedDict()
        self._failed_at: float | None = None

    async def load(self, session: str) -> State | None:
        """The state held in memory, else the stored one; None where there is none or the database fails."""
        if session in self._held:
            return self._held[session]
        found = await self._try(self._stored.load(session))
        return found[0] if found else None

    async def save(self, session: str, state: State, beside: Together | None = None) -> None:
        """Stores the state, or holds it in memory; what was to stand beside it is then not written."""
        if await self._try(self._stored.save(session, state, beside)):
            self._held.pop(session, None)
            return
        self._held[session] = state
        self._held.move_to_end(session)
        if len(self._held) > HELD:
            self._held.popitem(last=False)

    async def forget(self, session: str) -> None:
        """Deletes the state, in memory too. Raises SQLAlchemyError, OSError: who asked must know that it is not gone."""
        self._held.pop(session, None)
        await self._stored.forget(session)

    async def _try(self, work: Awaitable[T]) -> tuple[T] | None:
        """The result, in a tuple of one; None where the database fails or failed a moment ago."""
        if self._failed_at is not None and self._clock() - self._failed_at < PAUSE:
            getattr(work, "close", lambda: None)()
            return None
        try:
            async with asyncio.timeout(self._patience):
                result = await work
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            self._fail(error)
            return None
        self._recover()
        return (result,)

    def _fail(self, error: Exception) -> None:
        if self._failed_at is None:
            cause = getattr(error, "orig", None) or error
            log.error(
                "the database fails (%s): messages are answered, conversations are held in memory; "
                "look at its disk, locks and permissions",
                _kind(cause),
            )
        self._failed_at = self._clock()

    def _recover(self) -> None:
        if self._failed_at is not None:
            log.warning("the database works again")
        self._failed_at = None


def _kind(error: BaseException) -> str:
    """What kind of fault, in SQLite's own words where it has a name for it; never the statement, which holds content."""
    return getattr(error, "sqlite_errorname", None) or type(error).__name__


class Purged(Protocol):
    """Something that holds rows which grow old."""

    async def purge(self) -> object:
        """Deletes what is too old."""
        ...


@asynccontextmanager
async def purging(kept: Purged) -> AsyncIterator[None]:
    """Deletes what is too old now and every hour, for as long as this is open."""
    task = asyncio.create_task(_purge_for_ever(kept))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _purge_for_ever(kept: Purged) -> None:
    while True:
        try:
            await kept.purge()
        except (SQLAlchemyError, OSError) as error:
            log.warning("what is too old could not be deleted (%s); next try in an hour", _kind(error))
        await asyncio.sleep(PURGE_EVERY)
