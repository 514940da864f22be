"""A handed over conversation as it was held: what the bot answered before and while somebody waited, and what people wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.channel import Delivery
from bot.desk.ticket import Line, Ticket, Who
from bot.desk.tickets import Tickets
from bot.review.placeholders import readable
from bot.review.receipts import Receipt, Receipts
from bot.review.turn_log import CODE_LINE, session_key
from bot.secrets.sealing import Secrets

TURNS = 30
"""So many of the bot's last answers are shown."""


@dataclass(frozen=True)
class Spoken:
    """One thing said; `code` is that of a bot's answer with a basis, `personal` whether that tells from somebody's record."""

    at: datetime
    who: Who
    text: str
    author: str | None = None
    delivery: Delivery | None = None
    code: str | None = None
    personal: bool = False


async def transcript(ticket: Ticket, tickets: Tickets, receipts: Receipts, secrets: Secrets) -> tuple[Spoken, ...]:
    """All of it in time."""
    turns = await receipts.of_session(session_key(secrets, ticket.caller.session), TURNS)
    lines = await tickets.lines(ticket.id)
    return tuple(sorted((*_of_turns(turns), *map(_of_line, lines)), key=lambda one: one.at))


def _of_turns(turns: Iterable[Receipt]) -> Iterable[Spoken]:
    for one in turns:
        yield Spoken(one.at, Who.RESIDENT, readable(one.question))
        answer = one.answer.partition(CODE_LINE.partition("{code}")[0])[0]
        code = one.code if one.clauses or one.from_record else None
        yield Spoken(one.at, Who.BOT, answer, code=code, personal=one.from_record)


def _of_line(line: Line) -> Spoken:
    return Spoken(line.at, line.who, readable(line.text), line.author, line.delivery)
