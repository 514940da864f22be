"""Bringing a push to the developer's server: three attempts five seconds apart, and what WeChat makes of the answer."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace

from bot.sim.wechat.account import SimAccount
from bot.sim.wechat.envelope import Envelope
from bot.sim.wechat.push import Push
from bot.sim.wechat.reply import FAULT, Verdict, judge
from bot.sim.wechat.wire import Wire

PATIENCE = 5.0
"""Seconds WeChat waits for an answer before it cuts the connection."""
ATTEMPTS = 3


@dataclass(frozen=True)
class Attempt:
    """One request: `status` None where no answer came in time or the server could not be reached."""

    status: int | None
    body: bytes
    seconds: float
    verdict: Verdict | None


@dataclass(frozen=True)
class Delivered:
    """All attempts at one push, and what the person sees in the end (None: nothing)."""

    push: Push
    attempts: tuple[Attempt, ...]

    @property
    def last(self) -> Attempt:
        """The attempt that settled it."""
        return self.attempts[-1]

    @property
    def fault(self) -> str | None:
        """Why WeChat shows its fault; None where it is content."""
        verdict = self.last.verdict
        return verdict.fault if verdict else "no answer with status 200 in three attempts"

    @property
    def text(self) -> str | None:
        """What appears in the conversation; None: silence."""
        return FAULT if self.fault else self.last.verdict.shown if self.last.verdict else None


@dataclass(frozen=True)
class Courier:
    """Delivers an account's pushes to `callback`; `patience` in seconds (5 with WeChat)."""

    account: SimAccount
    callback: str
    wire: Wire
    patience: float = PATIENCE

    async def deliver(self, push: Push) -> Delivered:
        """Up to three attempts; the next begins when the patience with the one before is over."""
        attempts: list[Attempt] = []
        for number in range(ATTEMPTS):
            attempt = await self.attempt(push)
            attempts.append(attempt)
            if attempt.verdict is not None:
                break
            if number + 1 < ATTEMPTS:
                await asyncio.sleep(max(0.0, self.patience - attempt.seconds))
        return Delivered(push, tuple(attempts))

    async def attempt(self, push: Push, at: float | None = None) -> Attempt:
        """One request, signed at `at` (now)."""
        sealed = Envelope(self.account).seal(push, at)
        return await self.post(push, sealed.query, sealed.body)

    async def post(self, push: Push, query: dict[str, str], body: bytes) -> Attempt:
        """One request with a query and a body as given, for what no honest platform sends."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self.patience):
                answer = await self.wire.request("POST", self.callback, query, body, {"Content-Type": "text/xml"})
        except (TimeoutError, OSError):
            return Attempt(None, b"", time.monotonic() - began, None)
        verdict = judge(answer.content, push, self.account) if answer.status_code == 200 else None
        return Attempt(answer.status_code, answer.content, time.monotonic() - began, verdict)

    async def verify(self) -> str | None:
        """URL verification (GET with echostr), as when the address is saved; what is wrong, or None."""
        query = Envelope(self.account).signed() | {"echostr": "5837397576217"}
        try:
            async with asyncio.timeout(self.patience):
                answer = await self.wire.request("GET", self.callback, query)
        except (TimeoutError, OSError) as error:
            return f"{self.callback} cannot be reached ({type(error).__name__})"
        if answer.status_code != 200:
            return f"{self.callback} answered with status {answer.status_code}; are token and address the same on both sides?"
        return None if answer.content == query["echostr"].encode() else f"{self.callback} did not answer with echostr"

    def hurried(self, patience: float) -> Courier:
        """The same courier with another patience."""
        return replace(self, patience=patience)
