"""Telegram tells public policy only: whoever asks for a record is told why not here, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.assistant import Turn
from bot.channel import Caller, Channel
from bot.channels.telegram.words import RECORD_ABROAD, REMIND_ABROAD
from bot.messages import MessageIn
from dialogues.disclosure import Disclosure
from dialogues.reply import Reply
from dialogues.state import State

_BIND = re.compile(r"^\s*(?:我要|我想)?(?:解除)?绑定")
_REMIND = re.compile(r"^\s*(?:(?:到时候?|记得)?提醒(?:我|一下)|不用提醒|别提醒|退订)")


@dataclass(frozen=True)
class PublicOnly:
    """Attends and reviews what would need a record, on a channel whose ceiling lies below it."""

    hotline: str

    async def attend(self, message: MessageIn, caller: Caller, state: State, today: date) -> Reply | None:
        """Whoever wants to bind or to be reminded over Telegram."""
        if caller.channel is not Channel.TELEGRAM:
            return None
        if _BIND.search(message.text):
            return self._why_not("my_record")
        return Reply(REMIND_ABROAD, "refused", "my_record") if _REMIND.search(message.text) else None

    async def review(self, turn: Turn) -> Reply:
        """A reply about the person's own record gives way to the reason; so does anything while a record is held."""
        if turn.caller is None or turn.caller.channel is not Channel.TELEGRAM:
            return turn.reply
        allowed = turn.caller.channel.ceiling
        if allowed < Disclosure.OWN_RECORD and (turn.reply.topic == "my_record" or turn.state.record is not None):
            return self._why_not("my_record")
        return turn.reply

    def _why_not(self, topic: str) -> Reply:
        return Reply(RECORD_ABROAD.format(hotline=self.hotline), "refused", topic)
