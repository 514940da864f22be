"""An official account as tests run it: the platform's stand-in, our webhook over HTTP, the real assistant behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import composition
from bot.assistant import Assistant
from bot.channel import Caller
from bot.channels.wechat import webhook
from bot.channels.wechat.account import Mode, WechatAccount
from bot.channels.wechat.answering import Farewell
from bot.channels.wechat.service import Wechat, opened_wechat
from bot.messages import MessageIn
from bot.secrets.sealing import Secrets
from bot.sim.listening import listening
from bot.sim.wechat.account import Mode as SimMode
from bot.sim.wechat.account import SimAccount
from bot.sim.wechat.platform import WeChatPlatform
from bot.store.sessions import DatabaseSessions
from dialogues.reply import Reply
from dialogues.state import State
from nlu.client import NluClient

TODAY = date(2021, 11, 20)
SECRETS = Secrets(b"a key of the tests, 32 bytes long" * 2)
SUIXI, LIUQIAO = "340621", "340621102"


@dataclass
class Desk:
    """An attendant that answers at once, after `wait` seconds or when its `gate` opens; `says` None lets the dialogue answer.

    `reached` is set as soon as it has heard a message.
    """

    says: Callable[[str], str] | None = None
    wait: float = 0.0
    heard: list[str] = field(default_factory=list)
    places: list[str | None] = field(default_factory=list)
    broken: bool = False
    gate: asyncio.Event | None = None
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def attend(self, message: MessageIn, caller: Caller, state: State, today: date) -> Reply | None:
        self.heard.append(message.text)
        self.places.append(state.place)
        self.reached.set()
        await asyncio.sleep(self.wait)
        if self.gate is not None:
            await self.gate.wait()
        if self.broken:
            raise RuntimeError("what a resident wrote stands here")
        return None if self.says is None else Reply(self.says(message.text), "answered", "smalltalk")


def account_of(sim: SimAccount, name: str = "suixi", **given: object) -> WechatAccount:
    fields: dict[str, object] = {
        "name": name,
        "app_id": sim.app_id,
        "secret": SecretStr(sim.secret),
        "token": SecretStr(sim.token),
        "aes_key": SecretStr(sim.aes_key),
        "mode": Mode(sim.mode.value),
        "region": "濉溪县",
    }
    return WechatAccount.model_validate(fields | given)


@dataclass
class Office:
    """What a test works with."""

    platform: WeChatPlatform
    wechat: Wechat
    desk: Desk
    url: str
    engine: AsyncEngine


def assistant_of(engine: AsyncEngine, desk: Desk, client: NluClient) -> Assistant:
    sessions = DatabaseSessions(engine, composition.knowledge().facts, SECRETS)
    return replace(composition.assemble(client, sessions, TODAY), attendants=(desk,))


@asynccontextmanager
async def process(
    engine: AsyncEngine,
    account: WechatAccount,
    desk: Desk,
    api: str,
    client: NluClient | None = None,
    farewells: Sequence[Farewell] = (),
    in_time: float = 4.0,
) -> AsyncIterator[tuple[Wechat, str]]:
    """One process of ours: a service of its own over the database of all, and its address."""
    async with AsyncExitStack() as stack:
        nlu = client or await stack.enter_async_context(NluClient("http://127.0.0.1:9", timeout=0.2))
        assistant = assistant_of(engine, desk, nlu)
        opened = opened_wechat([account], assistant, engine, SECRETS, api, farewells, in_time)
        wechat = await stack.enter_async_context(opened)
        app = FastAPI()
        webhook.add_webhook(app, wechat)
        url = await stack.enter_async_context(listening(app))
        yield wechat, f"{url}/wechat/{account.name}"


@asynccontextmanager
async def opened(
    engine: AsyncEngine,
    sim: SimAccount | None = None,
    desk: Desk | None = None,
    client: NluClient | None = None,
    farewells: Sequence[Farewell] = (),
    in_time: float = 4.0,
    **given: object,
) -> AsyncIterator[Office]:
    """An account whose platform delivers to one process of ours."""
    sim, desk = sim or SimAccount(), desk or Desk(says=lambda text: f"听到：{text}")
    account = account_of(sim, **given)
    async with (
        WeChatPlatform(sim) as platform,
        process(engine, account, desk, platform.api_url, client, farewells, in_time) as (wechat, url),
    ):
        platform.send_to(url)
        yield Office(platform, wechat, desk, url, engine)


__all__ = ["LIUQIAO", "SECRETS", "SUIXI", "TODAY", "Desk", "Office", "SimMode", "account_of", "opened", "process"]
