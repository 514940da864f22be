"""The process is killed again and again while messages come in: none is told twice, none is promised and lost."""

from __future__ import annotations

import asyncio
import random
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from pathlib import Path

from office import SimMode
from whole_program import ROOT

from bot.channels.wechat import wording
from bot.sim.wechat.account import CUSTOM_SEND, SimAccount
from bot.sim.wechat.delivery import Delivered
from bot.sim.wechat.platform import WeChatPlatform
from nlu.rasa_process import free_port

HERE = Path(__file__).parent
KILLS = 3
MESSAGES = 60


async def started(database: str, api: str, port: int) -> Process:
    paths = f"{ROOT}:{ROOT / 'tests'}:{HERE}"
    command = (sys.executable, str(HERE / "shop.py"), database, api, str(port))
    child = await asyncio.create_subprocess_exec(*command, env={"PYTHONPATH": paths}, stdout=PIPE, stderr=PIPE)
    assert child.stdout is not None
    assert await child.stdout.readline() == b"ready\n", (await child.communicate())[1].decode()[-2000:]
    return child


async def test_none_is_told_twice_and_none_is_promised_and_lost(tmp_path: Path) -> None:
    database, port, rng = f"sqlite:///{tmp_path / 'canbao.db'}", free_port(), random.Random(11)
    async with WeChatPlatform(SimAccount(mode=SimMode.SAFE), patience=3.0) as platform:
        platform.send_to(f"http://127.0.0.1:{port}/wechat/suixi")
        child = await started(database, platform.api_url, port)
        people = [platform.follower() for _ in range(MESSAGES)]
        pushes = [one.text(f"问题{at}") for at, one in enumerate(people)]
        asking = [asyncio.create_task(_asked(platform, push, at * 0.12)) for at, push in enumerate(pushes)]
        for _ in range(KILLS):
            await asyncio.sleep(rng.uniform(1.0, 2.0))
            child.kill()
            await child.wait()
            child = await started(database, platform.api_url, port)
        seen = dict(zip([one.openid for one in people], await asyncio.gather(*asking), strict=True))
        for at, one in enumerate(people):
            await _told(platform, one.openid, f"查到了：问题{at}。", seen[one.openid])
        child.terminate()
        await child.wait()
    sent = Counter(str(call["touser"]) for call in platform.calls(CUSTOM_SEND))
    assert max(sent.values(), default=0) <= 1, "no customer-service message twice"
    for at, one in enumerate(people):
        if seen[one.openid].text == f"查到了：问题{at}。":
            assert sent[one.openid] == 0, "nor one after the answer itself"


async def _asked(platform: WeChatPlatform, push, after: float) -> Delivered:  # type: ignore[no-untyped-def]
    await asyncio.sleep(after)
    return await platform.deliver(push)


async def _told(platform: WeChatPlatform, openid: str, answer: str, seen: Delivered) -> None:
    """The person has the answer, or gets it by 1; only who saw the platform's own fault may have none."""
    person = platform.follower(openid)
    for _ in range(60):
        if any(line.text == answer for line in person.screen):
            return
        if seen.text == wording.WAIT and (await person.says("1")).text == answer:
            return
        await asyncio.sleep(0.5)
        if seen.fault and not any(line.text == wording.WAIT for line in person.screen):
            return
    raise AssertionError(f"promised and lost: {person.screen}")
