"""One handed over conversation (对话): read it, claim it, answer, note, hand back, close."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.audit.entry import Action, Entry
from bot.channel import Channel
from bot.console.conversations import may_see
from bot.console.frame import console_router, page
from bot.console.handoff.queue import Listed, listed
from bot.console.refusals import Missing, Refusal, Unusable
from bot.console.security import Operator
from bot.console.workplace import Workplace, workplace
from bot.desk.answering import WORDS
from bot.desk.canned import LONGEST_TEXT, CannedAnswers
from bot.desk.ticket import Standing, Ticket, Who
from bot.desk.transcript import Spoken, transcript
from bot.review.placeholders import without_numbers
from bot.staff.member import Member

router = console_router("/handoff/t")

LONGEST = LONGEST_TEXT
"""Characters of an answer; a customer-service message of WeChat holds 682 Chinese ones."""
RESULTS = ("已答复清楚", "已转给经办窗口", "要等核实后回电", "对方没有再说话")
GONE = "没有这条对话，或者不归您看。"
EMPTY = "请先写下要说的话。"
Words = Annotated[str, Form(max_length=LONGEST * 2)]


class TakenAlready(Refusal):
    """Somebody else was quicker, or the conversation is over."""

    status = 409
    title = "慢了一步"


@router.get("/{number}")
async def conversation(request: Request, member: Operator, number: str) -> Response:
    """The conversation with what can be done about it."""
    desk, ticket = workplace(request), await _ticket(request, member, number)
    shown, spoken = await _shown(desk, member, ticket)
    canned = await CannedAnswers(desk.engine).all()
    context = {**_context(desk, shown, spoken), "canned": canned, "longest": LONGEST, "results": RESULTS}
    return page(request, "handoff/conversation.html", context)


@router.get("/{number}/talk")
async def talk(request: Request, member: Operator, number: str, seen: str = "", was: str = "") -> Response:
    """The conversation's words, where something is new; the whole page again where what can be done has changed."""
    desk, ticket = workplace(request), await _ticket(request, member, number)
    shown, spoken = await _shown(desk, member, ticket)
    if was and was != _standing(shown):
        return Response(status_code=200, headers={"HX-Refresh": "true"})
    context = _context(desk, shown, spoken)
    return Response(status_code=204) if seen == context["seen"] else page(request, "handoff/talk.html", context)


@router.post("/{number}/claim")
async def claim(request: Request, member: Operator, number: str) -> Response:
    """Takes the conversation; raises TakenAlready for whoever comes second."""
    desk, ticket = workplace(request), await _ticket(request, member, number)
    note = _note(member, ticket, "claimed")
    if not await desk.running.desk.tickets.claim(ticket.id, member.id, note):
        raise TakenAlready(await _who_has_it(desk, member, ticket))
    return _back(number)


@router.post("/{number}/answer")
async def answer(request: Request, member: Operator, number: str, text: Words = "") -> Response:
    """Sends an answer over the person's own channel."""
    desk, ticket = workplace(request), await _ticket(request, member, number)
    line = await desk.running.answering.answer(ticket, member.id, member.name, _said(text))
    if line is None:
        raise TakenAlready(await _who_has_it(desk, member, ticket))
    return await _talk_or_back(request, member, number)


@router.post("/{number}/note")
async def note(request: Request, member: Operator, number: str, text: Words = "") -> Response:
    """Writes a note that only staff read."""
    desk, ticket = workplace(request), await _ticket(request, member, number)
    await desk.running.desk.tickets.add(ticket.id, Who.NOTE, _said(text), member.name)
    return await _talk_or_back(request, member, number)


@router.post("/{number}/back")
async def hand_back(request: Request, member: Operator, number: str) -> Response:
    """Puts the conversation back among those that wait."""
    desk, ticket = workplace(request), await _ticket(request, member, number)
    if not await desk.running.desk.tickets.hand_back(ticket.id, member.id, _note(member, ticket, "handed back")):
        raise TakenAlready(await _who_has_it(desk, member, ticket))
    return RedirectResponse("/console/handoff", 303)


@router.post("/{number}/close")
async def close(request: Request, member: Operator, number: str, result: Words = "", more: Words = "") -> Response:
    """Ends the conversation with a result; from now on the bot answers again."""
    desk, ticket = workplace(request), await _ticket(request, member, number)
    words = "：".join(one for one in (result if result in RESULTS else "", " ".join(more.split())) if one)
    if not words:
        raise Unusable("请选一个结果，或写几个字。")
    kept = without_numbers(words, desk.today)
    if not await desk.running.answering.close(ticket, member.id, kept, _note(member, ticket, "closed")):
        raise TakenAlready(await _who_has_it(desk, member, ticket))
    return RedirectResponse("/console/handoff", 303)


async def _ticket(request: Request, member: Member, number: str) -> Ticket:
    """The ticket of an address. Raises Missing where there is none, or none for this member."""
    found = await workplace(request).running.desk.tickets.by_id(number)
    if found is None or not may_see(member, found.region):
        raise Missing(GONE)
    return found


async def _shown(desk: Workplace, member: Member, ticket: Ticket) -> tuple[Listed, tuple[Spoken, ...]]:
    at_desk = desk.running.desk
    spoken = await transcript(ticket, at_desk.tickets, at_desk.receipts, desk.secrets)
    (shown,) = await listed(desk, member, [ticket], with_words=False)
    return shown, spoken


def _context(desk: Workplace, shown: Listed, spoken: tuple[Spoken, ...]) -> dict[str, object]:
    seen = hashlib.sha256(repr([(one.at, one.delivery) for one in spoken]).encode()).hexdigest()[:12]
    fetches = shown.ticket.caller.channel is Channel.PAGE
    context = {"one": shown, "ticket": shown.ticket, "spoken": spoken, "seen": seen, "was": _standing(shown)}
    return {**context, "deliveries": WORDS, "fetches": fetches}


def _standing(shown: Listed) -> str:
    return f"{shown.ticket.standing}-{shown.ticket.claimed_by or 0}"


async def _who_has_it(desk: Workplace, member: Member, ticket: Ticket) -> str:
    """Why one cannot do this any more, in kind words."""
    now = await desk.running.desk.tickets.by_id(ticket.id)
    if now is None or now.standing is Standing.CLOSED:
        return "这条对话已经结束了，不用再处理。"
    if now.standing is Standing.WAITING:
        return "这条对话现在没人接，请先点“我来接”。"
    (shown,) = await listed(desk, member, [now], with_words=False)
    return f"{shown.holder or '另一位同事'}已经接了，不用您再管。请看看还有没有别人在等。"


async def _talk_or_back(request: Request, member: Member, number: str) -> Response:
    """The conversation's words for htmx, else the page again."""
    if request.headers.get("hx-request") == "true":
        return await talk(request, member, number)
    return _back(number)


def _said(text: str) -> str:
    words = text.strip()
    if not words:
        raise Unusable(EMPTY)
    if len(words) > LONGEST:
        raise Unusable(f"一次最多{LONGEST}个字，请分成两条。")
    return words


def _note(member: Member, ticket: Ticket, what: str) -> Entry:
    return Entry(member.actor, Action.TOOK_OVER, detail={"what": what, "ticket": ticket.id})


def _back(number: str) -> Response:
    return RedirectResponse(f"/console/handoff/t/{number}", 303)
