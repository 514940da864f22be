"""Writes down when somebody hears a record that is not their own: a guardian who asks about a child."""

from __future__ import annotations

from bot.assistant import Turn
from bot.audit.entry import Action, Entry
from bot.audit.journal import Journal
from dialogues.disclosure import Disclosure
from dialogues.reply import Reply


class Looks:
    """A reviewer: the reply leaves only once the look is in the journal. What somebody hears of themselves is no look."""

    def __init__(self, journal: Journal):
        self._journal = journal

    async def review(self, turn: Turn) -> Reply:
        """The turn's own reply."""
        own = turn.state.record.resident if turn.state.record else None
        if turn.caller is None or own is None or turn.reply.disclosure < Disclosure.OWN_RECORD:
            return turn.reply
        for resident in turn.reply.of:
            if resident != own:
                detail = {"channel": str(turn.caller.channel), "topic": turn.reply.topic}
                await self._journal.note(Entry(f"resident:{own}", Action.LOOKED, resident, "监护人询问", detail))
        return turn.reply
