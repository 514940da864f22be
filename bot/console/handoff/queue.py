"""Who waits and whose turn it is (排队): the live list, and the number beside the menu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse

from bot.console.conversations import CHANNELS, counties_of, place_words, waiting_words
from bot.console.frame import console_router, page
from bot.console.security import Operator
from bot.console.workplace import Workplace, workplace
from bot.desk.last_words import last_words_of
from bot.desk.ticket import Standing, Ticket
from bot.staff.member import Member

router = console_router("/handoff")

MOST = 40
"""Conversations listed at once."""
LONGEST_WORDS = 120
LATE = 300
"""Seconds of waiting from which a conversation is marked."""


@dataclass(frozen=True)
class Listed:
    """A conversation in the list; `holder` is the name of whoever answers."""

    ticket: Ticket
    place: str
    channel: str
    waited: str
    late: bool
    words: str
    holder: str | None
    mine: bool


@router.get("")
async def queue_page(request: Request, member: Operator) -> Response:
    """The list, in which those who wait stand first, the longest waiting on top."""
    return page(request, "handoff/queue.html", await _lists(workplace(request), member))


@router.get("/list")
async def live_list(request: Request, member: Operator) -> Response:
    """The part of the page that is renewed by itself."""
    return page(request, "handoff/list.html", await _lists(workplace(request), member))


@router.get("/waiting")
async def waiting(request: Request, member: Operator) -> Response:
    """How many wait; nothing where nobody does."""
    count = await workplace(request).running.desk.tickets.waiting(counties_of(member))
    return PlainTextResponse(str(count or ""))


@router.get("/closed")
async def closed_page(request: Request, member: Operator) -> Response:
    """The conversations closed last."""
    desk = workplace(request)
    found = await desk.running.desk.tickets.closed(counties_of(member))
    return page(request, "handoff/closed.html", {"tickets": await listed(desk, member, found, with_words=False)})


async def _lists(desk: Workplace, member: Member) -> dict[str, object]:
    found = (await desk.running.desk.tickets.queue(counties_of(member)))[:MOST]
    shown = await listed(desk, member, found)
    return {
        "waiting": [one for one in shown if one.ticket.standing is Standing.WAITING],
        "mine": [one for one in shown if one.mine],
        "others": [one for one in shown if one.ticket.standing is Standing.CLAIMED and not one.mine],
    }


async def listed(
    desk: Workplace, member: Member, tickets: Sequence[Ticket], with_words: bool = True
) -> tuple[Listed, ...]:
    """The tickets as they are listed, on request with the person's last words."""
    names = {one.id: one.name for one in await desk.accounts.all()}
    words = await last_words_of(tickets, desk.engine, desk.secrets) if with_words else {}
    found = []
    for ticket in tickets:
        waited = ticket.waited(desk.moment)
        found.append(
            Listed(
                ticket,
                place_words(ticket.region, desk.kb),
                CHANNELS[ticket.caller.channel],
                waiting_words(waited),
                waited.total_seconds() >= LATE,
                words.get(ticket.id, "")[:LONGEST_WORDS],
                names.get(ticket.claimed_by or 0),
                ticket.standing is Standing.CLAIMED and ticket.claimed_by == member.id,
            )
        )
    return tuple(found)
