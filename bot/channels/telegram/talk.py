"""What the bot does with what it hears on Telegram: questions, buttons, commands, everything that is no text."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, User

from bot.assistant import Assistant, region_code
from bot.channels.telegram import words
from bot.channels.telegram.claims import Claims
from bot.channels.telegram.hearing import Heard, caller_of, heard
from bot.channels.telegram.keyboards import Keyboards, keyboard, offered, word_of
from bot.channels.telegram.post import Post
from bot.errors import AnswerFailed, UnknownRegion
from bot.messages import MessageIn
from dialogues.places import name_of
from dialogues.state import State
from policy_kb.errors import PolicyError

log = logging.getLogger(__name__)

_PLACE = "p:"
"""How the callback data of a place's button begins; the region's code follows."""


@dataclass(frozen=True)
class Talk:
    """Answers updates of one bot; `region` is the code of the place of a conversation that has none yet."""

    bot: User
    assistant: Assistant
    claims: Claims
    keyboards: Keyboards
    post: Post
    region: str | None = None

    async def hear(self, update: Update) -> None:
        """A message, or one that was changed."""
        message = update.message or update.edited_message
        said = heard(message, self.bot, edited=update.edited_message is not None) if message else None
        if said is None:
            return
        if said.kind is not None:
            await self.say(update, said, words.KINDS[said.kind])
        elif said.text:
            await self._answer(update, said)
        else:
            await self.say(update, said, words.HELP)

    async def start(self, update: Update, argument: str) -> None:
        """/start: welcome; a link t.me/BOT?start=CODE brings the place along."""
        said = self._command(update)
        if said is None:
            return
        await self.forget(said)
        await self.say(update, said, words.WELCOME)
        if argument:
            await self.place(update, argument)

    async def help(self, update: Update) -> None:
        """/help."""
        if said := self._command(update):
            await self.say(update, said, words.HELP)

    async def place(self, update: Update, name: str) -> None:
        """/place NAME sets the place; without a name those whose notices are held are offered."""
        if (said := self._command(update)) is None:
            return
        if not name:
            await self.say(update, said, words.ASK_PLACE, self._places())
            return
        await self.say(update, said, await self._placed(said, name))

    async def tap(self, update: Update) -> None:
        """A button: of a place, or of the choices that are on offer now; an old one is told to be past."""
        query = update.callback_query
        if query is None or query.from_user.is_bot:
            return
        if not isinstance(query.message, Message):
            await self.post.answer_tap(query.id, words.PAST)
            return
        said = Heard(
            caller_of(self.bot.id, query.message.chat.id, query.from_user.id), query.message.chat.id, "", None, None
        )
        if (query.data or "").startswith(_PLACE):
            await self.post.answer_tap(query.id)
            await self.say(update, said, await self._placed(said, str(query.data)[len(_PLACE) :]))
            return
        await self._choose(update, query, query.message, said)

    async def forget(self, said: Heard) -> None:
        """The conversation begins anew."""
        await self.keyboards.withdraw(said.caller.session)
        await self.assistant.sessions.forget(said.caller.session)

    async def _choose(self, update: Update, query: CallbackQuery, message: Message, said: Heard) -> None:
        word = word_of(query.data)
        label = next((one.text for one in _buttons(message) if one.callback_data == query.data), None)
        if word is None or label is None or not await self.keyboards.use(said.caller.session, word):
            await self.post.answer_tap(query.id, words.PAST)
            if message.chat.id == query.from_user.id:
                await self.post.take_keyboard(message.chat.id, message.message_id)
            return
        await self.post.answer_tap(query.id)
        await self.post.take_keyboard(message.chat.id, message.message_id)
        await self._answer(update, replace(said, text=label))

    async def _answer(self, update: Update, said: Heard) -> None:
        session = said.caller.session
        try:
            sent = MessageIn(id=update.update_id, text=said.text)
            reply = await self.assistant.answer(sent, said.caller, self.region)
        except (AnswerFailed, UnknownRegion, PolicyError) as error:
            log.error("an update could not be answered: %s", type(error).__name__)
            await self.say(update, said, words.FAILED)
            return
        if not reply.reply:
            return  # somebody of the office has the conversation
        offer = offered(reply.reply, reply.choices)
        if not offer.labels:
            await self.keyboards.withdraw(session)
            await self.say(update, said, offer.text)
            return
        await self.say(update, said, offer.text, keyboard(offer.labels, await self.keyboards.offer(session)))

    async def _placed(self, said: Heard, name: str) -> str:
        """Keeps the place in the conversation; the sentence that says so."""
        try:
            code = region_code(self.assistant.kb, name)
        except UnknownRegion:
            return words.PLACE_UNKNOWN.format(given=name[:30])
        session = said.caller.session
        await self.keyboards.withdraw(session)
        state = await self.assistant.sessions.load(session) or State()
        place = MessageIn(id="place", text="", region=code)
        await self.assistant.sessions.save(session, replace(self.assistant.opened(state, place), place_source="said"))
        return words.PLACE_KEPT.format(name=name_of(code, self.assistant.kb))

    def _places(self) -> InlineKeyboardMarkup:
        held = [(one.code, name_of(one.code, self.assistant.kb)) for one in self.assistant.kb.held_regions()]
        return InlineKeyboardMarkup([[InlineKeyboardButton(name, callback_data=_PLACE + code)] for code, name in held])

    def _command(self, update: Update) -> Heard | None:
        """Who gave a command; commands are addressed to the bot also where groups do not name it."""
        message = update.message
        if message is None or message.from_user is None or message.from_user.is_bot:
            return None
        quotes = message.message_id if message.chat.id != message.from_user.id else None
        return Heard(caller_of(self.bot.id, message.chat.id, message.from_user.id), message.chat.id, "", None, quotes)

    async def say(self, update: Update, said: Heard, text: str, markup: InlineKeyboardMarkup | None = None) -> None:
        """Sends, unless another process took this update over meanwhile."""
        if await self.claims.sending(update.update_id):
            await self.post.send(said.chat, text, markup, said.quotes)


def _buttons(message: Message) -> list[InlineKeyboardButton]:
    markup = message.reply_markup
    return [one for row in markup.inline_keyboard for one in row] if markup else []
