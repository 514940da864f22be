"""One conversation engine behind every channel: the same scenario, the same replies but for the channel's form."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import async_playwright
from scenario import Heard, Scenario, bare, read
from ways import by_browser, by_page, by_telegram, by_terminal, by_wechat
from whole_program import CANBAO, ROOT, unless_ci

from bot.sim.telegram.server import TelegramServer
from bot.sim.wechat.account import SimAccount
from bot.sim.wechat.platform import WeChatPlatform
from nlu.rasa_process import free_port

SUIXI = "340621"
PATIENCE = 30.0


@dataclass(frozen=True)
class Program:
    """A `canbao run` that speaks with both stand-ins."""

    url: str
    platform: WeChatPlatform
    telegram: TelegramServer


def settings(account: SimAccount, platform: WeChatPlatform, telegram: TelegramServer, folder: Path) -> dict[str, str]:
    official = {
        "name": "suixi", "app_id": account.app_id, "secret": account.secret, "token": account.token,
        "aes_key": account.aes_key, "mode": str(account.mode), "region": "濉溪县",
    }  # fmt: skip
    return {
        "CANBAO_WECHAT_ACCOUNTS": json.dumps([official]),
        "CANBAO_WECHAT_API": platform.api_url,
        "CANBAO_TELEGRAM_TOKEN": telegram.token,
        "CANBAO_TELEGRAM_API": telegram.api_url,
        "CANBAO_DATABASE_URL": f"sqlite:///{folder / 'canbao.db'}",
        "CANBAO_SECRET_KEY": "5e" * 32,
        "CANBAO_API_TOKEN": "a-token-of-the-tests-only",
    }


@asynccontextmanager
async def program(scenario: Scenario, env: dict[str, str], folder: Path) -> AsyncIterator[Program]:
    """Both stand-ins, and the program between them in a process of its own."""
    account = SimAccount()
    async with WeChatPlatform(account, patience=PATIENCE) as platform, TelegramServer() as telegram:
        port = free_port()
        child = await asyncio.create_subprocess_exec(
            str(CANBAO), "run", "--now", str(scenario.now), "--port", str(port), cwd=ROOT,
            env=os.environ | env | settings(account, platform, telegram, folder),
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            assert child.stdout is not None
            assert b"ready" in await asyncio.wait_for(child.stdout.readline(), 120)
            url = f"http://127.0.0.1:{port}"
            platform.send_to(f"{url}/wechat/suixi")
            assert await platform.verify() is None
            yield Program(url, platform, telegram)
        finally:
            child.terminate()
            await asyncio.wait_for(child.wait(), 30)


def held(scenario: Scenario, heard: list[Heard]) -> None:
    """Every turn says what the scenario wants."""
    assert len(heard) == len(scenario.turns)
    for turn, reply in zip(scenario.turns, heard, strict=True):
        first = reply.words.split("\n")[0]
        assert turn.first in first, (turn, reply)
        assert all(bare(one) in bare(reply.words) for one in turn.holds), (turn, reply)
        assert reply.choices[: len(turn.choices)] == turn.choices, (turn, reply)


async def test_the_same_scenario_passes_on_all_four(nlu_url: str, tmp_path: Path) -> None:
    scenario = read("suixi-2022.yml")
    env = {"CANBAO_NLU_URL": nlu_url, "CANBAO_NLU_TIMEOUT": "15"}
    async with program(scenario, env, tmp_path) as running:
        page = await by_page(running.url, scenario, SUIXI)
        held(scenario, page)
        labels = [one.choices for one in page]
        terminal, wechat, telegram = await asyncio.gather(
            by_terminal(scenario, env, labels),
            by_wechat(running.platform, scenario, labels),
            by_telegram(running.telegram, scenario),
        )
        expected = [one.same for one in page]
        assert [one.same for one in wechat] == expected
        assert [one.same for one in telegram] == expected
        assert [one.same for one in terminal] == expected
        await browsed(running.url, scenario, expected)


async def browsed(url: str, scenario: Scenario, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """The page as a person sees it, where a browser is at hand."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        unless_ci("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        opened = await browser.new_page(locale="zh-CN")
        assert [one.same for one in await by_browser(opened, url, scenario, SUIXI)] == expected
        await browser.close()
