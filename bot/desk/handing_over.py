"""When a conversation goes to a person, and when the bot keeps quiet: asked for, two failures, a complaint."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.exc import SQLAlchemyError

from bot.assistant import Turn
from bot.channel import Caller, Channel
from bot.desk.ticket import Reason, Standing, Ticket, Who
from bot.desk.tickets import Tickets
from bot.messages import MessageIn
from dialogues.reply import Reply
from dialogues.state import State
from nlu.personal import screen
from nlu.understanding import Ranked

log = logging.getLogger(__name__)

REACHED = (Channel.WECHAT, Channel.TELEGRAM, Channel.PAGE)
"""Where a person's answer reaches whoever asked."""
_GIVES_UP = re.compile(r"^\s*(?:不等了|不想等了|不用等了|不转了|取消人工|不用人工了|不找人工了)[。！!，, ]*$")
_COMPLAINT = re.compile("投诉|举报|要告|告你们|信访|找领导")
WITHDRAWN = "好的，不转人工了\n还有什么要问的，直接说就行。"
AHEAD = "\n前面还有{waiting}位在等。"
GIVE_UP = "\n不想等了，回复“不等了”。"
NOTED = "\n您的意见已转给工作人员，会有人看；等人答复时也可以接着问我。"
SILENCE = Reply("", "handed_over", "human")


@dataclass(frozen=True)
class HandingOver:
    """Opens tickets, and holds the bot's tongue while somebody answers in its place."""

    tickets: Tickets
    labels: dict[str, str]
    """Facet → words for it."""

    async def attend(self, message: MessageIn, caller: Caller, state: State, today: date) -> Reply | None:
        """Silence while a person answers; a word where somebody does not want to wait any more."""
        ticket = await self._open(caller)
        if ticket is None:
            return None
        if ticket.standing is Standing.CLAIMED:
            await self.tickets.add(ticket.id, Who.RESIDENT, screen(message.text, today).text)
            return SILENCE
        if _GIVES_UP.match(message.text) and await self.tickets.withdraw(caller):
            return Reply(WITHDRAWN, "answered", "human")
        return None

    async def review(self, turn: Turn) -> Reply:
        """The reply; where it hands over, or the message complains, a ticket is opened for it."""
        reason = _reason(turn)
        if turn.caller is None or turn.caller.channel not in REACHED or reason is None:
            return turn.reply
        try:
            ticket = await self.tickets.open(turn.caller, turn.state.place, reason, self._understood(turn))
            before = await self.tickets.ahead(ticket)
        except (SQLAlchemyError, OSError) as error:
            log.error("a conversation could not be handed over (%s)", type(error).__name__)
            return turn.reply
        if turn.reply.outcome != "handed_over":
            return replace(turn.reply, text=turn.reply.text + NOTED)
        ahead = AHEAD.format(waiting=before) if before else ""
        return replace(turn.reply, text=turn.reply.text + ahead + GIVE_UP)

    async def _open(self, caller: Caller) -> Ticket | None:
        if caller.channel not in REACHED:
            return None
        try:
            return await self.tickets.of_caller(caller)
        except (SQLAlchemyError, OSError) as error:
            log.warning("handed over conversations could not be read (%s)", type(error).__name__)
            return None

    def _understood(self, turn: Turn) -> str:
        """What the last question was taken for, with how sure that was."""
        ranked = [(one.best, one.text) for one in turn.heard.questions if one.ranking]
        return "；".join(f"{self.labels.get(best.facet, best.facet)}（{best.confidence:.0%}）" for best, _ in ranked)


def _reason(turn: Turn) -> Reason | None:
    if _COMPLAINT.search(turn.heard.text) and turn.reply.outcome != "asked":
        return Reason.COMPLAINT
    if turn.reply.outcome != "handed_over":
        return None
    best = [one.best for one in turn.heard.questions if one.ranking] or [Ranked("", 0.0)]
    return Reason.ASKED if any(one.facet == "human" for one in best) else Reason.FAILURES
