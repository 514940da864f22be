"""A person with Telegram, in a private chat or a group: what they do becomes updates, what they see are the chat's messages."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass

from bot.sim.telegram.chat import Json, SimChat, SimMessage, TelegramUser
from bot.sim.telegram.methods import Methods

_queries = itertools.count(4_000_000_001)
PATIENCE = 10.0


@dataclass
class Person:
    """One person in one chat."""

    user: TelegramUser
    chat: SimChat
    methods: Methods

    def says(self, text: str, reply_to: SimMessage | None = None) -> Json:
        """Types a message; the update it becomes."""
        return self._sends(self.chat.add(self.user, text, reply_to=reply_to))

    async def asks(self, text: str, reply_to: SimMessage | None = None) -> SimMessage:
        """Types a message and waits for the next one of the bot."""
        before = len(self.seen)
        self.says(text, reply_to)
        return await self.hears(before)

    def sends(self, kind: str, content: object, caption: str = "") -> Json:
        """Something that is no text: photo, voice, document, location …"""
        more: Json = {kind: content} | ({"caption": caption} if caption else {})
        return self._sends(self.chat.add(self.user, content=more))

    def edits(self, message: SimMessage, text: str, after: int = 0) -> Json:
        """Changes a message `after` seconds."""
        message.text, message.edited = text, int(time.time()) + after
        return self.methods.updates.new("edited_message", message.json)

    def taps(self, message: SimMessage, label: str) -> str:
        """Taps the button with that label; the query's id, by which the bot's notice is found."""
        id = str(next(_queries))
        self.methods.queries[id] = None
        data = message.button(label)["callback_data"]
        query: Json = {"id": id, "from": self.user.json, "message": message.json, "chat_instance": "1", "data": data}
        self.methods.updates.new("callback_query", query)
        return id

    async def notice(self, query: str, within: float = PATIENCE) -> str:
        """What the bot answered to a tap, waited for."""
        end = time.monotonic() + within
        while (text := self.methods.queries[query]) is None:
            assert time.monotonic() < end, f"a tap was not answered within {within} s"
            await asyncio.sleep(0.005)
        return text

    def blocks(self, blocked: bool = True) -> Json:
        """Blocks the bot, or lets it in again."""
        self.chat.blocked = blocked
        was, now = ("member", "kicked") if blocked else ("kicked", "member")
        bot = self.methods.bot.json
        change: Json = {
            "chat": self.chat.json, "from": self.user.json, "date": int(time.time()),
            "old_chat_member": {"user": bot, "status": was, "until_date": 0},
            "new_chat_member": {"user": bot, "status": now, "until_date": 0},
        }  # fmt: skip
        return self.methods.updates.new("my_chat_member", change)

    @property
    def seen(self) -> list[SimMessage]:
        """The bot's messages in this chat."""
        return [one for one in self.chat.messages if one.sender == self.methods.bot]

    async def hears(self, before: int = 0, within: float = PATIENCE) -> SimMessage:
        """The bot's next message after `before` of them."""
        end = time.monotonic() + within
        while len(self.seen) <= before:
            assert time.monotonic() < end, f"the bot said nothing within {within} s"
            await asyncio.sleep(0.005)
        return self.seen[before]

    def _sends(self, message: SimMessage) -> Json:
        return self.methods.updates.new("message", message.json)
