"""Conversations' states in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.store.tables.conversation import ConversationRow
from dialogues.state import State
from policy_kb.facts import Facts, FactTable

STATES = TypeAdapter(State)
KEPT = timedelta(days=2)
"""How long a conversation is remembered after its last message."""


class DatabaseSessions:
    """States by session; facts are read back by their kinds, so that a day stays a day."""

    def __init__(
        self, engine: AsyncEngine, facts: FactTable, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ):
        self._engine = engine
        self._facts = facts
        self._clock = clock

    async def load(self, session: str) -> State | None:
        """The state, if it is there, readable by this version, and not too old."""
        async with AsyncSession(self._engine) as database:
            row = await database.get(ConversationRow, session)
        if row is None or _aware(row.updated) < self._clock() - KEPT:
            return None
        try:
            state = STATES.validate_json(row.state)
        except ValidationError:
            return None
        return replace(state, said=self._typed(state.said))

    async def save(self, session: str, state: State) -> None:
        """Writes the state, in one transaction."""
        row = ConversationRow(session=session, state=STATES.dump_json(state).decode(), updated=self._clock())
        async with AsyncSession(self._engine) as database:
            await database.merge(row)
            await database.commit()

    async def purge(self) -> int:
        """Deletes conversations that are too old; returns how many."""
        async with self._engine.begin() as connection:
            old = ConversationRow.updated < self._clock() - KEPT
            return (await connection.execute(delete(ConversationRow).where(old))).rowcount  # type: ignore[arg-type]

    def _typed(self, said: Mapping[str, object]) -> Facts:
        return self._facts.accept({name: value for name, value in said.items() if name in self._facts})


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
