"""The page on which staff ask: one question after the other, in a conversation of their own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Form, Request, Response

from bot.assistant import region_code
from bot.channel import Caller, Channel
from bot.console.asking.payment_days import TOPICS, bars
from bot.console.asking.what_if import AGAIN, asked_again, controls
from bot.console.frame import console_router, page
from bot.console.refusals import Unusable
from bot.console.security import Staff
from bot.console.workplace import Workplace, workplace
from bot.errors import AnswerFailed, UnknownRegion
from bot.messages import MessageIn
from bot.review.turn_log import CODE_LINE
from bot.staff.member import Member
from dialogues.places import name_of
from dialogues.state import State
from policy_kb.citation import Citation
from policy_kb.knowledge import Policy

router = console_router("/ask")

Words = Annotated[str, Form(max_length=4000)]
Short = Annotated[str, Form(max_length=60)]
Conversation = Annotated[str, Form(pattern=r"^[\w-]{8,64}$")]
EXAMPLES = ("低保户要交多少", "哪天截止", "娃10月5号生的最晚哪天办", "去年没交今年还能补吗", "微信上怎么交")
FAILED = "程序出了点问题，这句没答上来。请换个说法再问。"
_CODE = CODE_LINE.partition("{code}")[0].strip()


@dataclass(frozen=True)
class Answer:
    """An answer as the page shows it: lines without the clauses' line and the numbered choices, which have places of their own."""

    asked: str
    first: str
    rest: tuple[str, ...]
    outcome: str
    topic: str
    choices: tuple[str, ...]
    citations: tuple[Citation, ...]
    code: str
    message: str
    """What is copied for a village group."""


@router.get("")
async def ask_page(request: Request, member: Staff) -> Response:
    """The page with nothing asked yet."""
    desk = workplace(request)
    places = [(one.code, name_of(one.code, desk.kb)) for one in desk.kb.held_regions()]
    own = member.scope.county if member.scope.county in dict(places) else None
    years = {code: [one.notice.year for one in desk.kb.policies_of(code)] for code, _ in places}
    context = {"places": places, "own": own, "years": sorted({year for some in years.values() for year in some})}
    return page(
        request, "asking/ask.html", {**context, "examples": EXAMPLES, "conversation": secrets.token_urlsafe(12)}
    )


@router.post("")
async def ask(
    request: Request, member: Staff, conversation: Conversation, text: Words = "", region: Short = "", year: Short = ""
) -> Response:
    """One question or choice; the answer as a part of the page."""
    desk, caller = workplace(request), _caller(member, conversation)
    if not text.strip():
        raise Unusable("请先写下要问的话。")
    assistant = desk.running.assistant
    before = await assistant.sessions.load(caller.session) or State()
    wanted = int(year) if year.isdigit() else None
    if before.year != wanted or before.today != desk.running.settings.now:
        await assistant.sessions.save(caller.session, replace(before, year=wanted))
    try:
        known = region_code(desk.kb, region) if region else None
        reply = await assistant.answer(MessageIn(id="ask", text=text, region=known), caller)
    except UnknownRegion:
        raise Unusable("没有这个县（区），请重新选。") from None
    except AnswerFailed:
        raise Unusable(FAILED) from None
    cites = tuple(Citation(one.notice, one.clause, "") for one in reply.citations)
    answer = _answer(text, reply.reply, reply.outcome, reply.topic, reply.choices, cites)
    state = await assistant.sessions.load(caller.session) or State()
    return _shown(request, desk, conversation, answer, state)


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
    asked = f"{AGAIN}：{state.question}"
    answer = _answer(asked, reply.text, reply.outcome, reply.topic, reply.choices, reply.citations)
    return _shown(request, desk, conversation, answer, state)


def _caller(member: Member, conversation: str) -> Caller:
    """The member at the console, in one conversation of a page; another member's is another."""
    return Caller(Channel.CONSOLE, "console", f"{member.id}-{conversation}")


def _answer(
    asked: str, text: str, outcome: str, topic: str, choices: tuple[str, ...], citations: tuple[Citation, ...]
) -> Answer:
    listed = {f"{at}. {one}" for at, one in enumerate(choices, 1)}
    lines = [line for line in text.split("\n") if line not in listed]
    code = next((line.removeprefix(_CODE) for line in lines if line.startswith(_CODE)), "")
    lines = [line for line in lines if not line.startswith(_CODE)]
    shown = [line for line in lines if not line.startswith("依据：")]
    return Answer(
        asked, shown[0] if shown else "", tuple(shown[1:]), outcome, topic, choices, citations, code, "\n".join(lines)
    )


def _shown(request: Request, desk: Workplace, conversation: str, answer: Answer, state: State) -> Response:
    policy = _policy(desk, answer, state)
    context = {
        "answer": answer,
        "conversation": conversation,
        "policy": policy,
        "lit": {one.clause for one in answer.citations if policy and one.notice == policy.id},
        "notices": desk.kb.notices,
        "controls": controls(policy, state) if policy else None,
        "bars": bars(desk.kb, policy, state, desk.today) if policy and answer.topic in TOPICS else (),
    }
    return page(request, "asking/answer.html", context)


def _policy(desk: Workplace, answer: Answer, state: State) -> Policy | None:
    """The notice that answered; without a clause, that of the place."""
    if answer.citations:
        return desk.kb.notices.get(answer.citations[0].notice)
    held = desk.kb.policies_of(state.place) if state.place else ()
    return held[0] if held else None
