"""WeChat as the service runs it: every account's webhook and sender, and what is left behind taken up again."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.assistant import Assistant
from bot.channels.wechat.account import PLATFORM, WechatAccount
from bot.channels.wechat.answering import Answering, Farewell
from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.claims import Claims
from bot.channels.wechat.delivery import IN_TIME, Deliveries
from bot.channels.wechat.followers import Followers
from bot.channels.wechat.inbound import Inbound, read_inbound
from bot.channels.wechat.passive import SILENCE
from bot.channels.wechat.quota import Quota
from bot.channels.wechat.sending import Sending, WechatSender
from bot.channels.wechat.stages import OPEN, SENDING
from bot.channels.wechat.token import AccessTokens
from bot.channels.wechat.work import Message, Work
from bot.errors import RefusedPush, Unreadable
from bot.secrets.sealing import Secrets

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
"""Seconds between looks for what another process left behind."""
CLEAN_EVERY = 150
"""Looks between two cleanings."""
NO_RETRY = timedelta(seconds=20)
"""After this the platform no longer tries a message again (three times, five seconds apart)."""
TOLD = timedelta(hours=1)
"""How long it is remembered what was answered; a request older than five minutes is refused anyway."""


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class Wechat:
    """All accounts of this process. Raises UnknownRegion where an account's region is not known."""

    def __init__(
        self,
        accounts: Sequence[WechatAccount],
        assistant: Assistant,
        engine: AsyncEngine,
        secrets: Secrets,
        api: WechatApi,
        farewells: Sequence[Farewell] = (),
        owner: str = "",
        clock: Callable[[], datetime] = utc_now,
        in_time: float = IN_TIME,
    ) -> None:
        self._secrets = secrets
        self._claims = Claims(engine, secrets, owner or uuid.uuid4().hex, clock)
        self.api = api
        self.quota = Quota(engine, clock)
        sending = Sending(api, self.quota, self._caller_key)
        followers = Followers(engine, clock)
        self.works = {
            one.name: Work(one, Answering(one, assistant, farewells), self._claims, followers, sending, clock)
            for one in accounts
        }
        for work in self.works.values():
            work.answering.region  # noqa: B018 - an unknown region is told at the start, not to the first resident
        self.sender = WechatSender(sending, {one.name: one for one in accounts})
        self.deliveries = Deliveries(self._claims, self._message_key, self._caller_key, in_time)

    async def body(self, work: Work, inbound: Inbound) -> str:
        """The body of the answer to one delivery."""
        return await self.deliveries.body(work, inbound)

    def _message_key(self, account: str, identity: str) -> bytes:
        return self._secrets.find_key(identity, "wechat_message.key", account)

    def _caller_key(self, account: str, openid: str) -> bytes:
        return self._secrets.find_key(openid, "wechat_message.caller", account)

    async def take_up(self) -> None:
        """Goes on with what a process left behind when it ended, and notes what could not be noted."""
        for work in self.works.values():
            for key, body in list(work.unnoted.items()):
                await self._claims.settled(key, body)
                del work.unnoted[key]
        for key, stage, account in await self._claims.left_behind(self.works, NO_RETRY):
            if not self.deliveries.works_on(key):
                await self._take_up(self.works[account], key, stage)

    async def clean(self) -> None:
        """Deletes what was told long ago."""
        await self._claims.clean(TOLD)

    async def _take_up(self, work: Work, key: bytes, stage: str) -> None:
        if stage == SENDING:
            await self._claims.unsure(key)
            return
        if stage == OPEN:
            # nobody was answered and no retry will come: from here on it is told later, or not at all
            await self._claims.promise(key, SILENCE)
        taken = await self._claims.adopt(key)
        if taken is None:
            return
        try:
            inbound = read_inbound(taken.content or "")
        except (RefusedPush, Unreadable):
            await self._claims.finish(key)
            return
        caller = self._caller_key(work.account.name, inbound.openid)
        meaning = work.answering.meaning(inbound)
        message = Message(key, caller, inbound, meaning, taken.place, taken.waiting, taken.parts)
        self.deliveries.finish(work, message)

    async def run(self) -> None:
        """Takes up what is left behind, now and every few seconds, for ever."""
        for look in itertools.count():
            try:
                await self.take_up()
                if look % CLEAN_EVERY == 0:
                    await self.clean()
            except (SQLAlchemyError, OSError) as error:
                log.warning("what was left behind could not be looked for (%s)", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)


ENDING = 5.0
"""Seconds that running work gets when the service stops; what is left is taken up at the next start."""


@asynccontextmanager
async def opened_wechat(
    accounts: Sequence[WechatAccount],
    assistant: Assistant,
    engine: AsyncEngine,
    secrets: Secrets,
    base: str = PLATFORM,
    farewells: Sequence[Farewell] = (),
    in_time: float = IN_TIME,
) -> AsyncIterator[Wechat]:
    """The accounts, working until the block ends. Raises UnknownRegion."""
    async with AsyncExitStack() as stack:
        owner = uuid.uuid4().hex
        tokens = AccessTokens(engine, secrets, owner, utc_now)
        api = await stack.enter_async_context(WechatApi(tokens, base))
        wechat = Wechat(accounts, assistant, engine, secrets, api, farewells, owner, in_time=in_time)
        if not accounts:
            yield wechat
            return
        looking = asyncio.create_task(wechat.run())
        try:
            yield wechat
        finally:
            looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await looking
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ENDING):
                    await wechat.deliveries.settle()
