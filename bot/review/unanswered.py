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
class Asked:
    """One question left open; `note` says what is wrong with its answer, if somebody said so."""

    code: str
    region: str | None
    question: str
    wrong: bool
    note: str | None


@dataclass(frozen=True)
class Group:
    """Questions that are alike, the newest first, which stands for all, and the sentence of the notice nearest to them."""

    questions: tuple[Asked, ...]
    newest: Receipt
    nearest: Citation | None

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
        # alike questions come newest first and stay so: of groups of one size the newest stands first
        groups = sorted(_alike(await self._open(now, regions)), key=len, reverse=True)[:SHOWN]
        newest = await self._newest([one[0].code for one in groups])
        return tuple(
            Group(tuple(one), newest[one[0].code], self._nearest(newest[one[0].code]))
            for one in groups
            if one[0].code in newest
        )

    async def mark(self, code: str, note: str) -> bool:
        """Marks an answer as wrong; False where there is no such answer."""
        return await self._set(TURNS.c.code == code, wrong=True, wrong_note=note[:400], settled=False)

    async def settle(self, codes: Iterable[str], regions: Sequence[str] | None = None) -> bool:
        """Takes questions of some regions (None: all) off the list; False where none of them is there."""
        here = TURNS.c.code.in_(tuple(codes)) & of_counties(TURNS.c.region, regions)
        return await self._set(here, settled=True)

    async def _newest(self, codes: Sequence[str]) -> dict[str, Receipt]:
        async with self._engine.connect() as connection:
            rows = (await connection.execute(select(TURNS).where(TURNS.c.code.in_(codes)))).all()
        return {one.code: one for one in self._receipts.read_all(rows)}

    async def _open(self, now: datetime, regions: Sequence[str] | None) -> tuple[Asked, ...]:
        open_still = (TURNS.c.outcome == "not_covered") | TURNS.c.wrong
        here = of_counties(TURNS.c.region, regions)
        columns = (TURNS.c.code, TURNS.c.region, TURNS.c.sealed_question, TURNS.c.wrong, TURNS.c.wrong_note)
        query = select(*columns).where(open_still, ~TURNS.c.settled, TURNS.c.at > now - SINCE, here)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query.order_by(TURNS.c.at.desc()).limit(MOST))).all()
        return tuple(
            Asked(row.code, row.region, self._receipts.question_of(row), row.wrong, row.wrong_note) for row in rows
        )

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


def _alike(questions: Iterable[Asked]) -> list[list[Asked]]:
    """Each question joins the first group of its place whose newest question it is like."""
    groups: list[list[Asked]] = []
    for one in questions:
        near = next((group for group in groups if _like(one, group[0])), None)
        if near is None:
            groups.append([one])
        else:
            near.append(one)
    return groups


def _like(one: Asked, other: Asked) -> bool:
    return one.region == other.region and fuzz.ratio(one.question, other.question, score_cutoff=ALIKE) >= ALIKE
