"""The four ways to talk: each plays a whole scenario and gives the replies as they were shown."""

from __future__ import annotations

import asyncio
import os
import re

import httpx
from playwright.async_api import Page, expect
from scenario import Heard, Scenario, Turn, apart
from whole_program import CANBAO, ROOT

from bot.sim.telegram.chat import SimMessage
from bot.sim.telegram.server import TelegramServer
from bot.sim.wechat.platform import WeChatPlatform


def typed(turn: Turn, offered: tuple[str, ...]) -> str:
    """What is typed: the words, or the number of the choice."""
    return turn.say or str(offered.index(str(turn.choose)) + 1)


async def by_page(url: str, scenario: Scenario, code: str) -> list[Heard]:
    """The residents' page's own requests; a choice is tapped, which sends its label."""
    heard = []
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=30) as page:
        assert (await page.get("/")).status_code == 200
        for turn in scenario.turns:
            body = {"text": turn.say or turn.choose, "region": code, "conversation": "scenario"}
            answer = (await page.post("/page/messages", json=body)).json()
            heard.append(apart(answer["reply"], tuple(answer["choices"])))
    return heard


async def by_browser(page: Page, url: str, scenario: Scenario, code: str) -> list[Heard]:
    """The residents' page in Chromium; choices are buttons."""
    heard = []
    await page.goto(url)
    await page.select_option("#region", code)
    for at, turn in enumerate(scenario.turns, 1):
        if turn.say:
            await page.fill("#text", turn.say)
            await page.keyboard.press("Enter")
        else:
            await page.locator("article.bot").last.get_by_role("button", name=turn.choose, exact=True).click()
        await expect(page.locator("article.me")).to_have_count(at)
        await expect(page.locator("article.waiting")).to_have_count(0, timeout=20_000)
        last = page.locator("article.bot").last
        lines = await last.locator("p").all_inner_texts()
        heard.append(Heard("\n".join(lines), tuple(await last.locator(".choices button").all_inner_texts())))
    return heard


async def by_wechat(platform: WeChatPlatform, scenario: Scenario, labels: list[tuple[str, ...]]) -> list[Heard]:
    """A follower who types numbers; WeChat has no buttons, so the list must name the labels."""
    follower = platform.follower()
    heard: list[Heard] = []
    for turn, wanted in zip(scenario.turns, labels, strict=True):
        seen = await follower.says(typed(turn, heard[-1].choices if heard else ()))
        assert seen.fault is None
        assert seen.text is not None
        heard.append(apart(seen.text, wanted))
    return heard


async def by_telegram(server: TelegramServer, scenario: Scenario) -> list[Heard]:
    """A person who names the place by /place and taps buttons."""
    person = server.person()
    assert scenario.place in (await person.asks(f"/place {scenario.place}")).text
    heard: list[Heard] = []
    last: SimMessage | None = None
    for turn in scenario.turns:
        before = len(person.seen)
        if turn.choose and last:
            person.taps(last, turn.choose)
        else:
            person.says(str(turn.say))
        last = await person.hears(before, within=30)
        heard.append(Heard(last.text, tuple(last.labels)))
    return heard


async def by_terminal(scenario: Scenario, env: dict[str, str], labels: list[tuple[str, ...]]) -> list[Heard]:
    """`canbao chat` as a process; a choice is its number."""
    options = ["--region", scenario.place, "--now", str(scenario.now)]
    child = await asyncio.create_subprocess_exec(
        str(CANBAO), "chat", *options, cwd=ROOT, env=os.environ | env,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    offered: list[tuple[str, ...]] = [(), *labels]
    lines = [typed(turn, before) for turn, before in zip(scenario.turns, offered, strict=False)]
    out, _ = await asyncio.wait_for(child.communicate(("\n".join(lines) + "\n").encode()), 60)
    assert child.returncode == 0
    panels = re.findall(r"╭.*?╰", out.decode(), re.DOTALL)
    return [_in_panel(panel, wanted) for panel, wanted in zip(panels, labels, strict=True)]


def _in_panel(panel: str, labels: tuple[str, ...]) -> Heard:
    lines = [line.strip("│ ") for line in panel.split("\n")[1:-1]]
    listed = [f"{at}  {label}" for at, label in enumerate(labels, 1)]
    assert [one for one in lines if one in listed] == listed
    return Heard("\n".join(one for one in lines if one not in listed), labels)
