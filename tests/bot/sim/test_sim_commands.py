"""The stand-ins as commands: typed into through a pipe, and WeChat's page in a real browser."""

from __future__ import annotations

import asyncio
import os
import shutil

import pytest
from developer import Developer
from playwright.async_api import async_playwright, expect
from typer.testing import CliRunner
from whole_program import CANBAO, ROOT, unless_ci

from bot.cli import app
from bot.sim.listening import listening
from bot.sim.wechat.account import SimAccount
from bot.sim.wechat.page import WeChatPage


async def typed(*arguments: str, lines: str = "") -> tuple[int, str, str]:
    """Status, output and complaints of `canbao sim` with these lines typed into it."""
    child = await asyncio.create_subprocess_exec(
        str(CANBAO), "sim", *arguments, cwd=ROOT, env=os.environ,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, complaints = await asyncio.wait_for(child.communicate(lines.encode()), 60)
    return int(child.returncode or 0), out.decode(), complaints.decode()


async def test_typing_into_wechat_shows_what_the_person_and_what_the_developer_sees() -> None:
    developer = Developer(SimAccount())
    async with listening(developer.app()) as url:
        lines = "低保户要交多少\n/重发\n/关注 340621105\n/位置 33.9,116.7 濉溪县\n/位置 哪里\n/菜单\n/跳舞\n"
        status, out, complaints = await typed("wechat", "--callback", f"{url}/wechat", "--port", "0", lines=lines)
        _, jumbled, _ = await typed("wechat", "--callback", f"{url}/wechat", "--port", "0", lines="/乱序 一；二\n")
        developer.raw = b"{}"
        _, broken, _ = await typed("wechat", "--callback", f"{url}/wechat", "--port", "0", lines="你好\n")
    assert status == 0, complaints
    assert out.startswith("> 低保户要交多少\n< 低保户要交多少\n! [第二遍：状态 200，")
    assert "< SubscribeScanEvent\n" in out
    assert "< LocationMessage\n" in out
    assert out.count("! [") == 4
    assert jumbled == "> 一\n> 二\n< 二\n< 一\n"
    assert "! 该公众号提供的服务出现故障，请稍后再试\n! [给开发者：not well-formed XML" in broken


@pytest.mark.parametrize(
    "command", [("sim",), ("sim", "wechat"), ("sim", "telegram"), ("reminders",), ("reminders", "plan"),
                ("reminders", "work"), ("reminders", "status")],
)  # fmt: skip
def test_every_command_has_help_with_an_example(command: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*command, "--help"]).output
    assert f"Example: canbao {command[0]}" in shown


async def test_without_a_bot_it_says_so_and_goes_on() -> None:
    status, out, complaints = await typed(
        "wechat", "--callback", "http://127.0.0.1:9/wechat/demo", "--port", "0", "--patience", "0.05", lines="你好\n"
    )
    assert status == 0
    assert "cannot be reached" in complaints
    assert "CANBAO_WECHAT_ACCOUNTS=" in complaints
    assert "该公众号提供的服务出现故障" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("wechat", "--aes-key", "short"), "43 letters and digits"),
        (("wechat", "--token", "a b"), "3 to 32"),
        (("wechat", "--mode", "loud"), "loud"),
        (("telegram", "--port", "99999"), "65535"),
    ],
)
async def test_wrong_usage_is_told_in_one_line(arguments: tuple[str, ...], said: str) -> None:
    status, _, complaints = await typed(*arguments)
    assert status == 2
    assert said in complaints
    assert len(complaints.strip().splitlines()) == 1


async def test_secrets_that_are_given_are_not_shown_again() -> None:
    _, _, complaints = await typed("wechat", "--secret", "topsecret1234", "--port", "0", "--patience", "0.05")
    assert "topsecret1234" not in complaints


async def test_the_page_works_like_a_phone_with_nothing_to_complain_of() -> None:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        unless_ci("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    developer = Developer(SimAccount())
    async with (
        listening(developer.app()) as url,
        WeChatPage(SimAccount(), f"{url}/wechat") as platform,
        async_playwright() as playwright,
    ):
        platform.api.menu = [
            {"name": "交费", "sub_button": [{"type": "click", "name": "哪天截止", "key": "ask:哪天截止"}]}
        ]
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 360, "height": 800}, locale="zh-CN")
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        answer = await page.goto(platform.api_url)
        assert answer is not None
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        await page.fill("#text", "<b>低保户</b>要交多少")
        await page.keyboard.press("Enter")
        await expect(page.locator("#talk .account")).to_have_text("<b>低保户</b>要交多少")
        await page.get_by_text("交费").click()
        await page.get_by_role("button", name="哪天截止").click()
        await expect(page.locator("#talk .account").last).to_have_text("ClickEvent")
        await page.get_by_role("button", name="取消关注").click()
        await expect(page.get_by_role("button", name="关注", exact=True)).to_be_visible()
        developer.raw = b"oops"
        await page.fill("#text", "你好")
        await page.keyboard.press("Enter")
        await expect(page.locator("#talk .system")).to_contain_text("出现故障")
        await expect(page.locator("#note")).to_contain_text("well-formed")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert complaints == []
        await browser.close()
