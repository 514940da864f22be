"""One message from its claim to its end: computed, answered in time or told later, once (排重、被动回复、客服消息)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.channel import Delivery
from bot.channels.wechat import wording
from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.answering import Answering
from bot.channels.wechat.claims import LEASE, Claims
from bot.channels.wechat.envelope import Envelope
from bot.channels.wechat.followers import Followers
from bot.channels.wechat.inbound import Inbound
from bot.channels.wechat.leaving import Leaving
from bot.channels.wechat.meaning import Meaning
from bot.channels.wechat.passive import SILENCE, first_of, parts_of, reply_to
from bot.channels.wechat.sending import Sending
from bot.channels.wechat.stages import KEPT, MORE, PROMISED, SENDING, Noted, Waiting
from bot.sessions import Leave

_ONE = frozenset({"1", "１", "1.", "1。"})


@dataclass(frozen=True)
class Message:
    """A message of ours to answer: what came, as what it is known, and what of its caller's is not told yet."""

    key: bytes
    caller: bytes
    inbound: Inbound
    meaning: Meaning
    place: str | None = None
    waiting: tuple[Waiting, ...] = ()
    parts: tuple[str, ...] | None = None
    """The answer, where another process had computed it."""


class Work:
    """Does the work of one account's messages; every step is noted in the database before it counts."""

    def __init__(
        self,
        account: WechatAccount,
        answering: Answering,
        claims: Claims,
        followers: Followers,
        sending: Sending,
        clock: Callable[[], datetime],
    ) -> None:
        self.account = account
        self.answering = answering
        self.envelope = Envelope(account)
        self._claims = claims
        self._followers = followers
        self._sending = sending
        self._clock = clock
        self.unnoted: dict[bytes, str] = {}
        """Bodies that went out while the database failed, to be noted when it works again."""

    def body(self, inbound: Inbound, text: str) -> str:
        """The passive reply that shows `text`."""
        return reply_to(inbound, text, self.envelope, self._clock().timestamp())

    async def answer(self, message: Message) -> str:
        """Computes a message that is still open; the body that was noted for it, by whomever."""
        async with self._kept(message.key):
            body = await self._fetched(message)
            if body is not None:
                return body
            leaving = self._leaving(message)
            words = await self._words(message, leaving.beside_state)
            try:
                noted = await leaving.note(words)
            except (SQLAlchemyError, OSError):
                # nothing can be noted: it is told all the same, and noted later
                self.unnoted[message.key] = leaving.body
                noted = Noted.TOLD
            if noted is Noted.TOLD:
                return leaving.body
            if noted is Noted.LATER:
                await self._tell_later(message, leaving.parts)
        return await self._claims.body(message.key) or SILENCE

    def _leaving(self, message: Message) -> Leaving:
        passed = message.waiting if message.meaning.ask else ()
        return Leaving(message.key, message.inbound, self._hint(message), passed, self._claims, self.body)

    async def without_database(self, message: Message) -> str:
        """An answer that nobody could claim; a retry within this process gets the same bytes."""
        words = await self.answering.words(message.meaning, message.inbound.openid, None)
        parts = parts_of(words) if words else ()
        self.unnoted[message.key] = body = self.body(message.inbound, parts[0] if parts else "")
        return body

    async def finish(self, message: Message) -> None:
        """Computes and tells a message whose caller was told to wait; what they ask for by 1 is kept anyway."""
        async with self._kept(message.key):
            if self._asked_for(message):
                await self._claims.finish(message.key)
                return
            parts = message.parts
            if parts is None:
                leaving = self._leaving(message)
                words = await self._words(message, leaving.beside_state)
                parts = leaving.parts if await leaving.note(words) is Noted.LATER else ()
            await self._tell_later(message, parts)

    async def _words(self, message: Message, leave: Leave) -> str:
        words = await self.answering.words(message.meaning, message.inbound.openid, message.place, leave)
        if message.meaning.place is not None:
            await self._followers.settle(message.caller, message.meaning.place)
        if message.meaning.leaves:
            await self._followers.forget(message.caller, but=message.key)
        return words

    async def _tell_later(self, message: Message, parts: Sequence[str]) -> None:
        """By customer-service message where that is possible, else kept for whoever answers with 1."""
        if not parts:
            await self._claims.finish(message.key)
            return
        sent = await self._sending.parts(
            self.account, message.inbound.openid, parts, lambda left: self._claims.sending(message.key, left)
        )
        if sent.outcome is Delivery.SENT:
            await self._claims.finish(message.key)
        else:
            await self._claims.keep(message.key, sent.left)

    async def _fetched(self, message: Message) -> str | None:
        """The answer to 1 or 结果, where something waits for it; None where it means something else."""
        for one in self._asked_for(message):
            if one.stage in (KEPT, MORE):
                body = await self._claims.answer_from(
                    message.key, one.key, lambda parts: self.body(message.inbound, first_of(parts))
                )
            else:
                body = await self._not_yet(message, one)
            if body is not None:
                return body
        return None

    @staticmethod
    def _asked_for(message: Message) -> tuple[Waiting, ...]:
        """What of the caller's waits and is meant by this message, the latest first."""
        said = (message.meaning.ask or "").strip()
        if said in wording.RESULT_WORDS:
            return message.waiting
        return tuple(one for one in message.waiting if one.by_one) if said in _ONE else ()

    async def _not_yet(self, message: Message, one: Waiting) -> str | None:
        """What is being computed or sent at this moment; a message still open has promised nothing."""
        if one.stage not in (PROMISED, SENDING):
            return None
        text = wording.STILL if one.stage == PROMISED else wording.SENDING
        body = self.body(message.inbound, text)
        return body if await self._claims.answer(message.key, body, ()) is Noted.TOLD else None

    def _hint(self, message: Message) -> str:
        ready = any(one.stage == KEPT for one in message.waiting)
        return wording.RESULT_READY if ready and message.meaning.ask else ""

    @asynccontextmanager
    async def _kept(self, key: bytes) -> AsyncIterator[None]:
        """Keeps the message ours for as long as this takes; most take no time worth a task."""
        renewing: list[asyncio.Task[None]] = []
        pause = LEASE.total_seconds() / 3
        loop = asyncio.get_running_loop()
        waiting = loop.call_later(pause, lambda: renewing.append(loop.create_task(self._renew(key, pause))))
        try:
            yield
        finally:
            waiting.cancel()
            for task in renewing:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def _renew(self, key: bytes, pause: float) -> None:
        while True:
            with contextlib.suppress(SQLAlchemyError, OSError):
                await self._claims.renew(key)
            await asyncio.sleep(pause)
