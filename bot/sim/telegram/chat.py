"""Chats and the messages in them, as Telegram's server holds them."""

from __future__ import annotations

import itertools
import re
import time
from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = dict[str, object]
Keyboard: TypeAlias = list[list[Json]]
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?")
_MENTION = re.compile(r"@[A-Za-z0-9_]{3,32}")


@dataclass(frozen=True)
class TelegramUser:
    """A person or the bot."""

    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None

    @property
    def json(self) -> Json:
        """The User object."""
        known: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return (
            known
            | ({"username": self.username} if self.username else {})
            | ({} if self.is_bot else {"language_code": "zh-hans"})
        )


@dataclass
class SimMessage:
    """A message in a chat; `content` is what is not text (photo, voice …)."""

    id: int
    sender: TelegramUser
    chat: SimChat
    text: str = ""
    keyboard: Keyboard = field(default_factory=list)
    content: Json = field(default_factory=dict)
    reply_to: SimMessage | None = None
    date: int = field(default_factory=lambda: int(time.time()))
    edited: int | None = None

    @property
    def json(self) -> Json:
        """The Message object."""
        body: Json = {"message_id": self.id, "from": self.sender.json, "chat": self.chat.json, "date": self.date}
        if self.text:
            body["text"] = self.text
            if entities := entities_of(self.text):
                body["entities"] = entities
        if self.keyboard:
            body["reply_markup"] = {"inline_keyboard": self.keyboard}
        if self.reply_to:
            body["reply_to_message"] = {
                name: one for name, one in self.reply_to.json.items() if name != "reply_to_message"
            }
        if self.edited:
            body["edit_date"] = self.edited
        return body | self.content

    def button(self, label: str) -> Json:
        """The button with that label. Raises AssertionError with the labels there are."""
        for row in self.keyboard:
            for one in row:
                if one.get("text") == label:
                    return one
        raise AssertionError(f"no button {label!r}; there are {self.labels}")

    @property
    def labels(self) -> list[str]:
        """The words on the buttons, in order."""
        return [str(one["text"]) for row in self.keyboard for one in row]


@dataclass
class SimChat:
    """A private chat or a group."""

    id: int
    kind: str = "private"
    title: str = ""
    messages: list[SimMessage] = field(default_factory=list)
    blocked: bool = False
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def json(self) -> Json:
        """The Chat object."""
        return {"id": self.id, "type": self.kind, "first_name" if self.kind == "private" else "title": self.title}

    def add(self, sender: TelegramUser, text: str = "", **more: object) -> SimMessage:
        """A new message; `more` are fields of SimMessage."""
        message = SimMessage(next(self._ids), sender, self, text, **more)  # type: ignore[arg-type]
        self.messages.append(message)
        return message

    def message(self, id: object) -> SimMessage | None:
        """The message of that number."""
        return next((one for one in self.messages if one.id == id), None)


def entities_of(text: str) -> list[Json]:
    """Commands and mentions with their places in UTF-16 code units, as Telegram marks them."""
    found = [
        ("bot_command", one) for one in _COMMAND.finditer(text) if one.start() == 0 or text[one.start() - 1].isspace()
    ]
    found += [
        ("mention", one) for one in _MENTION.finditer(text) if one.start() == 0 or not text[one.start() - 1].isalnum()
    ]
    commands = [one.span() for kind, one in found if kind == "bot_command"]
    apart = [
        (kind, one)
        for kind, one in found
        if kind == "bot_command" or not any(start <= one.start() < end for start, end in commands)
    ]
    return [
        {"type": kind, "offset": units(text[: one.start()]), "length": units(one.group())}
        for kind, one in sorted(apart, key=lambda pair: pair[1].start())
    ]


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2
