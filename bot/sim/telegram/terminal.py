"""Typing into Telegram's stand-in as one person in a private chat."""

from __future__ import annotations

import asyncio

from bot.sim.telegram.chat import SimMessage
from bot.sim.telegram.server import TelegramServer
from bot.sim.wechat.follower import Line

HELP = "直接打字发消息；回复数字点按钮；/photo /voice /edit 新的话 /block /unblock；/start /help /place 交给机器人；Ctrl-D 离开"
PATIENCE = 15.0
"""Seconds the answer to a line is waited for before the next line is read."""


class Terminal:
    """One person; the screen holds what they and the bot said."""

    def __init__(self, server: TelegramServer) -> None:
        self.screen: list[Line] = []
        self._person = server.person()
        self._heard = asyncio.Event()
        server.methods.heard = self._show

    async def hear(self, line: str) -> None:
        """One line."""
        self.screen.append(Line("me", line))
        self._heard.clear()
        if not await self._do(line):
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._heard.wait()
        except TimeoutError:
            self.screen.append(Line("system", "[没有回答；canbao run 接上了吗？]"))

    async def _do(self, line: str) -> bool:
        """Does what the line says; whether an answer is to be expected."""
        person, word = self._person, line.split(" ")[0]
        last = next((one for one in reversed(person.seen) if one.keyboard), None)
        if last is not None and line.isdigit() and 1 <= int(line) <= len(last.labels):
            notice = await person.notice(person.taps(last, last.labels[int(line) - 1]), PATIENCE)
            if notice:
                self.screen.append(Line("system", f"[{notice}]"))
            return not notice
        if word in ("/block", "/unblock"):
            person.blocks(word == "/block")
            return False
        if word == "/photo":
            person.sends("photo", [{"file_id": "sim", "file_unique_id": "sim", "width": 1, "height": 1}])
        elif word == "/voice":
            person.sends("voice", {"file_id": "sim", "file_unique_id": "sim", "duration": 2})
        elif word == "/edit" and (mine := self._mine()):
            person.edits(mine, line.removeprefix("/edit").strip() or mine.text)
        elif word in ("/?", "/edit"):
            self.screen.append(Line("system", f"[{HELP}]"))
            return False
        else:
            person.says(line)
        return True

    def _mine(self) -> SimMessage | None:
        return next(
            (one for one in reversed(self._person.chat.messages) if one.sender == self._person.user and one.text), None
        )

    def _show(self, message: SimMessage) -> None:
        buttons = "".join(f"\n[{at}] {label}" for at, label in enumerate(message.labels, 1))
        self.screen.append(Line("account", message.text + buttons))
        self._heard.set()
