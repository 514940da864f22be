"""Keeps each question with its answer, sealed, for receipts and for questions left open; writes in batches behind the reply."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.assistant import Turn
from bot.composition import topics
from bot.review.codes import new_code
from bot.review.knowledge_version import knowledge_version
from bot.secrets.sealing import Place, Secrets
from bot.store.tables.desk import TurnRow
from bot.store.upserting import insert_if_new
from bot.store.writing import transact
from dialogues.disclosure import Disclosure
from dialogues.reply import Reply
from nlu.understanding import Ranked

log = logging.getLogger(__name__)

TURNS = TurnRow.__table__  # type: ignore[attr-defined]
SESSION = "sealed_session"
WAITING = 5_000
"""Turns that wait to be written at most; where the database fails for long, the newest are not kept."""
BATCH = 200
GATHERING = 0.05
"""Seconds in which turns gather before they are written together."""
CODE_LINE = "\n答复编号：{code}"


class TurnLog:
    """A reviewer that notes every turn; answers with a clause leave with a code under them."""

    def __init__(
        self, engine: AsyncEngine, secrets: Secrets, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ):
        self._engine = engine
        self._secrets = secrets
        self._clock = clock
        self._waiting: deque[dict[str, Any]] = deque()
        self._come = asyncio.Event()
        self._failing = False
        self._writing: asyncio.Task[None] | None = None

    async def review(self, turn: Turn) -> Reply:
        """The reply, with its code where somebody may ask about it later."""
        code = new_code()
        if len(self._waiting) >= WAITING:
            self._warn("the database is too slow")
            return turn.reply
        self._waiting.append(self._row(turn, code))
        self._come.set()
        shown = turn.caller is not None and turn.reply.outcome == "answered" and turn.reply.citations
        return replace(turn.reply, text=turn.reply.text + CODE_LINE.format(code=code)) if shown else turn.reply

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Writes what comes, for as long as this is open; what waits at the end is still written."""
        task = asyncio.create_task(self._write_for_ever())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            if self._writing is not None:
                await self._writing
            await self.flush()

    async def flush(self) -> None:
        """Writes all that waits."""
        while rows := self._taken():
            await self._write(rows)

    async def _write_for_ever(self) -> None:
        while True:
            await self._come.wait()
            await asyncio.sleep(GATHERING)
            self._come.clear()
            if rows := self._taken():
                # the end of the service ends the waiting, not a write that has begun
                self._writing = asyncio.create_task(self._write(rows))
                await asyncio.shield(self._writing)

    def _taken(self) -> list[dict[str, Any]]:
        rows = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
        if self._waiting:
            self._come.set()
        return rows

    async def _write(self, rows: list[dict[str, Any]]) -> None:
        try:
            # of two answers with one code, the first is kept; the others of the batch are not to suffer for it
            insert = insert_if_new(TURNS, self._engine.dialect.name)
            await transact(self._engine, lambda connection: connection.execute(insert, rows))
            self._failing = False
        except (SQLAlchemyError, OSError) as error:
            self._warn(type(error).__name__)

    def _warn(self, why: str) -> None:
        if not self._failing:
            log.warning("answered questions are not kept for the console (%s); messages are answered all the same", why)
        self._failing = True

    def _row(self, turn: Turn, code: str) -> dict[str, Any]:
        """The row of a turn; only placeholders stand for numbers and names in what is kept of the question."""
        best = next((one.best for one in turn.heard.questions if one.ranking), Ranked(turn.reply.topic, 0.0))
        seal = self._secrets.seal
        return {
            "code": code,
            "at": self._clock(),
            SESSION: seal(turn.session, Place(TURNS.name, SESSION, code)),
            "session_key": session_key(self._secrets, turn.session),
            "channel": turn.caller.channel if turn.caller else "api",
            "region": turn.state.place,
            "facet": _facet(turn, best),
            "topic": turn.reply.topic,
            "outcome": turn.reply.outcome,
            "confidence": best.confidence,
            "sealed_question": seal(turn.heard.text, Place(TURNS.name, "sealed_question", code)),
            "sealed_answer": seal(turn.reply.text, Place(TURNS.name, "sealed_answer", code)),
            "sealed_inputs": seal(_inputs(turn), Place(TURNS.name, "sealed_inputs", code)),
            "knowledge": knowledge_version(),
            "personal": turn.reply.disclosure > Disclosure.PUBLIC,
            "wrong": False,
            "settled": False,
        }


def _facet(turn: Turn, best: Ranked) -> str:
    """The question as it was answered: that of the conversation where the reply is on its topic (a follow-up)."""
    known, held = topics(), turn.state.facet
    return held if held in known and known[held]["topic"] == turn.reply.topic else best.facet


def session_key(secrets: Secrets, session: str) -> bytes:
    """The key under which a session's turns are found."""
    return secrets.find_key(session, f"{TURNS.name}.{SESSION}")


def _inputs(turn: Turn) -> str:
    """What the answer came from, as JSON: the day, the place, the facts, the clauses with their words."""
    return json.dumps(
        {
            "today": turn.today,
            "year": turn.state.year,
            "place": turn.state.place,
            "facets": [(one.best.facet, round(one.best.confidence, 3)) for one in turn.heard.questions if one.ranking],
            "said": turn.state.said,
            "subject": turn.state.subject,
            "record": turn.reply.disclosure > Disclosure.PUBLIC,
            "of": turn.reply.of,
            "clauses": [(one.notice, one.clause, one.quote) for one in turn.reply.citations],
        },
        ensure_ascii=False,
        default=_plain,
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
