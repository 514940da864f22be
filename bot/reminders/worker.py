"""Sends what is due: once each, by day, at the platform's pace; can be killed at any point and started again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from sqlalchemy.exc import SQLAlchemyError

from bot.channel import Channel, Delivery, Sender
from bot.errors import AnswerFailed, CanbaoError
from bot.reminders.notices import Notices
from bot.reminders.outbox import Item, Outbox
from bot.reminders.plan import Planner
from bot.reminders.wording import written
from policy_kb.errors import PolicyError
from policy_kb.knowledge import KnowledgeBase

log = logging.getLogger(__name__)

CHINA = timezone(timedelta(hours=8))
BY_DAY = (9, 20)
"""Hours in China between which reminders are sent."""
PACE = 0.1
"""Seconds between two reminders: ten a second leave the account's calls to those who ask."""
LOOK_EVERY = 60.0
PLAN_EVERY = timedelta(hours=1)
WINDOW_SHUT = timedelta(hours=1)
"""Pause where the follower has not written lately: a message of theirs opens the way again."""
NOT_NOW = timedelta(hours=6)


@dataclass
class Worker:
    """Plans and sends; `today` is a demonstration's day, None the real one."""

    kb: KnowledgeBase
    planner: Planner
    outbox: Outbox
    senders: Mapping[Channel, Sender]
    notices: Notices | None = None
    today: date | None = None
    pace: float = PACE
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def day(self) -> date:
        """The day in China."""
        return self.today or self.clock().astimezone(CHINA).date()

    async def send_due(self) -> dict[str, int]:
        """Sends all that is due now; how many of each outcome."""
        await self.outbox.notice_interrupted()
        counts: dict[str, int] = {}
        while (item := await self.outbox.take()) is not None:
            outcome = await self._one(item)
            counts[outcome] = counts.get(outcome, 0) + 1
            await asyncio.sleep(self.pace)
        return counts

    async def run(self) -> None:
        """Plans every hour and sends by day, for ever; a database that fails is waited for."""
        planned = datetime.min.replace(tzinfo=UTC)
        while True:
            now = self.clock()
            try:
                if now - planned >= PLAN_EVERY:
                    await self.planner.plan(self.day)
                    planned = now
                if BY_DAY[0] <= now.astimezone(CHINA).hour < BY_DAY[1]:
                    await self.send_due()
            except (SQLAlchemyError, OSError, CanbaoError, PolicyError) as error:
                log.error("reminders rest for a minute (%s)", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)

    async def _one(self, item: Item) -> str:
        """One reminder, if it is still needed; its outcome."""
        if self.day > item.deadline:
            return await self._settled(item, "failed", "too_late")
        due = await self.planner.still_due(item.resident, item.topic, item.year, self.day)
        if due is None:
            return await self._settled(item, "dropped", "no_longer_due")
        person, deadline = due
        try:
            text = written(deadline, await self.planner.called(item.caller, person), self.day, self.kb)
        except AnswerFailed as error:
            log.error("a reminder is not sent: %s", error)
            return await self._settled(item, "failed", "unsourced")
        sender = self.senders.get(item.caller.channel)
        if sender is None:
            return await self._settled(item, "failed", "no_channel")
        if not await self.outbox.sending(item, self.day):
            return "taken_over"
        delivery = await self.notices.send(item.caller, deadline) if self.notices else None
        return await self._delivered(item, delivery or await sender.send(item.caller, text))

    async def _delivered(self, item: Item, delivery: Delivery) -> str:
        if delivery is Delivery.SENT:
            return await self._settled(item, "sent")
        if delivery is Delivery.UNREACHABLE:
            return await self._settled(item, "unsure", str(delivery))
        pause = NOT_NOW if delivery is Delivery.NOT_POSSIBLE else WINDOW_SHUT
        await self.outbox.put_off(item, str(delivery), pause)
        return str(delivery)

    async def _settled(self, item: Item, state: str, reason: str = "") -> str:
        await self.outbox.settle(item, state, reason)
        return state


@asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[None]:
    """The worker at work while the block lasts."""
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
