"""A line typed in the terminal as something a person does with WeChat."""

from __future__ import annotations

from bot.sim.wechat.delivery import Delivered
from bot.sim.wechat.doing import HELP, do
from bot.sim.wechat.page import WeChatPage


class Phone:
    """The person of the page, by typing; what is only for the developer stands in brackets."""

    def __init__(self, platform: WeChatPage) -> None:
        self._platform = platform
        self._last: Delivered | None = None

    async def hear(self, line: str) -> None:
        """One line."""
        person = self._platform.person
        if line == "/重发" and self._last:
            again = await self._platform.replay(self._last.push)
            same = again.body == self._last.last.body
            person.show("system", f"[第二遍：状态 {again.status}，{'一样' if same else '不一样'}的字节]")
            return
        if line.startswith("/乱序 "):
            await self._jumbled([one for one in line[4:].replace(";", "；").split("；") if one.strip()])
            return
        deed, _, words = line[1:].partition(" ") if line.startswith("/") else ("说", "", line)
        try:
            self._last = await do(person, deed, words)
        except ValueError as error:
            person.show("system", f"[{error}。{HELP}]")
            return
        if fault := self._last.fault:
            person.show("system", f"[给开发者：{fault}；送了 {len(self._last.attempts)} 遍]")

    async def _jumbled(self, sayings: list[str]) -> None:
        """Says several things at once, which reach the developer last things first."""
        person = self._platform.person
        pushes = [person.text(one.strip()) for one in sayings]
        for one in sayings:
            person.show("me", one.strip())
        await self._platform.storm(reversed(pushes))
