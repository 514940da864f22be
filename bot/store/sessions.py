"""Conversations' states in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, delete
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

from bot.errors import Unreadable
from bot.secrets.sealing import Place, Secrets
from bot.store.ahead import Asked, LookUp
from bot.store.columns import utc
from bot.store.tables.conversation import REMEMBERED, ConversationRow
from bot.store.upserting import upsert
from bot.store.writing import Together, transact
from dialogues.state import State
from policy_kb.facts import Facts, FactTable

STATES = TypeAdapter(State)
KEPT = REMEMBERED
_TABLE = SQLModel.metadata.tables[str(ConversationRow.__tablename__)]
_STATE = LookUp(_TABLE.c.session)


class DatabaseSessions:
    """States by session, sealed and under the session's find key; facts are read back by their kinds, so that a day stays a day."""

    def __init__(
        self,
        engine: AsyncEngine,
        facts: FactTable,
        secrets: Secrets,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        self._engine = engine
        self._facts = facts
        self._secrets = secrets
        self._clock = clock

    async def load(self, session: str) -> State | None:
        """The state, if it is there, readable by this version and under this key, and not too old."""
        key = self._key(session)
        row = await _STATE.row(self._engine, key)
        if row is None or utc(row.updated) < self._clock() - KEPT:
            return None
        try:
            state = STATES.validate_json(self._secrets.unseal(row.sealed_state, _place(key)))
        except (ValidationError, Unreadable):
            return None
        return replace(state, said=self._typed(state.said))

    def asked(self, session: str) -> Asked:
        """What `load` looks up for a session."""
        return _STATE, self._key(session)

    async def save(self, session: str, state: State, beside: Together | None = None) -> None:
        """Writes the state, in one transaction with what is to stand beside it."""
        key = self._key(session)
        sealed = self._secrets.seal(STATES.dump_json(state).decode(), _place(key))
        row = {"session": key, "sealed_state": sealed, "updated": self._clock()}
        put = upsert(_TABLE, self._engine.dialect.name, "sealed_state", "updated")

        def write(connection: Connection) -> None:
            if beside is None or beside.write(connection):
                connection.execute(put, row)

        await transact(self._engine, write)
        if beside is not None:
            beside.committed = True

    async def forget(self, session: str) -> None:
        """Deletes the state of a session."""
        gone = delete(_TABLE).where(_TABLE.c.session == self._key(session))
        await transact(self._engine, lambda connection: connection.execute(gone))

    def _key(self, session: str) -> bytes:
        return self._secrets.find_key(session, "conversation.session")

    def _typed(self, said: Mapping[str, object]) -> Facts:
        return self._facts.accept({name: value for name, value in said.items() if name in self._facts})


def _place(key: bytes) -> Place:
    return Place("conversation", "sealed_state", key.hex())
