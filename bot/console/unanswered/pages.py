"""The page of questions left open: settle them, mark an answer wrong, download a proposal."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.composition import topics
from bot.console.conversations import CHANNELS, counties_of, may_see, place_words
from bot.console.frame import console_router, page
from bot.console.refusals import Missing, Unusable
from bot.console.security import Operator, Staff
from bot.console.workplace import Workplace, workplace
from bot.review.placeholders import readable, without_numbers
from bot.review.proposals import case_file, phrase_file
from bot.review.turn_log import CODE_LINE
from bot.review.unanswered import SHOWN, SINCE, Group
from bot.staff.member import Member

router = console_router("/unanswered")

HERE = "/console/unanswered"
GONE = "这一组已经处理过了，或者不归您看。"
NO_CODE = "没有这个编号的答复。"
Short = Annotated[str, Form(max_length=400)]


@router.get("")
async def open_page(request: Request, member: Operator) -> Response:
    """The groups of the member's county, the most asked first."""
    desk = workplace(request)
    groups = await _groups(desk, member)
    known = topics()
    context = {
        "groups": groups,
        "shown": SHOWN,
        "days": SINCE.days,
        "places": {one.newest.code: place_words(one.newest.region, desk.kb) for one in groups},
        "channels": CHANNELS,
        "labels": {name: one["label"] for name, one in known.items()},
        "facets": [(name, one["label"]) for name, one in known.items()],
        "notices": desk.kb.notices,
        "readable": readable,
        "answer_of": lambda one: one.answer.partition(CODE_LINE.partition("{code}")[0])[0],
    }
    return page(request, "unanswered/page.html", context)


@router.post("/settle")
async def settle(request: Request, member: Operator, code: Short = "") -> Response:
    """Takes a group off the list."""
    desk = workplace(request)
    group = await _group(desk, member, code)
    await desk.running.desk.unanswered.settle([one.code for one in group.questions], counties_of(member))
    return RedirectResponse(HERE, 303)


@router.post("/mark")
async def mark(request: Request, member: Staff, code: Short = "", note: Short = "") -> Response:
    """Marks an answer wrong, so that it stands among the questions left open."""
    at_desk = workplace(request).running.desk
    await at_desk.turns.flush()
    receipt = await at_desk.receipts.by_code(code)
    if receipt is None or not may_see(member, receipt.region):
        raise Missing(NO_CODE)
    why = without_numbers(" ".join(note.split()), workplace(request).today)
    await at_desk.unanswered.mark(receipt.code, f"{member.name}：{why or '答得不对'}")
    if request.headers.get("hx-request") == "true":
        return page(request, "unanswered/marked.html")
    return RedirectResponse(f"/console/receipts?code={receipt.code}", 303)


@router.get("/phrases")
async def phrases(request: Request, member: Operator, code: str = "", facet: str = "") -> Response:
    """The group as training phrases of a question that the program tells apart (YAML)."""
    if facet not in topics():
        raise Unusable("请先选这是哪一类问题。")
    group = await _group(workplace(request), member, code)
    return _file(phrase_file(group, facet), f"phrases-{group.newest.code.lower()}.yml")


@router.get("/case")
async def case(request: Request, member: Operator, code: str = "") -> Response:
    """The group's newest question as a conversation case (YAML)."""
    desk = workplace(request)
    group = await _group(desk, member, code)
    return _file(case_file(group, desk.kb.regions), f"case-{group.newest.code.lower()}.yml")


async def _groups(desk: Workplace, member: Member) -> tuple[Group, ...]:
    await desk.running.desk.turns.flush()
    return await desk.running.desk.unanswered.groups(desk.moment, counties_of(member))


async def _group(desk: Workplace, member: Member, code: str) -> Group:
    """The group that a question belongs to. Raises Missing."""
    for group in await _groups(desk, member):
        if any(one.code == code for one in group.questions):
            return group
    raise Missing(GONE)


def _file(text: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="application/yaml; charset=utf-8", headers=headers)
