"""What is said to a message: by the assistant, for the caller and the place of the account, or in words of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.assistant import Assistant, region_code
from bot.channel import Caller, Channel
from bot.channels.wechat import wording
from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.inbound import Inbound
from bot.channels.wechat.meaning import Meaning, meaning_of
from bot.errors import CanbaoError
from bot.messages import MessageIn
from bot.sessions import Leave
from dialogues.state import State
from policy_kb.errors import PolicyError

LONGEST = 60.0
"""Seconds after which a question is given up."""

Farewell = Callable[[Caller], Awaitable[object]]
"""Deletes what somebody else keeps of a caller who leaves: a binding, reminders."""


@dataclass(frozen=True)
class Answering:
    """One account's answers; raises UnknownRegion where its region is not known."""

    account: WechatAccount
    assistant: Assistant
    farewells: Sequence[Farewell] = ()

    @cached_property
    def region(self) -> str:
        """The code of the account's county."""
        return region_code(self.assistant.kb, self.account.region)

    def caller(self, openid: str) -> Caller:
        """Who wrote, as the rest of the program knows them."""
        return Caller(Channel.WECHAT, self.account.name, openid)

    def meaning(self, inbound: Inbound) -> Meaning:
        """What is asked of us."""
        return meaning_of(inbound, self.region, self.assistant.kb)

    async def words(self, meaning: Meaning, openid: str, place: str | None, leave: Leave | None = None) -> str:
        """The answer; empty: silence. `place`: the region a code set before; `leave`: as `Assistant.answer` has it."""
        caller = self.caller(openid)
        if meaning.place is not None:
            await self._move(caller, meaning.place)
        if meaning.leaves:
            await self._leave(caller)
        if meaning.ask is None:
            return meaning.say or ""
        return await self._asked(meaning.ask, caller, place or self.region, leave)

    async def _asked(self, text: str, caller: Caller, region: str, leave: Leave | None) -> str:
        failed = wording.FAILED.format(hotline=self.assistant.kb.hotline)
        try:
            async with asyncio.timeout(LONGEST):
                reply = await self.assistant.answer(MessageIn(id="wechat", text=text), caller, region, leave)
        except (CanbaoError, PolicyError, TimeoutError):
            return failed
        return reply.reply

    async def _move(self, caller: Caller, place: str) -> None:
        sessions = self.assistant.sessions
        state = await sessions.load(caller.session) or State()
        await sessions.save(caller.session, replace(state, place=place, place_source="account"))

    async def _leave(self, caller: Caller) -> None:
        await self.assistant.sessions.forget(caller.session)
        for farewell in self.farewells:
            await farewell(caller)
