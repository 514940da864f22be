"""From a message of Telegram to what was said and by whom: in groups only what is addressed to the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Message, User
from telegram.constants import ChatType, MessageEntityType

from bot.channel import Caller, Channel
from bot.channels.telegram.words import KINDS

EDITABLE = timedelta(hours=1)
"""After which a changed message is not answered anew."""
GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


@dataclass(frozen=True)
class Heard:
    """What somebody said to the bot; `quotes` is the message that the answer is to point at."""

    caller: Caller
    chat: int
    text: str
    kind: str | None
    """The kind of a message that is no text."""
    quotes: int | None


def heard(message: Message, bot: User, edited: bool = False) -> Heard | None:
    """What was said; None where it is not for the bot: another's talk in a group, another bot, an old change."""
    sender = message.from_user
    if sender is None or sender.is_bot or message.chat.type not in (ChatType.PRIVATE, *GROUPS):
        return None
    if edited and _changed_late(message):
        return None
    kind = next((name for name in KINDS if getattr(message, name, None)), None)
    text = message.text or ""
    if not text and kind is None:
        return None
    group = message.chat.type in GROUPS
    if group and not _addressed(message, bot):
        return None
    caller = caller_of(bot.id, message.chat.id, sender.id)
    quotes = message.message_id if group or edited else None
    return Heard(caller, message.chat.id, _without_mention(text, bot), kind, quotes)


def caller_of(bot: int, chat: int, user: int) -> Caller:
    """Who writes: the chat, and in a group the person in it, so that two people's talks do not mix."""
    return Caller(Channel.TELEGRAM, str(bot), str(chat) if chat == user else f"{chat}/{user}")


def chat_of(caller: Caller) -> int:
    """The chat in which a caller is answered."""
    return int(caller.user.partition("/")[0])


def _changed_late(message: Message) -> bool:
    changed: datetime = message.edit_date or message.date
    return changed - message.date > EDITABLE


def _addressed(message: Message, bot: User) -> bool:
    """A mention, a reply to the bot, or a command for it."""
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.id == bot.id:
        return True
    name = f"@{bot.username}".lower()
    for kind, words in (
        *((one.type, said) for one, said in message.parse_entities().items()),
        *((one.type, said) for one, said in message.parse_caption_entities().items()),
    ):
        if kind == MessageEntityType.MENTION and words.lower() == name:
            return True
        if kind == MessageEntityType.BOT_COMMAND and words.lower().endswith(name):
            return True
    return False


def _without_mention(text: str, bot: User) -> str:
    name = f"@{bot.username}"
    at = text.lower().find(name.lower())
    while at >= 0:
        text = f"{text[:at]} {text[at + len(name) :]}"
        at = text.lower().find(name.lower())
    return text.strip()
