"""Suixi with fictional residents, their accounts and consents, and the real sender over WeChat's stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession
from stdnum.cn import ric

from bot import composition
from bot.audit.journal import Journal
from bot.binding.accounts import Accounts
from bot.channel import Caller, Channel
from bot.channels.wechat.account import ReminderNotice, WechatAccount
from bot.channels.wechat.meaning import Earned
from bot.channels.wechat.quota import earn
from bot.records.person_name import tidy_name
from bot.records.resident import id_key, name_key
from bot.reminders.consents import OUTBOX, Consents
from bot.reminders.notices import Notices
from bot.reminders.outbox import Outbox
from bot.reminders.plan import Planner
from bot.reminders.wiring import wechat_ways
from bot.reminders.worker import Worker
from bot.secrets.sealing import Place, Secrets
from bot.sim.wechat.follower import Follower
from bot.sim.wechat.platform import WeChatPlatform
from bot.store.tables.records import EnrolmentRow, GuardianRow, ResidentRow

KEY = "5e" * 32
SECRETS = Secrets(bytes.fromhex(KEY))
SUIXI, TOWN = "340621", "340621105"
TODAY = date(2021, 12, 17)
"""Fourteen days before the window of Suixi's 2022 notice closes."""
TEMPLATE = "sim-reminder-template"
ACCOUNT = WechatAccount(
    name="suixi",
    app_id="wx0000000000000000",
    secret="0123456789abcdef0123456789abcdef",
    token="canbaoSimToken",
    aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    region=SUIXI,
)
NOTICE = ReminderNotice(template=TEMPLATE, fields={"thing1": "what", "time2": "day", "thing3": "stop"})


def id_number(born: date, order: int) -> str:
    """A fictional ID number: a valid check digit under a county code that is not assigned."""
    body = f"340699{born:%Y%m%d}{order:03d}"
    return body + ric.calc_check_digit(body + "0")


@dataclass
class Clock:
    """A clock that is moved by hand, at noon in China."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(hour=4))

    def __call__(self) -> datetime:
        return self.now

    def passes(self, span: timedelta) -> None:
        self.now += span


@dataclass
class County:
    """What a test works with; `ways` are the real WechatSender and Notices."""

    engine: AsyncEngine
    platform: WeChatPlatform
    worker: Worker
    consents: Consents
    clock: Clock

    @property
    def database(self) -> str:
        """The address of the database, for a process of its own."""
        return self.engine.url.render_as_string(hide_password=False)

    async def resident(self, id: int, born: date = date(1985, 6, 1), paid: bool = False, guardian: int = 0) -> None:
        """Writes a resident into the register."""
        number, name = id_number(born, id), f"虚构{'甲乙丙丁戊己庚辛壬癸'[id % 10]}"
        async with AsyncSession(self.engine) as session:
            session.add(
                ResidentRow(
                    id=id, id_key=id_key(SECRETS, number), name_key=name_key(SECRETS, tidy_name(name), TOWN),
                    sealed_id=SECRETS.seal(number, Place("resident", "sealed_id", id)),
                    sealed_name=SECRETS.seal(name, Place("resident", "sealed_name", id)),
                    birth_date=born, region=SUIXI, town=TOWN, village="虚构村", hukou="local", fictional=True,
                )
            )  # fmt: skip
            await session.commit()
            if guardian:
                session.add(GuardianRow(ward_id=id, guardian_id=guardian, relation="母亲"))
                await session.commit()
        if paid:
            await self.pays(id)

    async def pays(self, id: int, year: int = 2022) -> None:
        """Writes a payment into the register."""
        async with AsyncSession(self.engine) as session:
            session.add(EnrolmentRow(resident_id=id, year=year, status="paid", paid_on=TODAY, amount=32000))
            await session.commit()

    async def bound(self, id: int, consent: bool = True, wrote: bool = True) -> tuple[Follower, Caller, int]:
        """A follower bound to a resident, who agreed and wrote a moment ago, unless told otherwise."""
        follower = self.platform.follower()
        caller = Caller(Channel.WECHAT, ACCOUNT.name, follower.openid)
        accounts = Accounts(self.engine, SECRETS, Journal(self.engine))
        assert await accounts.bind(caller, id, "2026-11", datetime.now(UTC))
        binding = await self.consents.binding_of(caller)
        assert binding is not None
        if consent:
            await self.consents.give(binding)
        if wrote:
            await self.writes(follower)
        return follower, caller, binding

    async def writes(self, follower: Follower) -> None:
        """A message of the follower's opens the window, at the platform and in our ledger."""
        follower.quota.earn(None, self.platform.now())
        key = SECRETS.find_key(follower.openid, "wechat_message.caller", ACCOUNT.name)
        async with self.engine.begin() as connection:
            await connection.run_sync(lambda it: earn(it, key, Earned.MESSAGE, datetime.now(UTC)))

    async def goes(self, today: date = TODAY) -> dict[str, int]:
        """One round of the worker on that day."""
        self.worker.today = today
        await self.worker.planner.plan(today)
        return await self.worker.send_due()

    async def states(self) -> list[tuple[str, str]]:
        """State and reason of every row of the outbox."""
        async with self.engine.connect() as connection:
            rows = (await connection.execute(select(OUTBOX.c.state, OUTBOX.c.reason).order_by(OUTBOX.c.id))).all()
        return [(row.state, row.reason) for row in rows]


def got(follower: Follower) -> list[str]:
    """What the follower was sent."""
    return [line.text for line in follower.screen if line.who == "account"]


@asynccontextmanager
async def county(engine: AsyncEngine, platform: WeChatPlatform) -> AsyncIterator[County]:
    clock = Clock()
    kb = composition.knowledge()
    async with wechat_ways([ACCOUNT], engine, SECRETS, platform.api_url) as (sender, notices):
        worker = Worker(
            kb,
            Planner(engine, SECRETS, kb, clock),
            Outbox(engine, SECRETS, clock),
            {Channel.WECHAT: sender},
            notices,
            TODAY,
            pace=0,
            clock=clock,
        )
        yield County(engine, platform, worker, Consents(engine, SECRETS, clock), clock)


def with_notice(suixi: County) -> None:
    """The account gets a subscription notice."""
    notices = suixi.worker.notices
    assert notices is not None
    account = ACCOUNT.model_copy(update={"reminder": NOTICE})
    suixi.worker.notices = Notices({ACCOUNT.name: account}, notices.api)
