"""The whole way of a message: session → reading → conversation → reply; every channel and command goes through here."""

from __future__ import annotations

import asyncio
import logging
import traceback
import uuid
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol, cast
from weakref import WeakValueDictionary

from bot.channel import Caller
from bot.errors import AnswerFailed, CanbaoError, UnknownRegion
from bot.messages import CitationOut, MessageIn, MessageOut
from bot.sessions import Ahead, Leave, Sessions
from dialogues.conversation import Conversation
from dialogues.disclosure import KNOWN, Audience
from dialogues.record import Record
from dialogues.reply import Reply
from dialogues.state import State
from nlu.reader import Reader
from nlu.understanding import Understanding
from policy_kb.errors import PolicyError
from policy_kb.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from bot.store.ahead import Asks

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """One message and what the dialogue answers to it, before it leaves."""

    message: MessageIn
    caller: Caller | None
    session: str
    today: date
    heard: Understanding
    state: State
    reply: Reply


class Attendant(Protocol):
    """May answer a message before the dialogue does: binding an account, a person who took over, a channel turned off."""

    async def attend(self, message: MessageIn, caller: Caller, state: State, today: date) -> Reply | None:
        """The reply (empty text: silence); None where the message is none of its business."""
        ...


class Reviewer(Protocol):
    """Sees each turn before the reply leaves: a topic turned off, a question to be looked at, a receipt, a handoff."""

    async def review(self, turn: Turn) -> Reply:
        """The reply that leaves, mostly the turn's own."""
        ...


class Records(Protocol):
    """Whose enrolment record a caller's account is bound to."""

    async def record_of(self, caller: Caller, today: date) -> Record | None:
        """The bound record as on that day; None where the account is bound to nobody."""
        ...


@dataclass
class Assistant:
    """Answers messages; messages of one session are answered one after the other."""

    kb: KnowledgeBase
    reader: Reader
    conversation: Conversation
    sessions: Sessions
    today: date | None = None
    """The day a demonstration stands on; None: the real one."""
    records: Records | None = None
    attendants: tuple[Attendant, ...] = ()
    """Asked in this order, for callers of a channel."""
    reviewers: tuple[Reviewer, ...] = ()
    ahead: Ahead | None = None
    asks: tuple[Asks, ...] = ()
    """What is looked up for every message of a caller."""

    def __post_init__(self) -> None:
        # a lock lives as long as somebody holds it or waits for it
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def answer(
        self,
        message: MessageIn,
        caller: Caller | None = None,
        opening: str | None = None,
        leave: Leave | None = None,
    ) -> MessageOut:
        """The reply to one message. Raises UnknownRegion, PolicyError, AnswerFailed.

        `opening` is the region code of a conversation that has no place yet, such as a county's official account.
        `leave` is asked where the conversation goes on by the reply, which is where its state is kept.
        """
        session = message.session or (caller.session if caller else uuid.uuid4().hex)
        lock = self._locks.setdefault(session, asyncio.Lock())
        async with lock, self.ahead.of(session, self.asks) if self.ahead and caller else nullcontext():
            try:
                return await self._answer(message, caller, session, opening, leave)
            except (CanbaoError, PolicyError):
                raise
            except Exception as error:
                where = origin(error)
                log.error("a message could not be answered: %s", where)
                raise AnswerFailed(f"this message could not be answered ({where}); please report it") from error

    async def _answer(
        self, message: MessageIn, caller: Caller | None, session: str, opening: str | None, leave: Leave | None
    ) -> MessageOut:
        state = self.opened(await self.sessions.load(session) or State(), message)
        if opening is not None and state.place is None:
            state = replace(state, place=opening, place_source="account")
        today = state.today or self.today or date.today()
        reply = await self._attended(message, caller, state, today)
        if reply is not None:
            return _sent(message, session, reply)
        state, reply = await self._talked(message, caller, session, state, today)
        sent = _sent(message, session, reply)
        await self.sessions.save(session, state, leave(sent) if leave else None)
        return sent

    async def _attended(self, message: MessageIn, caller: Caller | None, state: State, today: date) -> Reply | None:
        if caller is None:
            return None
        for attendant in self.attendants:
            reply = await attendant.attend(message, caller, state, today)
            if reply is not None:
                return reply
        return None

    async def _talked(
        self, message: MessageIn, caller: Caller | None, session: str, state: State, today: date
    ) -> tuple[State, Reply]:
        bound = self.records is not None and caller is not None and caller.channel.binds
        if bound:
            state = await self._with_record(state, cast("Caller", caller), today)
        heard = await self.reader.read(message.text, today, state.pending, len(state.choices))
        state, reply = self.conversation.answer(state, heard, today, audience_of(caller, state, bound))
        for reviewer in self.reviewers:
            reply = await reviewer.review(Turn(message, caller, session, today, heard, state, reply))
        return replace(state, record=None) if bound else state, reply

    async def _with_record(self, state: State, caller: Caller, today: date) -> State:
        """The state with the bound record, for this one message; its town where no place is known."""
        record = await cast("Records", self.records).record_of(caller, today)
        if record and record.town and state.place is None:
            state = replace(state, place=_town_code(self.kb, record.town), place_source="record")
        return replace(state, record=record)

    def opened(self, state: State, message: MessageIn) -> State:
        """The state with the region, day and resident that came with the message."""
        if message.now is not None:
            state = replace(state, today=message.now)
        if message.region is not None:
            state = replace(state, place=region_code(self.kb, message.region), place_source="account")
        if message.resident is not None:
            state = replace(state, record=message.resident.record())
            if state.place is None and message.resident.town:
                state = replace(state, place=_town_code(self.kb, message.resident.town), place_source="record")
        return state


def audience_of(caller: Caller | None, state: State, bound: bool) -> Audience:
    """How much the one who wrote may hear; 绑定 is offered where the channel binds accounts and this one is not bound."""
    if caller is None:
        return KNOWN
    return Audience(caller.channel.ceiling, may_bind=bound and state.record is None)


def _sent(message: MessageIn, session: str, reply: Reply) -> MessageOut:
    return MessageOut(
        id=message.id,
        session=session,
        reply=reply.text,
        outcome=reply.outcome,
        topic=reply.topic,
        citations=tuple(CitationOut(notice=one.notice, clause=one.clause) for one in reply.citations),
        choices=reply.choices,
    )


def origin(error: Exception) -> str:
    """The kind of an error and the line it came from; its words may hold what a resident wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return (
        f"{type(error).__name__} in {last.filename.rpartition('/')[2]}:{last.lineno}" if last else type(error).__name__
    )


def _town_code(kb: KnowledgeBase, town: str) -> str | None:
    """The region of a record's town, where its name alone tells."""
    try:
        return region_code(kb, town)
    except UnknownRegion:
        return None


def region_code(kb: KnowledgeBase, name: str) -> str:
    """The code of a region by code or name; of several, the one whose notice is held. Raises UnknownRegion."""
    if name in kb.regions:
        return name
    found = kb.regions.named(name)
    held = [one for one in found if kb.policies_of(one.code)]
    if held or len(found) == 1:
        return (held or list(found))[0].code
    if not found:
        raise UnknownRegion(f"region {name!r}: no region has this name; give a county or its GB/T 2260 code")
    shown = "、".join(f"{_path(kb, one.code)} {one.code}" for one in found[:3])
    raise UnknownRegion(f"region {name!r}: {len(found)} regions have this name ({shown} …); give the city with it")


def _path(kb: KnowledgeBase, code: str) -> str:
    return "".join(one.name for one in reversed(kb.regions.chain(code)))
