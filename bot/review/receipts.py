"""Receipts (答复回执): what was asked, what it was taken for, what went in and which clauses came out, as it was then."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.review.codes import tidy_code
from bot.review.knowledge_version import knowledge_version
from bot.review.turn_log import SESSION, TURNS
from bot.secrets.sealing import Place, Secrets
from bot.store.columns import utc
from policy_kb.citation import Citation


@dataclass(frozen=True)
class Receipt:
    """One answered question as it was; `said` are the facts that went in by the words of the person."""

    code: str
    at: datetime
    channel: str
    region: str | None
    facet: str
    topic: str
    outcome: str
    confidence: float
    question: str
    answer: str
    day: str
    year: int | None
    facets: tuple[tuple[str, float], ...]
    said: Mapping[str, Any]
    from_record: bool
    of: tuple[int, ...]
    """Whose records it tells from, by their numbers in the register."""
    clauses: tuple[Citation, ...]
    knowledge: str
    wrong: bool
    wrong_note: str | None
    settled: bool
    session: str

    @property
    def same_knowledge(self) -> bool:
        """Whether the knowledge base is still the one that answered."""
        return self.knowledge == knowledge_version()


class Receipts:
    """The receipts of one database."""

    def __init__(self, engine: AsyncEngine, secrets: Secrets):
        self._engine = engine
        self._secrets = secrets

    async def by_code(self, typed: str) -> Receipt | None:
        """The receipt of a code as somebody typed it; None where there is none (or it is older than is kept)."""
        code = tidy_code(typed)
        if code is None:
            return None
        async with self._engine.connect() as connection:
            row = (await connection.execute(select(TURNS).where(TURNS.c.code == code))).first()
        return self.read(row) if row else None

    async def of_session(self, key: bytes, last: int) -> tuple[Receipt, ...]:
        """The last turns of a conversation, oldest first."""
        query = select(TURNS).where(TURNS.c.session_key == key).order_by(TURNS.c.at.desc()).limit(last)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return self.read_all(rows)[::-1]

    def read_all(self, rows: Sequence[Row[Any]]) -> tuple[Receipt, ...]:
        """Rows of the table, unsealed."""
        return tuple(self.read(row) for row in rows)

    def read(self, row: Row[Any]) -> Receipt:
        """A row of the table, unsealed."""
        inputs = json.loads(self._open(row, "sealed_inputs"))
        return Receipt(
            **{name: getattr(row, name) for name in _PLAIN},
            at=utc(row.at),
            question=self._open(row, "sealed_question"),
            answer=self._open(row, "sealed_answer"),
            day=inputs["today"],
            year=inputs["year"],
            facets=tuple((facet, share) for facet, share in inputs["facets"]),
            said=inputs["said"],
            from_record=inputs["record"],
            of=tuple(inputs["of"]),
            clauses=tuple(Citation(*one) for one in inputs["clauses"]),
            session=self._open(row, SESSION),
        )

    def question_of(self, row: Any) -> str:
        """The question alone, of a row with its code and `sealed_question`."""
        return self._open(row, "sealed_question")

    def _open(self, row: Row[Any], column: str) -> str:
        return self._secrets.unseal(getattr(row, column), Place(TURNS.name, column, row.code))


_PLAIN = (
    "code", "channel", "region", "facet", "topic", "outcome", "confidence", "knowledge", "wrong", "wrong_note", "settled",
)  # fmt: skip
