"""Which update goes where: python-telegram-bot's Application and its handlers over a Talk."""

from __future__ import annotations

import logging
from typing import Any, TypeAlias

from telegram import ChatMember, Update
from telegram.constants import ChatType, UpdateType
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.assistant import origin
from bot.channels.telegram import words
from bot.channels.telegram.hearing import Heard, caller_of
from bot.channels.telegram.talk import Talk

log = logging.getLogger(__name__)
# these name the address of a request, which holds the bot's token, or print what was written; we log the kind of each fault
for _name, _level in (("httpx", logging.WARNING), ("httpcore", logging.WARNING), ("telegram", logging.CRITICAL + 1)):
    logging.getLogger(_name).setLevel(_level)

Work: TypeAlias = "Application[Any, Any, Any, Any, Any, Any]"
Context: TypeAlias = "CallbackContext[Any, Any, Any, Any]"

WANTED = [UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER]
CONNECT, READ = 5.0, 10.0
"""Seconds a call waits for a connection, and for its answer."""


def connections() -> tuple[HTTPXRequest, HTTPXRequest]:
    """Those for calls, and the one for polling; HTTPS_PROXY is honoured, which Telegram needs in many places."""
    calls = HTTPXRequest(connection_pool_size=64, connect_timeout=CONNECT, read_timeout=READ, pool_timeout=CONNECT)
    return calls, HTTPXRequest(connection_pool_size=1, connect_timeout=CONNECT, read_timeout=READ)


def application(api: str, token: str, calls: HTTPXRequest, polls: HTTPXRequest) -> Work:
    """An Application without an updater that calls the Bot API at `api`."""
    builder = ApplicationBuilder().token(token).base_url(f"{api.rstrip('/')}/bot")
    return builder.updater(None).job_queue(None).request(calls).get_updates_request(polls).build()


def add_handlers(work: Work, talk: Talk) -> None:
    """Commands first, then buttons, members, and every other message."""

    async def start(update: Update, context: Context) -> None:
        await talk.start(update, " ".join(context.args or ()))

    async def place(update: Update, context: Context) -> None:
        await talk.place(update, " ".join(context.args or ()))

    async def help_(update: Update, _: Context) -> None:
        await talk.help(update)

    async def tap(update: Update, _: Context) -> None:
        await talk.tap(update)

    async def member(update: Update, _: Context) -> None:
        await member_changed(talk, update)

    async def hear(update: Update, _: Context) -> None:
        await talk.hear(update)

    new = filters.UpdateType.MESSAGE
    work.add_handler(CommandHandler("start", start, new))
    work.add_handler(CommandHandler("place", place, new))
    work.add_handler(CommandHandler("help", help_, new))
    work.add_handler(CallbackQueryHandler(tap))
    work.add_handler(ChatMemberHandler(member, ChatMemberHandler.MY_CHAT_MEMBER))
    work.add_handler(MessageHandler(filters.ALL, hear))
    work.add_error_handler(failed)


async def member_changed(talk: Talk, update: Update) -> None:
    """Blocked: the conversation is forgotten. Taken into a group: how to address the bot there."""
    change = update.my_chat_member
    if change is None:
        return
    status, was = change.new_chat_member.status, change.old_chat_member.status
    said = Heard(caller_of(talk.bot.id, change.chat.id, change.from_user.id), change.chat.id, "", None, None)
    if status in (ChatMember.BANNED, ChatMember.LEFT):
        await talk.forget(said)
    elif change.chat.type != ChatType.PRIVATE and was in (ChatMember.BANNED, ChatMember.LEFT):
        await talk.say(update, said, words.GROUP_WELCOME)


async def failed(_: object, context: Context) -> None:
    """A handler's error: its kind and line; its words may hold what was written."""
    if isinstance(context.error, Exception):
        log.error("an update could not be dealt with: %s", origin(context.error))
