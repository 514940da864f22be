"""A process of ours to be killed: webhook and assistant over a database, an attendant that takes its time; see test_killed.py."""

from __future__ import annotations

import asyncio
import random
import sys

from fastapi import FastAPI
from office import SECRETS, Desk, account_of, assistant_of

from bot.channels.wechat import webhook
from bot.channels.wechat.service import opened_wechat
from bot.sim.listening import listening
from bot.sim.wechat.account import SimAccount
from bot.store.database import open_database
from nlu.client import NluClient


class Slow(Desk):
    """Sometimes quick, sometimes later than the platform waits."""

    async def attend(self, *given):  # type: ignore[no-untyped-def]
        self.wait = random.choice((0, 0.05, 0.3, 1.2))
        return await super().attend(*given)


async def main(database: str, api: str, port: int) -> None:
    engine = await open_database(database)
    assistant = assistant_of(engine, Slow(says=lambda said: f"查到了：{said}。"), NluClient("http://127.0.0.1:9"))
    account = account_of(SimAccount())
    async with opened_wechat([account], assistant, engine, SECRETS, api, in_time=0.6) as wechat:
        app = FastAPI()
        webhook.add_webhook(app, wechat)
        async with listening(app, port):
            print("ready", flush=True)
            await asyncio.Event().wait()


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
