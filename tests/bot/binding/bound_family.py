"""A register with one fictional family, and a WeChat user who talks to the real assistant over a database of its own."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession
from stdnum.cn import ric

sys.path.insert(0, str(Path(__file__).parents[2] / "dialogues"))
from talk import SUIXI, ranking, reader

from bot.assistant import Assistant
from bot.channel import Caller, Channel
from bot.messages import MessageIn, MessageOut
from bot.records.person_name import tidy_name
from bot.records.resident import id_key, name_key
from bot.secrets.sealing import Place, Secrets
from bot.store.tables.records import (
    CategorySpellRow,
    EnrolmentRow,
    GuardianRow,
    HouseholdRow,
    ResidentRow,
)

SECRETS = Secrets(bytes(range(32)))
TODAY = date(2021, 11, 5)
TOWN = "340621105"


def number(birth: str, order: str) -> str:
    """A fictional ID number: a valid check digit under a county code that is not assigned."""
    body = f"340699{birth}{order}"
    return body + ric.calc_check_digit(body + "0")


LAN, GUO, MING, HUA = (
    number("19500307", "002"),
    number("19480101", "001"),
    number("20160501", "003"),
    number("20000101", "004"),
)
NAMES = {1: "王桂兰", 2: "李建国", 3: "李小明", 4: "李小华"}


@dataclass
class Clock:
    now: datetime = datetime(2021, 11, 5, 4, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def resident_row(id: int, number: str, name: str, household: int | None = 1) -> ResidentRow:
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return ResidentRow(
        id=id,
        id_key=id_key(SECRETS, number),
        sealed_id=SECRETS.seal(number, Place("resident", "sealed_id", id)),
        name_key=name_key(SECRETS, tidy_name(name), TOWN),
        sealed_name=SECRETS.seal(name, Place("resident", "sealed_name", id)),
        birth_date=born,
        region=SUIXI,
        town=TOWN,
        village="虚构村",
        hukou="local",
        household_id=household,
        fictional=True,
    )


async def fill(engine: AsyncEngine) -> None:
    """王桂兰 (paid, 低保 until March), her husband, a grandson in her care and a grown one who was."""
    async with AsyncSession(engine) as session:
        session.add(
            HouseholdRow(
                id=1,
                region=SUIXI,
                number_key=b"household",
                sealed_number=SECRETS.seal("1", Place("household", "sealed_number", 1)),
            )
        )
        await session.flush()
        for at, one in enumerate((LAN, GUO, MING, HUA), 1):
            session.add(resident_row(at, one, NAMES[at]))
        await session.flush()
        session.add(GuardianRow(ward_id=3, guardian_id=1, relation="奶奶"))
        session.add(GuardianRow(ward_id=4, guardian_id=1, relation="奶奶"))
        session.add(
            CategorySpellRow(
                resident_id=1,
                category="低保对象",
                word="低保户",
                since=date(2019, 1, 1),
                until=date(2021, 3, 31),
                certified_by="县民政局",
            )
        )
        paid = {"year": 2022, "status": "paid", "paid_on": date(2021, 10, 20)}
        session.add(EnrolmentRow(resident_id=1, amount=32000, channel="微信", **paid))
        session.add(EnrolmentRow(resident_id=3, amount=32000, channel="银行", **paid))
        await session.commit()


@dataclass
class User:
    """Somebody who writes to the county's official account."""

    assistant: Assistant
    openid: str = "oOPENID0000000000000000000001"
    channel: Channel = Channel.WECHAT
    said: list[MessageOut] = field(default_factory=list)

    @property
    def caller(self) -> Caller:
        return Caller(self.channel, "gh_suixi", self.openid)

    async def say(self, text: str, *facets: str) -> str:
        """The text of the reply; `facets` is what the classifier makes of the words."""
        _, classifier = reader()
        classifier.error = None
        classifier.rankings.clear()
        classifier.rankings.append(ranking(*(facets or ("off_topic",))))
        message = MessageIn(id=len(self.said), text=text, region=SUIXI, now=TODAY)
        self.said.append(await self.assistant.answer(message, self.caller))
        return self.said[-1].reply

    async def bind(self, name: str = "王桂兰", number: str = LAN) -> str:
        """The whole binding conversation; the last reply."""
        for text in ("绑定", "同意", name):
            await self.say(text)
        return await self.say(number)


DAY = timedelta(days=1)
