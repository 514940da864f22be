"""A request of the platform is answered within its time: claimed once, joined by its retries, promised where it takes longer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError

from bot.assistant import origin
from bot.channels.wechat import wording
from bot.channels.wechat.claims import Claims
from bot.channels.wechat.inbound import Inbound
from bot.channels.wechat.stages import Taken
from bot.channels.wechat.work import Message, Work

log = logging.getLogger(__name__)

IN_TIME = 4.0
"""Seconds after which the caller is told to wait; the platform hangs up after 5."""
AT_LAST = 0.4
"""Seconds more that noting this may take."""
DATABASE = 2.0
"""Seconds a message waits for the database before it is answered without."""
CROWD = 60
"""Questions worked on at once, beyond which a new one is asked to come back: better than one that comes too late."""
BURST = 60.0
"""Seconds without such a crowd after which the next one is told anew in the log."""
REMEMBERED = 20.0
"""Seconds a body is held for retries where the database failed."""
LOOK_AGAIN = 0.1
_FAULTS = (SQLAlchemyError, OSError, TimeoutError)

KeyOf = Callable[[str, str], bytes]
"""The find key of a message or a caller: account, and what tells it from others."""


class Deliveries:
    """The messages that this process works on; what counts stands in the database."""

    def __init__(self, claims: Claims, message_key: KeyOf, caller_key: KeyOf, in_time: float = IN_TIME) -> None:
        self._claims = claims
        self._message_key = message_key
        self._caller_key = caller_key
        self._in_time = in_time
        self._running: dict[bytes, asyncio.Task[str]] = {}
        self._inside: set[bytes] = set()
        """Messages whose request waits at this moment."""
        self._crowded_at = float("-inf")

    async def body(self, work: Work, inbound: Inbound) -> str:
        """The body of the answer to one delivery of a message; never later than its time."""
        end = asyncio.get_running_loop().time() + self._in_time
        name = work.account.name
        key, caller = self._message_key(name, inbound.identity), self._caller_key(name, inbound.openid)
        message = Message(key, caller, inbound, work.answering.meaning(inbound))
        if self._crowded(message):
            return work.body(inbound, wording.ASK_AGAIN)
        self._inside.add(key)
        try:
            async with asyncio.timeout_at(end):
                return await self._found_or_made(work, message)
        except TimeoutError:
            return await self._promised(work, message)
        finally:
            self._inside.discard(key)

    def _crowded(self, message: Message) -> bool:
        """Whether this is one question too many; what must not get lost, such as leaving, is taken in any case."""
        here = self._inside | self._running.keys()
        if message.meaning.ask is None or message.key in here or len(here) < CROWD:
            return False
        now = asyncio.get_running_loop().time()
        if now - self._crowded_at > BURST:
            log.warning("more than %s questions at once: callers are asked to come back", CROWD)
        self._crowded_at = now
        return True

    async def _found_or_made(self, work: Work, message: Message) -> str:
        task = self._running.get(message.key)
        if task is None:
            try:
                async with asyncio.timeout(DATABASE):
                    taken = await self._take(work, message)
            except _FAULTS as error:
                log.error("the database fails (%s): a message is answered without being claimed", type(error).__name__)
                task = self._running.get(message.key) or self._begin(work, message.key, work.without_database(message))
                return await asyncio.shield(task)
            if taken.body is not None:
                return taken.body
            task = self._running.get(message.key)
            if task is None and not taken.mine:
                return await self._elsewhere(work, message)
            task = task or self._begin(work, message.key, work.answer(_around(message, taken)))
        return await asyncio.shield(task)

    async def _take(self, work: Work, message: Message) -> Taken:
        meaning, name = message.meaning, work.account.name
        return await self._claims.take(message.key, message.caller, name, message.inbound.xml, meaning.earns)

    async def _elsewhere(self, work: Work, message: Message) -> str:
        """Waits for the process that computes a message; goes on in its place where it says nothing any more."""
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            body = await self._claims.body(message.key)
            if body is not None:
                return body
            taken = await self._claims.adopt(message.key)
            if taken is not None:
                return await asyncio.shield(self._begin(work, message.key, work.answer(_around(message, taken))))

    async def _promised(self, work: Work, message: Message) -> str:
        """The body that tells the caller to wait, or the answer that came in this very moment."""
        key, inbound, meaning = message.key, message.inbound, message.meaning
        body = work.body(inbound, wording.WAIT if meaning.ask or meaning.say else "")
        try:
            async with asyncio.timeout(AT_LAST):
                return body if await self._claims.promise(key, body) else await self._claims.body(key) or body
        except _FAULTS:
            log.error("the database fails: a caller is asked to come back")
            return work.body(inbound, wording.ASK_AGAIN)

    def finish(self, work: Work, message: Message) -> None:
        """Goes on with a message that another process, or this one before it was started again, left behind."""
        if message.key not in self._running:
            self._begin(work, message.key, self._finished(work, message))

    @staticmethod
    async def _finished(work: Work, message: Message) -> str:
        await work.finish(message)
        return ""

    def _begin(self, work: Work, key: bytes, coroutine: Coroutine[None, None, str]) -> asyncio.Task[str]:
        """Something that goes on when the platform hangs up."""
        task = asyncio.create_task(coroutine)
        self._running[key] = task
        task.add_done_callback(lambda done: self._ended(work, key, done))
        return task

    def _ended(self, work: Work, key: bytes, task: asyncio.Task[str]) -> None:
        if key in work.unnoted:
            asyncio.get_running_loop().call_later(REMEMBERED, self._running.pop, key, None)
        else:
            del self._running[key]
        if not task.cancelled() and (error := task.exception()) is not None:
            where = origin(error) if isinstance(error, Exception) else type(error).__name__
            log.error("a message could not be answered: %s", where)

    def works_on(self, key: bytes) -> bool:
        """Whether this process works on a message."""
        return key in self._running

    async def settle(self) -> None:
        """Lets what runs come to its end, for as long as the caller waits."""
        while self._running and any(not one.done() for one in self._running.values()):
            await asyncio.wait(self._running.values(), return_when=asyncio.ALL_COMPLETED)
            await asyncio.sleep(0)


def _around(message: Message, taken: Taken) -> Message:
    return replace(message, place=taken.place, waiting=taken.waiting)
