"""Customer-service messages (客服消息) in order and within the quota: late answers, operators' words, reminders."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.channel import Caller, Channel, Delivery
from bot.channels.wechat import codes
from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.pieces import pieces
from bot.channels.wechat.quota import Quota
from bot.channels.wechat.xml import writable
from bot.errors import WechatFailed, WechatRefused, WechatSilent

log = logging.getLogger(__name__)

SEND = "message/custom/send"
NOT_ALLOWED_FOR, USED_UP_FOR = timedelta(hours=6), timedelta(minutes=15)
"""How long an account is not tried again: without the right; with the day's or minute's calls used up."""

Note = Callable[[Sequence[str]], Awaitable[bool]]
"""Told what is left, before its first part is sent; False stops."""


@dataclass(frozen=True)
class Sent:
    """How far it went: the parts that did not arrive for sure, and why."""

    outcome: Delivery
    left: tuple[str, ...] = ()


async def _unnoted(_: Sequence[str]) -> bool:
    return True


class Sending:
    """Sends for every account of this service; `known` gives a caller's find key."""

    def __init__(self, api: WechatApi, quota: Quota, known: Callable[[str, str], bytes]) -> None:
        self._api = api
        self._quota = quota
        self._known = known

    async def parts(self, account: WechatAccount, openid: str, parts: Sequence[str], note: Note = _unnoted) -> Sent:
        """Sends all parts or none where the quota has not as many; stops where one does not go through."""
        caller = self._known(account.name, openid)
        if not account.customer_service or await self._quota.silent(account.name):
            return Sent(Delivery.NOT_POSSIBLE, tuple(parts))
        grant = await self._quota.reserve(caller, len(parts))
        if grant is None:
            inside = await self._quota.in_window(caller)
            return Sent(Delivery.OVER_QUOTA if inside else Delivery.OUT_OF_WINDOW, tuple(parts))
        for at, part in enumerate(parts):
            if not await note(parts[at:]):
                await self._quota.give_back(caller, grant, len(parts) - at)
                return Sent(Delivery.NOT_POSSIBLE, tuple(parts[at:]))
            refusal = await self._one(account, caller, openid, part)
            if refusal is not None:
                # what was refused did not count; what nobody answered may have
                await self._quota.give_back(caller, grant, len(parts) - at - (refusal is Delivery.UNREACHABLE))
                return Sent(refusal, tuple(parts[at:]))
        return Sent(Delivery.SENT)

    async def _one(self, account: WechatAccount, caller: bytes, openid: str, text: str) -> Delivery | None:
        """None where it went through."""
        body = {"touser": openid, "msgtype": "text", "text": {"content": writable(text)}}
        try:
            await self._api.call(account, SEND, body, once=True)
        except WechatRefused as error:
            await self._learn(account, caller, error.code)
            log.warning("a message was not sent: %s", error)
            return codes.DELIVERIES.get(error.code, Delivery.NOT_POSSIBLE)
        except WechatSilent as error:
            log.warning("a message may not have arrived and is not sent again: %s", error)
            return Delivery.UNREACHABLE
        except WechatFailed as error:
            log.warning("a message was not sent: %s", error)
            return Delivery.NOT_POSSIBLE
        return None

    async def _learn(self, account: WechatAccount, caller: bytes, code: int) -> None:
        """What a refusal tells about the next message."""
        if code in (codes.OUT_OF_COUNT, codes.OUT_OF_TIME):
            await self._quota.exhausted(caller)
        elif code in codes.NOT_ALLOWED:
            await self._quota.be_silent(account.name, NOT_ALLOWED_FOR)
        elif code in (codes.DAY_USED_UP, codes.MINUTE_USED_UP):
            await self._quota.be_silent(account.name, USED_UP_FOR)


class WechatSender:
    """bot.channel.Sender for WeChat: what an operator writes, what was asked to be reminded of."""

    def __init__(self, sending: Sending, accounts: Mapping[str, WechatAccount]) -> None:
        self._sending = sending
        self._accounts = accounts

    async def send(self, caller: Caller, text: str) -> Delivery:
        """Sends `text`, in as many messages as it takes, all or none by the quota."""
        account = self._accounts.get(caller.account) if caller.channel is Channel.WECHAT else None
        if account is None or not text.strip():
            return Delivery.NOT_POSSIBLE
        return (await self._sending.parts(account, caller.user, pieces(writable(text)))).outcome
