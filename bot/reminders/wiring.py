"""What reminders add to a service: the conversation about them, and the worker."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.assistant import Assistant
from bot.channel import Channel, Sender
from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.quota import Quota
from bot.channels.wechat.sending import Sending, WechatSender
from bot.channels.wechat.service import Wechat, utc_now
from bot.channels.wechat.token import AccessTokens
from bot.reminders.consents import Consents
from bot.reminders.desk import ReminderDesk
from bot.reminders.notices import Notices
from bot.reminders.outbox import Outbox
from bot.reminders.plan import Planner
from bot.reminders.worker import Worker, working
from bot.secrets.sealing import Secrets
from dialogues.disclosure import Disclosure
from policy_kb.knowledge import KnowledgeBase


def worker_of(
    kb: KnowledgeBase,
    engine: AsyncEngine,
    secrets: Secrets,
    senders: Mapping[Channel, Sender],
    notices: Notices | None = None,
    today: date | None = None,
) -> Worker:
    """A worker over one database and the channels that are there."""
    return Worker(kb, Planner(engine, secrets, kb), Outbox(engine, secrets), senders, notices, today)


@asynccontextmanager
async def wechat_ways(
    accounts: Sequence[WechatAccount], engine: AsyncEngine, secrets: Secrets, base: str
) -> AsyncIterator[tuple[WechatSender, Notices]]:
    """What a command sends with: the service's quota and tokens, without its webhook."""
    by_name = {one.name: one for one in accounts}

    def known(account: str, openid: str) -> bytes:
        return secrets.find_key(openid, "wechat_message.caller", account)

    async with WechatApi(AccessTokens(engine, secrets, uuid.uuid4().hex, utc_now), base) as api:
        sending = Sending(api, Quota(engine, utc_now), known)
        yield WechatSender(sending, by_name), Notices(by_name, api)


@asynccontextmanager
async def reminding(
    assistant: Assistant,
    engine: AsyncEngine,
    secrets: Secrets,
    senders: Mapping[Channel, Sender],
    wechat: Wechat | None = None,
) -> AsyncIterator[None]:
    """Attends to 提醒我 and 退订, and sends reminders, while the block lasts."""
    able = frozenset(one for one in senders if one.ceiling >= Disclosure.OWN_RECORD)
    # before binding's desk: of two questions that a bare 好 may answer, this one was asked last
    assistant.attendants = (ReminderDesk(Consents(engine, secrets), able), *assistant.attendants)
    if not able:
        yield
        return
    notices = Notices({name: one.account for name, one in wechat.works.items()}, wechat.api) if wechat else None
    async with working(worker_of(assistant.kb, engine, secrets, senders, notices, assistant.today)):
        yield
