"""The platform as tests and the command use it: followers, delivery in and out of order, the API, time that can be passed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from random import Random
from types import TracebackType
from typing import Self

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.sim.listening import listening
from bot.sim.wechat.account import SimAccount
from bot.sim.wechat.api import Api
from bot.sim.wechat.delivery import PATIENCE, Attempt, Courier, Delivered
from bot.sim.wechat.faults import Faults
from bot.sim.wechat.follower import Follower
from bot.sim.wechat.push import Push
from bot.sim.wechat.wire import Wire


class WeChatPlatform:
    """An `async with` block in which WeChat's side runs; `api_url` is the base address the bot is to call.

    `patience` replaces WeChat's five seconds; `callback` may be set later, before the first delivery.
    """

    def __init__(
        self, account: SimAccount | None = None, callback: str = "", patience: float = PATIENCE, port: int = 0
    ):
        self.account = account or SimAccount()
        self.followers: dict[str, Follower] = {}
        self.faults = Faults()
        self.api = Api(self.account, self.followers, self.faults, self.now)
        self.api_url = ""
        self._callback = callback
        self._patience = patience
        self._port = port
        self._ahead = 0.0
        self._stack = AsyncExitStack()
        self._courier: Courier | None = None

    async def __aenter__(self) -> Self:
        wire = Wire()
        self._stack.push_async_callback(wire.close)
        self._courier = Courier(self.account, self._callback, wire, self._patience)
        app = Starlette(routes=[*self.routes(), *self.api.routes()])
        self.api_url = await self._stack.enter_async_context(listening(app, self._port))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def routes(self) -> list[BaseRoute]:
        """What listens beside the API; the command adds its page."""
        return []

    def calls(self, path: str) -> list[dict[str, object]]:
        """The bodies of all calls of an API path so far."""
        return [call.body for call in self.api.log if call.path == path]

    @property
    def courier(self) -> Courier:
        """Who delivers."""
        assert self._courier is not None, "enter the block first: async with WeChatPlatform(…) as platform"
        return self._courier

    def send_to(self, callback: str) -> None:
        """Sets the developer's address (服务器地址)."""
        self._callback = callback
        courier = self.courier
        self._courier = Courier(courier.account, callback, courier.wire, courier.patience)

    def now(self) -> float:
        """The platform's clock, for quotas and tokens; messages carry the real time."""
        return time.time() + self._ahead

    def pass_time(self, seconds: float) -> None:
        """Lets quotas and tokens grow old."""
        self._ahead += seconds

    def follower(self, openid: str | None = None, following: bool = True) -> Follower:
        """A person, new or known by `openid`."""
        if openid in self.followers:
            return self.followers[str(openid)]
        made = Follower(self.account.original_id, self.carry, following=following)
        if openid is not None:
            made.openid = openid
        self.followers[made.openid] = made
        return made

    async def carry(self, follower: Follower, push: Push) -> Delivered:
        """Delivers a push as WeChat does and shows what comes back."""
        follower.quota.earn(push.event, self.now())
        delivered = await self.courier.deliver(push)
        if push.event != "unsubscribe":
            follower.show("system" if delivered.fault else "account", delivered.text)
        return delivered

    async def deliver(self, push: Push) -> Delivered:
        """Delivers a push of a follower's."""
        return await self.carry(self.follower(push.sender), push)

    async def replay(self, push: Push) -> Attempt:
        """Delivers a push once more, as a retry whose first answer got lost; nothing is shown."""
        return await self.courier.attempt(push)

    async def verify(self) -> str | None:
        """URL verification; what is wrong, or None."""
        return await self.courier.verify()

    async def storm(
        self,
        pushes: Iterable[Push],
        duplicates: float = 0.0,
        disorder: float = 0.0,
        at_once: int = 50,
        rng: Random | None = None,
    ) -> dict[Push, list[Attempt | Delivered]]:
        """Delivers many pushes, `at_once` at a time: a share twice, a share later than what was sent after them."""
        plan = _plan(list(pushes), duplicates, disorder, rng or Random(0))
        door = asyncio.Semaphore(at_once)
        seen: dict[Push, list[Attempt | Delivered]] = {}

        async def one(push: Push, again: bool) -> None:
            async with door:
                seen.setdefault(push, []).append(await (self.replay(push) if again else self.deliver(push)))

        async with asyncio.TaskGroup() as group:
            for push, again in plan:
                group.create_task(one(push, again))
        return seen


def _plan(pushes: list[Push], duplicates: float, disorder: float, rng: Random) -> list[tuple[Push, bool]]:
    """Which push is sent in which order, and whether as a repetition."""
    order = [
        (at + (rng.uniform(1, 20) if rng.random() < disorder else 0.0), push, False) for at, push in enumerate(pushes)
    ]
    order += [(at + rng.uniform(0, 5), push, True) for at, push, _ in list(order) if rng.random() < duplicates]
    return [(push, again) for _, push, again in sorted(order, key=lambda one: one[0])]
