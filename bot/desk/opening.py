"""The desk behind the bot, opened over a running assistant: switches, the log of turns, tickets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.assistant import Assistant
from bot.audit.journal import Journal
from bot.composition import parts, topics
from bot.desk.handing_over import HandingOver
from bot.desk.tickets import Tickets
from bot.review.receipts import Receipts
from bot.review.turn_log import TurnLog
from bot.review.unanswered import Unanswered
from bot.secrets.sealing import Secrets
from bot.switches.switchboard import Switchboard
from bot.switches.turned_off import TurnedOff


@dataclass(frozen=True)
class Desk:
    """What staff work with behind the bot."""

    tickets: Tickets
    turns: TurnLog
    receipts: Receipts
    unanswered: Unanswered
    switches: Switchboard


@asynccontextmanager
async def opened_desk(assistant: Assistant, database: AsyncEngine, secrets: Secrets) -> AsyncIterator[Desk]:
    """The desk; from now on the assistant heeds the switches, notes its turns and hands over."""
    known = topics()
    tickets, turns = Tickets(database, secrets), TurnLog(database, secrets)
    switches = Switchboard(database, Journal(database))
    off = TurnedOff(switches, {name: one["topic"] for name, one in known.items()}, assistant.kb.hotline)
    handing = HandingOver(tickets, {name: one["label"] for name, one in known.items()})
    assistant.attendants = (off, handing, *assistant.attendants)
    assistant.reviewers = (off, *assistant.reviewers, turns, handing)
    assistant.asks = (*assistant.asks, tickets.asked)
    unanswered = Unanswered(database, secrets, assistant.kb, parts().finder)
    async with turns.writing():
        yield Desk(tickets, turns, Receipts(database, secrets), unanswered, switches)
