"""The queue of updates: kept until confirmed by `getUpdates`, or pushed to the webhook until it answers 2xx."""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from dataclasses import dataclass, field

import httpx

from bot.sim.telegram.answer import Refusal
from bot.sim.telegram.chat import Json

ATTEMPTS = 5
LONGEST_POLL = 50.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class Webhook:
    """Where updates are pushed to, and the secret that goes with them."""

    url: str
    secret: str | None = None
    at_once: int = 40


@dataclass
class Updates:
    """Updates of one bot; `pause` in seconds between attempts at a webhook that fails."""

    http: httpx.AsyncClient
    pause: float = 0.2
    webhook: Webhook | None = None
    pushed: list[tuple[Json, int | None]] = field(default_factory=list)
    """Every attempt at the webhook with the status it got (None: no answer)."""
    _queue: deque[Json] = field(default_factory=deque)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(700_000_001))
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _poll: int = 0
    _pushing: set[asyncio.Task[None]] = field(default_factory=set)

    def new(self, kind: str, content: Json) -> Json:
        """Queues an update, or begins to push it."""
        update: Json = {"update_id": next(self._ids), kind: content}
        if self.webhook:
            self._push(update)
        else:
            self._queue.append(update)
            self._news.set()
        return update

    def hook(self, webhook: Webhook | None, drop: bool) -> None:
        """Sets or removes the webhook; what waits is pushed, or dropped."""
        self.webhook = webhook
        if drop:
            self._queue.clear()
        while webhook and self._queue:
            self._push(self._queue.popleft())

    @property
    def waiting(self) -> int:
        """Updates not confirmed yet."""
        return len(self._queue)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """getUpdates: forgets what lies before `offset`, waits up to `timeout` seconds for something new."""
        if self.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            )
        self._poll += 1
        mine = self._poll
        self._news.set()  # ends a poll that is under way
        await asyncio.sleep(0)
        while offset > 0 and self._queue and int(str(self._queue[0]["update_id"])) < offset:
            self._queue.popleft()
        end = asyncio.get_running_loop().time() + min(timeout, LONGEST_POLL)
        while not self._queue and (left := end - asyncio.get_running_loop().time()) > 0:
            self._news.clear()
            try:
                async with asyncio.timeout(left):
                    await self._news.wait()
            except TimeoutError:
                break
            if mine != self._poll:
                raise Refusal(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        return list(itertools.islice(self._queue, limit))

    async def post(self, update: Json, secret: str | None = None) -> int | None:
        """Pushes an update once, with the webhook's secret or another; the status, None without an answer."""
        assert self.webhook is not None, "no webhook is set"
        given = self.webhook.secret if secret is None else secret
        try:
            answer = await self.http.post(
                self.webhook.url, json=update, headers={SECRET_HEADER: given} if given else {}, timeout=60
            )
        except httpx.HTTPError:
            self.pushed.append((update, None))
            return None
        self.pushed.append((update, answer.status_code))
        return answer.status_code

    async def close(self) -> None:
        """Ends what is being pushed and who is polling."""
        self._poll += 1
        self._news.set()
        for task in self._pushing:
            task.cancel()
        await asyncio.gather(*self._pushing, return_exceptions=True)

    def _push(self, update: Json) -> None:
        task = asyncio.create_task(self._push_until_taken(update))
        self._pushing.add(task)
        task.add_done_callback(self._pushing.discard)

    async def _push_until_taken(self, update: Json) -> None:
        for attempt in range(ATTEMPTS):
            status = await self.post(update)
            if status is not None and 200 <= status < 300:
                return
            await asyncio.sleep(self.pause * (attempt + 1))
