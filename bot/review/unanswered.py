"""Questions left open (未答问题): without an answer or marked wrong, the alike ones together, beside the nearest clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.review.counties import of_counties
from bot.review.receipts import Receipt, Receipts
from bot.review.turn_log import TURNS
from bot.secrets.sealing import Secrets
from dialogues.finder import Finder
from policy_kb.citation import Citation
from policy_kb.knowledge import KnowledgeBase, Policy

ALIKE = 62.0
"""Share (0 to 100) of the shorter question's characters, in order, from which two questions are taken as alike."""
MOST = 1_000
"""Questions looked at, the newest ones."""
SHOWN = 20
"""Groups shown, those asked most often."""
SINCE = timedelta(days=30)


@dataclass(frozen=True)
class Group:
    """Questions that are alike, the newest first, and the sentence of the notice that comes nearest to them."""

    questions: tuple[Receipt, ...]
    nearest: Citation | None

    @property
    def newest(self) -> Receipt:
        """The newest of them, which stands for all."""
        return self.questions[0]

    @property
    def marked(self) -> bool:
        """Whether anybody marked one of the answers wrong."""
        return any(one.wrong for one in self.questions)


class Unanswered:
    """The questions left open in one database."""

    def __init__(self, engine: AsyncEngine, secrets: Secrets, kb: KnowledgeBase, finder: Finder):
        self._engine = engine
        self._receipts = Receipts(engine, secrets)
        self._kb = kb
        self._finder = finder

    async def groups(self, now: datetime, regions: Sequence[str] | None = None) -> tuple[Group, ...]:
        """The open questions of some regions (None: all), the most asked first."""
        questions = await self._open(now, regions)
        groups = sorted(_alike(questions), key=lambda one: (-len(one), -one[0].at.timestamp()))
        return tuple(Group(tuple(one), self._nearest(one[0])) for one in groups[:SHOWN])

    async def mark(self, code: str, note: str) -> bool:
        """Marks an answer as wrong; False where there is no such answer."""
        return await self._set(TURNS.c.code == code, wrong=True, wrong_note=note[:400], settled=False)

    async def settle(self, codes: Iterable[str], regions: Sequence[str] | None = None) -> bool:
        """Takes questions of some regions (None: all) off the list; False where none of them is there."""
        here = TURNS.c.code.in_(tuple(codes)) & of_counties(TURNS.c.region, regions)
        return await self._set(here, settled=True)

    async def _open(self, now: datetime, regions: Sequence[str] | None) -> tuple[Receipt, ...]:
        open_still = (TURNS.c.outcome == "not_covered") | TURNS.c.wrong
        here = of_counties(TURNS.c.region, regions)
        query = select(TURNS).where(open_still, ~TURNS.c.settled, TURNS.c.at > now - SINCE, here)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query.order_by(TURNS.c.at.desc()).limit(MOST))).all()
        return self._receipts.read_all(rows)

    async def _set(self, which: ColumnElement[bool], **values: object) -> bool:
        async with self._engine.begin() as connection:
            return bool((await connection.execute(update(TURNS).where(which).values(**values))).rowcount)

    def _nearest(self, question: Receipt) -> Citation | None:
        policy = self._policy(question)
        clauses = self._finder.clauses(policy, question.question) if policy else ()
        return clauses[0].clause if clauses else None

    def _policy(self, question: Receipt) -> Policy | None:
        if question.clauses:
            return self._kb.notices.get(question.clauses[0].notice)
        held = self._kb.policies_of(question.region) if question.region else ()
        return held[0] if held else None


def _alike(questions: Iterable[Receipt]) -> list[list[Receipt]]:
    """Each question joins the first group of its place whose newest question it is like."""
    groups: list[list[Receipt]] = []
    for one in questions:
        near = next((group for group in groups if _like(one, group[0])), None)
        if near is None:
            groups.append([one])
        else:
            near.append(one)
    return groups


def _like(one: Receipt, other: Receipt) -> bool:
    return one.region == other.region and fuzz.ratio(one.question, other.question) >= ALIKE
