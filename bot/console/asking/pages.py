"""The page on which staff ask: one question after the other, in a conversation of their own."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Annotated

from fastapi import Form, Request, Response

from bot.assistant import Turn, region_code
from bot.channel import Caller, Channel
from bot.console.asking.answer import Answer, in_full, shown
from bot.console.asking.payment_days import bars
from bot.console.asking.what_if import AGAIN, asked_again, controls
from bot.console.frame import console_router, page
from bot.console.refusals import Unusable
from bot.console.security import Staff
from bot.console.workplace import Workplace, workplace
from bot.errors import AnswerFailed, UnknownRegion
from bot.messages import MessageIn
from bot.staff.member import Member
from bot.switches.switchboard import Kind, Off
from dialogues.places import name_of
from dialogues.reply import Reply
from dialogues.state import State
from nlu.understanding import Understanding
from policy_kb.citation import Citation
from policy_kb.knowledge import Policy

router = console_router("/ask")

LONGEST = 4000
Words = Annotated[str, Form(max_length=LONGEST)]
Short = Annotated[str, Form(max_length=60)]
Conversation = Annotated[str, Form(pattern=r"^[\w-]{8,64}$")]
EXAMPLES = ("低保户要交多少", "哪天截止", "娃10月5号生的最晚哪天办", "去年没交今年还能补吗", "微信上怎么交")
FAILED = "程序出了点问题，这句没答上来。请换个说法再问。"


@router.get("")
async def ask_page(request: Request, member: Staff, text: str = "") -> Response:
    """The page with nothing asked yet; a question in the address stands in the box."""
    desk = workplace(request)
    where = _where(desk, member.scope.county, None)
    context = {**where, "conversation": secrets.token_urlsafe(12), "text": text[:LONGEST], "answer": None}
    return page(request, "asking/ask.html", {**context, "examples": EXAMPLES})


@router.post("")
async def ask(
    request: Request,
    member: Staff,
    conversation: Conversation,
    text: Words = "",
    choice: Words = "",
    region: Short = "",
    year: Short = "",
) -> Response:
    """One question or choice; the answer as a part of the page, or the page with it where there is no script."""
    desk, caller = workplace(request), _caller(member, conversation)
    words = choice.strip() or text.strip()
    if not words:
        raise Unusable("请先写下要问的话。")
    assistant = desk.running.assistant
    before = await assistant.sessions.load(caller.session) or State()
    wanted = int(year) if year.isdecimal() and len(year) == 4 else None
    if before.year != wanted:
        await assistant.sessions.save(caller.session, replace(before, year=wanted))
    try:
        known = region_code(desk.kb, region) if region else None
        reply = await assistant.answer(MessageIn(id="ask", text=words, region=known), caller)
    except UnknownRegion:
        raise Unusable("没有这个县（区），请重新选。") from None
    except AnswerFailed:
        raise Unusable(FAILED) from None
    state = await assistant.sessions.load(caller.session) or State()
    cites = tuple(Citation(one.notice, one.clause, "") for one in reply.citations)
    answer = shown(desk.kb, state, words, reply.reply, reply.outcome, reply.topic, reply.choices, cites, desk.today)
    return await _shown(request, desk, conversation, answer, state)


@router.post("/what-if")
async def what_if(
    request: Request,
    member: Staff,
    conversation: Conversation,
    category: Short = "",
    tier: Short = "",
    birth_date: Short = "",
    paid_on: Short = "",
) -> Response:
    """The last question with other conditions."""
    desk, caller = workplace(request), _caller(member, conversation)
    assistant = desk.running.assistant
    state = await assistant.sessions.load(caller.session)
    if state is None or state.facet is None:
        raise Unusable("先问一个问题，再换条件。")
    form = {"category": category, "tier": tier, "birth_date": birth_date, "paid_on": paid_on}
    state, reply = asked_again(assistant.conversation, desk.kb, state, form, desk.today)
    await assistant.sessions.save(caller.session, state)
    reply = await _noted(desk, caller, state, reply)
    asked = in_full(desk.kb, state)
    answer = shown(
        desk.kb, state, asked, reply.text, reply.outcome, reply.topic, reply.choices, reply.citations, desk.today
    )
    return await _shown(request, desk, conversation, answer, state)


async def _noted(desk: Workplace, caller: Caller, state: State, reply: Reply) -> Reply:
    """The reply with its code: what is computed anew is an answer like any other."""
    asked = in_full(desk.kb, state)
    message, heard = MessageIn(id="what-if", text=AGAIN), Understanding(asked, ())
    return await desk.running.desk.turns.review(Turn(message, caller, caller.session, desk.today, heard, state, reply))


def _caller(member: Member, conversation: str) -> Caller:
    """The member at the console, in one conversation of a page; another member's is another."""
    return Caller(Channel.CONSOLE, "console", f"{member.id}-{conversation}")


async def _shown(request: Request, desk: Workplace, conversation: str, answer: Answer, state: State) -> Response:
    policy = _policy(desk, answer, state)
    context = {
        **_where(desk, state.place, state.year),
        "answer": answer,
        "off": await _off(desk, answer.topic),
        "conversation": conversation,
        "policy": policy,
        "lit": {one.clause for one in answer.citations if policy and one.notice == policy.id},
        "notices": desk.kb.notices,
        "controls": controls(policy, state) if policy and state.facet else None,
        "bars": bars(desk.kb, policy, state, answer.topic, desk.today) if policy else (),
    }
    if request.headers.get("hx-request") == "true":
        return page(request, "asking/answer.html", context)
    return page(request, "asking/ask.html", {**context, "examples": EXAMPLES, "text": ""})


async def _off(desk: Workplace, topic: str) -> Off | None:
    """The switch by which residents do not get this answer; staff see it all the same, and are told."""
    off = await desk.running.desk.switches.off()
    return next((one for one in off if one.kind is Kind.TOPIC and one.name == topic), None)


def _where(desk: Workplace, place: str | None, year: int | None) -> dict[str, object]:
    """The places and years to pick from, and which are picked: what was said last, else one's own."""
    held = desk.kb.held_regions()
    around = {one.code for one in desk.kb.regions.chain(place)} if place and place in desk.kb.regions else set()
    return {
        "places": [(one.code, name_of(one.code, desk.kb)) for one in held],
        "picked": next((one.code for one in held if one.code in around), ""),
        "years": sorted({one.notice.year for one in desk.kb.notices.values()} | ({year} if year else set())),
        "picked_year": year,
    }


def _policy(desk: Workplace, answer: Answer, state: State) -> Policy | None:
    """The notice that answered; without a clause, that of the place."""
    if answer.citations:
        return desk.kb.notices.get(answer.citations[0].notice)
    held = desk.kb.policies_of(state.place) if state.place else ()
    return held[0] if held else None
