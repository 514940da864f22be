"""Whom to remind, when and why: two times before a deadline, at most once a topic and week, never who has paid."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.audit.journal import Journal
from bot.binding.accounts import Accounts
from bot.binding.bound_records import kin_of
from bot.channel import Caller
from bot.errors import Unreadable
from bot.records.registry import Registry
from bot.records.resident import Resident
from bot.reminders.consents import BINDING, CONSENT, OUTBOX
from bot.reminders.deadline import Deadline, deadlines
from bot.secrets.sealing import Secrets
from bot.store.writing import transact
from policy_kb.conditions import years_between
from policy_kb.knowledge import KnowledgeBase

log = logging.getLogger(__name__)

LEADS = (14, 5)
"""Days before a deadline on which a reminder falls due."""
WEEK = timedelta(days=7)
BATCH = 500
"""Consents read at a time."""
OF_AGE = 18
"""Years of age from which a ward that is a child is reminded by nobody else."""
_KIN = {"child": "孩子", "grandchild": "孙辈", "parent": "老人", "spouse": "爱人", "sibling": "兄弟姐妹"}
_WAITS, _TOLD = ("planned", "sending"), ("sent", "unsure")


@dataclass(frozen=True)
class Planned:
    """One reminder: by which binding, about whom, which deadline, due on which day."""

    binding: int
    person: Resident
    deadline: Deadline
    due: date

    @property
    def line(self) -> str:
        """For staff: who (masked), when, why."""
        return f"{self.due}  {self.person.masked_name} {self.person.masked_id}  {self.deadline.why}"


def due_day(deadline: Deadline, today: date) -> date:
    """The day on which the next reminder of a deadline falls due: the last that has come, else the first."""
    days = [deadline.day - timedelta(days=lead) for lead in LEADS]
    return max((one for one in days if one <= today), default=days[0])


class Planner:
    """Plans over one database and knowledge base."""

    def __init__(
        self,
        engine: AsyncEngine,
        secrets: Secrets,
        kb: KnowledgeBase,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._registry = Registry(engine, secrets, kb.regions)
        self._accounts = Accounts(engine, secrets, Journal(engine))
        self._kb = kb
        self._clock = clock

    async def foreseen(self, today: date, days: int = 0) -> AsyncIterator[Planned]:
        """What falls due up to `days` days after `today` and was not planned or sent yet."""
        last = today + timedelta(days=days)
        async for binding, resident in self._consenting():
            person = await self._resident(resident)
            if person is None:
                continue
            for one in await self._persons(person, today):
                async for planned in self._of(binding, one, today):
                    if planned.due <= last:
                        yield planned

    async def plan(self, today: date) -> int:
        """Writes down what is due; returns how many. Run twice, or by two processes, it plans nothing twice."""
        count = 0
        async for one in self.foreseen(today):
            count += await self._write(one)
        return count

    async def still_due(self, resident: int, topic: str, year: int, today: date) -> tuple[Resident, Deadline] | None:
        """Who and what, as the record stands now; None where it was paid, or the day is over."""
        person = await self._resident(resident)
        if person is None:
            return None
        found = await self._deadlines(person, today)
        return next(((person, one) for one in found if (one.topic, one.year) == (topic, year)), None)

    async def called(self, caller: Caller, person: Resident) -> str:
        """Who a reminder is about, in words to the account's owner: `您`, or a child in the owner's care."""
        binding = await self._accounts.bound(caller)
        if binding is None or binding.resident == person.id:
            return "您"
        return next(
            (f"您家{_KIN[kin_of(relation)]}" for guardian, relation in await self._registry.guardians_of(person)
             if guardian.id == binding.resident and kin_of(relation) in _KIN),
            "您照管的人",
        )  # fmt: skip

    async def _resident(self, id: int) -> Resident | None:
        """The resident; None where there is none, or the row does not open: that holds up nobody else."""
        try:
            return await self._registry.by_id(id)
        except Unreadable as error:
            log.error("a resident is not reminded: %s", error)
            return None

    async def _consenting(self) -> AsyncIterator[tuple[int, int]]:
        last = -1
        while True:
            wanted = (
                select(BINDING.c.id, BINDING.c.resident_id)
                .join(CONSENT, CONSENT.c.binding_id == BINDING.c.id)
                .where(BINDING.c.id > last)
                .order_by(BINDING.c.id)
                .limit(BATCH)
            )
            async with self._engine.connect() as connection:
                rows = (await connection.execute(wanted)).all()
            for row in rows:
                yield row.id, row.resident_id
            if len(rows) < BATCH:
                return
            last = rows[-1].id

    async def _persons(self, person: Resident, today: date) -> list[Resident]:
        """The person and the children in the person's care."""
        wards = [ward for ward, _ in await self._registry.wards_of(person)]
        return [person, *(one for one in wards if years_between(one.birth_date, today) < OF_AGE)]

    async def _deadlines(self, person: Resident, today: date) -> tuple[Deadline, ...]:
        region = person.town if person.town in self._kb.regions else person.region
        return deadlines(self._kb, region, await self._registry.record(person, today), today)

    async def _of(self, binding: int, person: Resident, today: date) -> AsyncIterator[Planned]:
        for deadline in await self._deadlines(person, today):
            planned = Planned(binding, person, deadline, due_day(deadline, today))
            if not await self._told(planned, today):
                yield planned

    async def _told(self, planned: Planned, today: date) -> bool:
        """Whether this one is written down, another of its topic still waits, or the last lies less than a week back."""
        same = (
            (OUTBOX.c.binding_id == planned.binding)
            & (OUTBOX.c.resident_id == planned.person.id)
            & (OUTBOX.c.topic == planned.deadline.topic)
            & (OUTBOX.c.year == planned.deadline.year)
        )
        wanted = select(OUTBOX.c.due, OUTBOX.c.state, OUTBOX.c.told_on).where(same)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(wanted)).all()
        when = max(planned.due, today)
        return any(
            row.due == planned.due or row.state in _WAITS or (row.state in _TOLD and when - row.told_on < WEEK)
            for row in rows
        )

    async def _write(self, planned: Planned) -> bool:
        now = self._clock()
        row = {
            "binding_id": planned.binding,
            "resident_id": planned.person.id,
            "topic": planned.deadline.topic,
            "year": planned.deadline.year,
            "due": planned.due,
            "told_on": planned.due,
            "deadline": planned.deadline.day,
            "state": "planned",
            "reason": "",
            "next_try": now,
            "planned": now,
        }
        try:
            await transact(self._engine, lambda connection: connection.execute(OUTBOX.insert().values(**row)))
        except IntegrityError:  # another process planned it, or the binding is gone
            return False
        return True
