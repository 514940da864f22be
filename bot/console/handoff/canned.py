"""The answers kept ready (常用语): added, changed and deleted by operators, the same for all."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame import console_router, page
from bot.console.refusals import Missing
from bot.console.security import Operator
from bot.console.workplace import workplace
from bot.desk.canned import LONGEST_SHORTCUT, LONGEST_TEXT, Canned, CannedAnswers, tidy_shortcut

router = console_router("/handoff/canned")

HERE = "/console/handoff/canned"
TAKEN = "这个短码已经有了，请换一个。"
Words = Annotated[str, Form(max_length=LONGEST_TEXT * 2)]


@router.get("")
async def canned_page(request: Request, member: Operator) -> Response:
    """All of them, and the form for another one."""
    return await _page(request)


@router.post("")
async def add(request: Request, member: Operator, shortcut: Words = "", text: Words = "") -> Response:
    """Another one."""
    short, words = tidy_shortcut(shortcut), text.strip()
    fault = _fault(short, words)
    if not fault and not await CannedAnswers(workplace(request).engine).add(short, words, member.name):
        fault = TAKEN
    return await _page(request, fault, shortcut, text) if fault else RedirectResponse(HERE, 303)


@router.get("/{number}")
async def edit_page(request: Request, member: Operator, number: int) -> Response:
    """The form for one of them."""
    found = await _one(request, number)
    return _edit(request, found, found.shortcut, found.text)


@router.post("/{number}")
async def change(request: Request, member: Operator, number: int, shortcut: Words = "", text: Words = "") -> Response:
    """One of them rewritten."""
    found = await _one(request, number)
    short, words = tidy_shortcut(shortcut), text.strip()
    fault = _fault(short, words)
    if not fault and not await CannedAnswers(workplace(request).engine).change(number, short, words, member.name):
        fault = TAKEN
    return _edit(request, found, shortcut, text, fault) if fault else RedirectResponse(HERE, 303)


@router.post("/{number}/delete")
async def delete(request: Request, member: Operator, number: int) -> Response:
    """One of them deleted; one that is gone already is no fault."""
    await CannedAnswers(workplace(request).engine).remove(number)
    return RedirectResponse(HERE, 303)


async def _one(request: Request, number: int) -> Canned:
    found = next((one for one in await CannedAnswers(workplace(request).engine).all() if one.id == number), None)
    if found is None:
        raise Missing("这条常用语已经删了。")
    return found


def _fault(shortcut: str, text: str) -> str:
    if not shortcut or len(shortcut) > LONGEST_SHORTCUT:
        return f"短码要写，最多{LONGEST_SHORTCUT}个字。"
    if not text or len(text) > LONGEST_TEXT:
        return f"答复的话要写，最多{LONGEST_TEXT}个字。"
    return ""


async def _page(request: Request, fault: str = "", shortcut: str = "", text: str = "") -> Response:
    kept = await CannedAnswers(workplace(request).engine).all()
    context = {"kept": kept, "fault": fault, "shortcut": shortcut, "text": text, **_LIMITS}
    return page(request, "handoff/canned.html", context, 422 if fault else 200)


def _edit(request: Request, found: Canned, shortcut: str, text: str, fault: str = "") -> Response:
    context = {"one": found, "fault": fault, "shortcut": shortcut, "text": text, **_LIMITS}
    return page(request, "handoff/canned_one.html", context, 422 if fault else 200)


_LIMITS = {"longest_shortcut": LONGEST_SHORTCUT, "longest_text": LONGEST_TEXT}
