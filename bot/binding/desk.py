"""The binding conversation: it answers before the dialogue, so that a name or number goes no further than here."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.audit.entry import Action, Entry
from bot.audit.journal import Journal
from bot.binding import words
from bot.binding.accounts import MOST, Accounts
from bot.binding.identity import Identity
from bot.binding.steps import Step, Steps
from bot.binding.tries import Tries
from bot.channel import Caller
from bot.errors import BadIdNumber
from bot.messages import MessageIn
from bot.records.id_number import IdNumber, read_id_number
from bot.records.person_name import fault_of_name, tidy_name
from bot.sessions import Sessions
from dialogues.disclosure import Disclosure
from dialogues.reply import Outcome, Reply
from dialogues.state import State
from dialogues.topics.unbound import BIND
from nlu.personal import ID, screen
from policy_kb.conditions import years_between

log = logging.getLogger(__name__)
OF_AGE = 14
"""Years of age under which a guardian asks (Personal Information Protection Law, Art. 31)."""
_COMMANDS = (
    ("unbind", re.compile("(我?[要想])?(解除绑定|解绑|取消绑定|不绑定了)(了|吧)?")),
    ("who", re.compile("(有)?(谁|哪些人|哪个)(查|看|查看)过?(了)?(我|俺)(的)?(档案|记录|信息|缴费记录)?(没有|没|吗)?")),
    ("bind", re.compile("(我?[要想]|怎么|咋|帮我)?绑定(一下)?(我的)?(账号|身份|医保|档案|微信|本人)?(吧)?")),
)
_STOP = re.compile("取消|算了|退出|不绑了?|不绑定了?|不办了?|停")
_YES = re.compile("1|同意|好|好的|可以|行|愿意|是的?|嗯")
_NO = re.compile(f"2|不同意|不|不行|不愿意|不用了?|{_STOP.pattern}")
_LEADING = re.compile("^(我的?名字[是叫]?|我叫|我是|姓名[是为]?|名字[是叫]?|叫)[：:]?")
_QUESTION = re.compile("多少|怎么|咋|吗|什么|哪|为啥|为什么|？|\\?")
_NUMBER = re.compile(r"[0-9][0-9Xx\s\-]{12,}[0-9Xx]")


@dataclass(frozen=True)
class BindingDesk:
    """An attendant: 绑定, 解除绑定, 谁查过我, and every message of a binding conversation that is open."""

    accounts: Accounts
    steps: Steps
    tries: Tries
    identity: Identity
    journal: Journal
    sessions: Sessions
    hotline: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def attend(self, message: MessageIn, caller: Caller, state: State, today: date) -> Reply | None:
        """The reply of the binding conversation; None where the message is none of its business."""
        text = _plain(message.text)
        command = next((name for name, pattern in _COMMANDS if pattern.fullmatch(text)), None)
        if caller.channel.ceiling < Disclosure.OWN_RECORD:
            return _reply(words.not_here(self.hotline), "refused") if command else None
        try:
            return await self._attended(text, command or _picked(text, state), caller, today)
        except (SQLAlchemyError, OSError) as error:
            log.error("binding fails (%s); look at the database", type(error).__name__)
            personal = ID in screen(text, today).text
            return _reply(words.later(), "refused") if command or personal else None

    async def _attended(self, text: str, command: str | None, caller: Caller, today: date) -> Reply | None:
        if command == "unbind":
            return await self._unbind(caller)
        if command == "who":
            return await self._who(caller)
        if command == "bind":
            return await self._begin(caller)
        step = await self.steps.of(caller.session)
        if step is None:
            return await self._begin(caller) if command == "offer" else None
        if step.awaited == "consent":
            return await self._consented(text, step, caller, today)
        if _STOP.fullmatch(text):
            await self.steps.drop(caller.session)
            return _reply(words.stopped())
        return await (self._named if step.awaited == "name" else self._numbered)(text, step, caller, today)

    async def _begin(self, caller: Caller) -> Reply:
        if await self.accounts.bound(caller):
            return _reply(words.bound_already(), choices=(words.UNBIND,))
        await self.steps.set(caller.session, Step("consent", words.NOTICE))
        return _reply(words.notice(self.hotline), "asked", (words.AGREE, words.REFUSE))

    async def _consented(self, text: str, step: Step, caller: Caller, today: date) -> Reply | None:
        """Only the consent is heard here; another question goes on to the dialogue, unless something personal is in it."""
        if _YES.fullmatch(text):
            await self.steps.set(caller.session, replace(step, awaited="name", consented=self.clock()))
            return _reply(words.ask_name(), "asked")
        if _NO.fullmatch(text):
            await self.steps.drop(caller.session)
            return _reply(words.stopped())
        personal = ID in screen(text, today).text
        return _reply(words.agree_first(), "asked", (words.AGREE, words.REFUSE)) if personal else None

    async def _named(self, text: str, step: Step, caller: Caller, today: date) -> Reply:
        number = _NUMBER.search(text)
        said = text[: number.start()] if number else text
        name = tidy_name(re.sub("[，,。、；：:]|身份证号?码?是?", "", _LEADING.sub("", said)))
        fault = fault_of_name(name)
        if fault or len(name) < 2 or _QUESTION.search(name):
            return _reply(words.no_name(fault), "asked")
        step = replace(step, awaited="number", name=name)
        await self.steps.set(caller.session, step)
        return (
            await self._numbered(text[number.start() :], step, caller, today)
            if number
            else _reply(words.ask_number(), "asked")
        )

    async def _numbered(self, text: str, step: Step, caller: Caller, today: date) -> Reply:
        digits = re.sub("[^0-9Xx]", "", unicodedata.normalize("NFKC", text).replace("×", "X"))
        try:
            number = read_id_number(digits, max(today, self.clock().date()))
        except BadIdNumber:
            return _reply(words.no_number(), "asked")
        if years_between(number.birth_date, self.clock().date()) < OF_AGE:
            await self.steps.drop(caller.session)
            return _reply(words.for_guardians(self.hotline), "refused")
        left = await self.tries.take(caller.session, number.text)
        if left is None:
            await self.steps.drop(caller.session)
            return _reply(words.no_more_tries(self.hotline), "refused")
        return await self._checked(step, number, caller, left)

    async def _checked(self, step: Step, number: IdNumber, caller: Caller, left: int) -> Reply:
        found, same = await self.identity.matched(step.name, number.text)
        if found is None or not same:
            detail = {"channel": str(caller.channel)}
            subject = found.id if found else None
            await self.journal.note(Entry(self.accounts.actor(caller), Action.BINDING_FAILED, subject, "", detail))
            await self.steps.set(caller.session, replace(step, awaited="name", name=""))
            return _reply(words.not_matching(left, self.hotline), "asked" if left else "refused")
        consented = step.consented or self.clock()
        done = await self.accounts.bind(caller, found.id, step.notice, consented)
        await self.steps.drop(caller.session)
        if not done:
            return _reply(words.too_many(MOST), "refused")
        return _reply(words.bound(found.masked_name), choices=("我交了吗", "我今年该交多少"), of=(found.id,))

    async def _unbind(self, caller: Caller) -> Reply:
        done = await self.accounts.unbind(caller)
        await self.steps.drop(caller.session)
        await self.sessions.forget(caller.session)
        return _reply(words.unbound() if done else words.nothing_bound())

    async def _who(self, caller: Caller) -> Reply:
        bound = await self.accounts.bound(caller)
        if bound is None:
            return _reply(words.nothing_bound(), "refused", (BIND,))
        found = await self.journal.looks_of(bound.resident)
        return _reply(words.looks(found), of=(bound.resident,))


def _plain(text: str) -> str:
    """The words without what surrounds them."""
    return unicodedata.normalize("NFKC", text).strip(" 。，！,!.\n\t“”\"'")


def _picked(text: str, state: State) -> str | None:
    """The number of the offer to bind, where that was made."""
    offered = int(text) if text.isdecimal() and len(text) < 3 else 0
    labels = [one.label for one in state.choices]
    return "offer" if 0 < offered <= len(labels) and labels[offered - 1] == BIND else None


def _reply(text: str, outcome: Outcome = "answered", choices: tuple[str, ...] = (), of: tuple[int, ...] = ()) -> Reply:
    """A reply of the desk; one that tells whose record it is, or what is in it, is of that level."""
    level = Disclosure.OWN_RECORD if of else Disclosure.PUBLIC
    return Reply(text, outcome, "my_record", choices=choices, disclosure=level, of=of)
