"""`python -m benchmarks.wechat`: encrypted WeChat messages a second through `canbao run`, the platform's stand-in beside it."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import psutil

from benchmarks.latency import Spread
from benchmarks.questions import DAY, QUESTIONS
from bot.channels.wechat import wording
from bot.project import PROJECT
from bot.sim.wechat.account import CUSTOM_SEND, SimAccount
from bot.sim.wechat.delivery import Delivered
from bot.sim.wechat.platform import WeChatPlatform
from bot.sim.wechat.push import Push
from nlu.rasa_process import free_port

PEOPLE = 500
DUPLICATES, DISORDER = 0.2, 0.05


@dataclass(frozen=True)
class Rate:
    """Messages sent at a fixed rate: what came back in time, how long each took, processor time of each part."""

    asked_a_second: float
    answered_a_second: float
    asked_back: int
    """Told 现在有点忙 or 还在查, since too many asked at once."""
    not_answered: int
    milliseconds: Spread
    cores: Mapping[str, float]
    load_average: float


@dataclass(frozen=True)
class Storm:
    """Many messages, some twice, some out of order, as fast as they are answered."""

    messages: int
    deliveries: int
    a_second: float
    answered_once: int
    other_bytes: int
    faults: int
    sent_besides: int
    load_average: float


@asynccontextmanager
async def service(folder: Path, platform: WeChatPlatform) -> AsyncIterator[psutil.Process]:
    """`canbao run` with one account, over an SQLite database of its own."""
    port, sim = free_port(), platform.account
    account = {"name": "suixi", "app_id": sim.app_id, "secret": sim.secret, "token": sim.token}
    account |= {"aes_key": sim.aes_key, "region": "濉溪县", "mode": sim.mode.value}
    env = os.environ | {
        "CANBAO_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "CANBAO_SECRET_KEY": "5a" * 32,
        "CANBAO_WECHAT_ACCOUNTS": json.dumps([account]),
        "CANBAO_WECHAT_API": platform.api_url,
    }
    command = (Path(sys.executable).with_name("canbao"), "run", "--port", str(port), "--now", DAY.isoformat())
    child = await asyncio.create_subprocess_exec(*command, cwd=PROJECT, env=env, stdout=asyncio.subprocess.PIPE)
    try:
        assert child.stdout is not None
        while not (line := await child.stdout.readline()).startswith(b"ready"):
            if not line:
                raise SystemExit(f"benchmarks: canbao run ended with {await child.wait()}; what it said is above")
        platform.send_to(f"http://127.0.0.1:{port}/wechat/suixi")
        yield psutil.Process(child.pid)
    finally:
        child.send_signal(signal.SIGTERM)
        await child.wait()


def pushes(platform: WeChatPlatform, count: int) -> list[Push]:
    """Questions of many people."""
    people = [platform.follower() for _ in range(PEOPLE)]
    return [people[at % PEOPLE].text(QUESTIONS[at % len(QUESTIONS)]) for at in range(count)]


async def at_rate(platform: WeChatPlatform, bot: psutil.Process, rate: float, seconds: float) -> Rate:
    """Sends at the rate, whatever comes back."""
    before, began = _processor(bot), time.perf_counter()
    sending = [
        asyncio.create_task(_later(platform, push, began + at / rate))
        for at, push in enumerate(pushes(platform, int(rate * seconds)))
    ]
    seen = await asyncio.gather(*sending)
    took = time.perf_counter() - began
    cores = {name: round((spent - before[name]) / took, 2) for name, spent in _processor(bot).items()}
    shown = [one for one in seen if one.text is not None and one.fault is None]
    good = [one for one in shown if one.text not in (wording.ASK_AGAIN, wording.WAIT)]
    spread = Spread.of([one.attempts[0].seconds * 1000 for one in seen])
    load = round(os.getloadavg()[0], 1)
    back = len(shown) - len(good)
    return Rate(rate, round(len(good) / took, 1), back, len(seen) - len(shown), spread, cores, load)


async def _later(platform: WeChatPlatform, push: Push, when: float) -> Delivered:
    await asyncio.sleep(max(0.0, when - time.perf_counter()))
    return await platform.deliver(push)


async def storm(platform: WeChatPlatform, count: int) -> Storm:
    """A fifth twice, a twentieth late; counts whose answers differ between two deliveries."""
    before, began = len(platform.calls(CUSTOM_SEND)), time.perf_counter()
    seen = await platform.storm(pushes(platform, count), DUPLICATES, DISORDER, at_once=40, rng=Random(5))
    took = time.perf_counter() - began
    bodies = [
        {one.last.body if isinstance(one, Delivered) else one.body for one in answers} for answers in seen.values()
    ]
    shown = [sum(isinstance(one, Delivered) and one.text is not None for one in answers) for answers in seen.values()]
    faults = sum(isinstance(one, Delivered) and one.fault is not None for answers in seen.values() for one in answers)
    deliveries = sum(map(len, seen.values()))
    besides = len(platform.calls(CUSTOM_SEND)) - before
    once = sum(one == 1 for one in shown)
    load = round(os.getloadavg()[0], 1)
    differ = sum(len(one) > 1 for one in bodies)
    return Storm(count, deliveries, round(deliveries / took, 1), once, differ, faults, besides, load)


def _processor(bot: psutil.Process) -> dict[str, float]:
    """Seconds of processor time spent so far: our process, its NLU server where it is a child, this stand-in."""
    children = bot.children(recursive=True)
    return {
        "bot": sum(bot.cpu_times()[:2]),
        "nlu": sum(sum(one.cpu_times()[:2]) for one in children),
        "stand-in": sum(psutil.Process().cpu_times()[:2]),
    }


async def measured(rate: float, seconds: float, messages: int) -> tuple[Rate, Storm | None]:
    """Warm, then at the rate, then the storm."""
    with tempfile.TemporaryDirectory() as folder:
        async with WeChatPlatform(SimAccount()) as platform, service(Path(folder), platform) as bot:
            await storm(platform, 100)
            rated = await at_rate(platform, bot, rate, seconds)
            return rated, await storm(platform, messages) if messages else None


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wechat", description=__doc__)
    parser.add_argument("--rate", type=float, default=200, help="messages a second (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=10, help="for how long (default: %(default)s)")
    parser.add_argument(
        "--storm", type=int, default=0, metavar="N", help="then N messages, some twice, some out of order"
    )
    given = parser.parse_args()
    for one in asyncio.run(measured(given.rate, given.seconds, given.storm)):
        if one is not None:
            print(json.dumps({type(one).__name__.lower(): asdict(one)}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
