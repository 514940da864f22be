"""The methods of the Bot API that this bot calls, each with the checks of Telegram's server."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sim.telegram.answer import BLOCKED, Refusal
from bot.sim.telegram.chat import Json, Keyboard, SimChat, SimMessage, TelegramUser, units
from bot.sim.telegram.flood import Flood
from bot.sim.telegram.updates import Updates, Webhook

LONGEST_TEXT = 4096
LONGEST_CALLBACK_DATA = 64
LONGEST_NOTICE = 200


@dataclass
class Methods:
    """Answers methods by name over the chats of one bot."""

    bot: TelegramUser
    chats: dict[int, SimChat]
    updates: Updates
    flood: Flood = field(default_factory=Flood)
    queries: dict[str, str | None] = field(default_factory=dict)
    """Taps on buttons: the query's id → the notice the bot answered with (None: not answered yet)."""
    heard: Callable[[SimMessage], None] = lambda message: None
    """Told of every message the bot sends."""

    async def call(self, method: str, given: Json) -> object:
        """The result of a method. Raises Refusal."""
        if method == "getUpdates":
            return await self.updates.poll(_int(given, "offset"), _int(given, "limit", 100), _int(given, "timeout"))
        known: dict[str, Callable[[Json], object]] = {
            "getMe": lambda _: self._me(),
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": lambda _: self._webhook_info(),
            "sendMessage": self._send,
            "sendChatAction": lambda one: self._chat(one) is not None,
            "answerCallbackQuery": self._answer_query,
            "editMessageReplyMarkup": self._edit_keyboard,
            "setMyCommands": lambda _: True,
        }
        if method not in known:
            raise Refusal(404, "Not Found: method not found")
        return known[method](given)

    def _me(self) -> Json:
        return self.bot.json | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def _set_webhook(self, given: Json) -> bool:
        url = str(given.get("url") or "")
        if not url.startswith(("https://", "http://127.0.0.1:")):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        secret = given.get("secret_token")
        if secret is not None and not _sound_secret(str(secret)):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        hook = Webhook(url, str(secret) if secret else None, _int(given, "max_connections", 40))
        self.updates.hook(hook, bool(given.get("drop_pending_updates")))
        return True

    def _delete_webhook(self, given: Json) -> bool:
        self.updates.hook(None, bool(given.get("drop_pending_updates")))
        return True

    def _webhook_info(self) -> Json:
        url = self.updates.webhook.url if self.updates.webhook else ""
        return {"url": url, "has_custom_certificate": False, "pending_update_count": self.updates.waiting}

    def _send(self, given: Json) -> Json:
        chat = self._chat(given)
        text = str(given.get("text") or "")
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if units(text) > LONGEST_TEXT:
            raise Refusal(400, "Bad Request: message is too long")
        keyboard = _keyboard(given)
        answered = _replied(given, chat)
        self.flood.count(chat.id, chat.kind, time.monotonic())
        message = chat.add(self.bot, text, keyboard=keyboard, reply_to=answered)
        self.heard(message)
        return message.json

    def _answer_query(self, given: Json) -> bool:
        id = str(given.get("callback_query_id"))
        if id not in self.queries:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        text = str(given.get("text") or "")
        if units(text) > LONGEST_NOTICE:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        self.queries[id] = text
        return True

    def _edit_keyboard(self, given: Json) -> Json:
        message = self._chat(given).message(given.get("message_id"))
        if message is None or message.sender != self.bot:
            raise Refusal(400, "Bad Request: message to edit not found")
        keyboard = _keyboard(given)
        if keyboard == message.keyboard:
            raise Refusal(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
            )
        message.keyboard = keyboard
        return message.json

    def _chat(self, given: Json) -> SimChat:
        chat = self.chats.get(_int(given, "chat_id"))
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if chat.blocked:
            raise Refusal(403, BLOCKED)
        return chat


def _replied(given: Json, chat: SimChat) -> SimMessage | None:
    parameters = given.get("reply_parameters")
    if not isinstance(parameters, dict):
        return None
    found = chat.message(parameters.get("message_id"))
    if found is None and not parameters.get("allow_sending_without_reply"):
        raise Refusal(400, "Bad Request: message to be replied not found")
    return found


def _keyboard(given: Json) -> Keyboard:
    markup = given.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    for row in rows:
        for button in row:
            if not button.get("text"):
                raise Refusal(
                    400,
                    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
                )
            if not 1 <= len(str(button.get("callback_data", "")).encode()) <= LONGEST_CALLBACK_DATA:
                raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    return [list(row) for row in rows]


def _sound_secret(secret: str) -> bool:
    return len(secret) <= 256 and all(one.isascii() and (one.isalnum() or one in "_-") for one in secret)


def _int(given: Json, name: str, absent: int = 0) -> int:
    value = given.get(name, absent)
    try:
        return int(str(value))
    except ValueError:
        raise Refusal(400, f"Bad Request: {name} is no number") from None
