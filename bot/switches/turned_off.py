"""What residents read where a topic or a channel is turned off."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import SQLAlchemyError

from bot.assistant import Turn
from bot.channel import Caller, Channel
from bot.messages import MessageIn
from bot.switches.switchboard import Kind, Off, Switchboard
from dialogues.reply import Reply
from dialogues.state import State

log = logging.getLogger(__name__)

CHANNEL_OFF = (
    "这里的问答暂时停用\n我们正在核对内容，稍后恢复。急事请打医保热线{hotline}，或问村（居）委会、医保经办窗口。"
)
TOPIC_OFF = "这类问题暂时不能在这里回答\n我们正在核对这部分内容，免得答错。请打医保热线{hotline}，或问医保经办窗口；别的问题可以接着问。"


@dataclass(frozen=True)
class TurnedOff:
    """Answers for channels that are off, and in place of replies on topics that are; staff at the console see all."""

    board: Switchboard
    topics: dict[str, str]
    """Facet → topic."""
    hotline: str

    async def attend(self, message: MessageIn, caller: Caller, state: State, today: date) -> Reply | None:
        """The set text on a channel that is off."""
        if any(one.kind is Kind.CHANNEL and one.name == caller.channel for one in await self._off()):
            return Reply(CHANNEL_OFF.format(hotline=self.hotline), "refused", "contact")
        return None

    async def review(self, turn: Turn) -> Reply:
        """The set text in place of a reply of which any part is on a topic that is off."""
        if turn.caller is not None and turn.caller.channel is Channel.CONSOLE:
            return turn.reply
        off = {one.name for one in await self._off() if one.kind is Kind.TOPIC}
        asked = {self.topics.get(one.best.facet, "") for one in turn.heard.questions if one.ranking}
        if not off & {turn.reply.topic, *asked}:
            return turn.reply
        return Reply(TOPIC_OFF.format(hotline=self.hotline), "refused", turn.reply.topic)

    async def _off(self) -> tuple[Off, ...]:
        try:
            return await self.board.off()
        except (SQLAlchemyError, OSError) as error:
            log.warning("the switches could not be read (%s); they are taken as last known", type(error).__name__)
            return self.board.last_known
