"""The residents' page: pick the county, ask, tap choices, open the notice at the clause."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Cookie, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.channel import Caller, Channel
from bot.errors import AnswerFailed, UnknownRegion
from bot.messages import MessageIn
from bot.service.api import read_body, replied
from dialogues.places import name_of

router = APIRouter()
templates = Jinja2Templates(directory=Path(__file__).parent / "templates")

COOKIE = "canbao_page"
FAILED = "程序出了点问题，这句没答上来。请换个说法再问，或打医保热线。"
EXAMPLES = ("今年医保交多少钱", "哪天截止", "低保户要交多少", "刚生的娃多少天内办", "错过了还能补吗")


CONVERSATION = r"^[0-9a-z]{1,32}$"
"""How the page names a conversation of its own."""
_COOKIE_LENGTH = 43


class PageMessage(BaseModel):
    """What the page sends: the words, and the place picked; nothing personal."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=20_000)]
    region: str | None = None
    conversation: Annotated[str, Field(pattern=CONVERSATION)]


@router.get("/", response_class=HTMLResponse)
async def chat(request: Request, canbao_page: Annotated[str | None, Cookie()] = None) -> Response:
    """The chat page."""
    running = request.app.state.running
    kb = running.assistant.kb
    places = [{"code": one.code, "name": name_of(one.code, kb)} for one in kb.held_regions()]
    context = {"places": places, "examples": EXAMPLES, "hotline": kb.hotline, "now": running.settings.now}
    response = templates.TemplateResponse(request, "chat.html", context)
    if canbao_page is None or len(canbao_page) != _COOKIE_LENGTH:
        response.set_cookie(COOKIE, secrets.token_urlsafe(32), httponly=True, samesite="strict", max_age=86400)
    return response


@router.post("/page/messages")
async def message(request: Request, canbao_page: Annotated[str | None, Cookie()] = None) -> Response:
    """One message of the page; 403 without its cookie, 422 for a message that is wrong."""
    body = await read_body(request)
    try:
        sent = PageMessage.model_validate_json(body or b"")
    except ValidationError:
        return JSONResponse({"error": "这条消息发送不成功，请重新输入。"}, 422)
    caller = caller_of(canbao_page, sent.conversation)
    if caller is None:
        return JSONResponse({"error": "请刷新页面再试。"}, 403)
    heard = MessageIn(id="page", text=sent.text, region=sent.region)
    try:
        reply = await request.app.state.running.assistant.answer(heard, caller)
        return replied(reply.model_copy(update={"session": sent.conversation}))
    except UnknownRegion:
        return JSONResponse({"error": "没有这个县（区），请刷新页面重新选。"}, 422)
    except AnswerFailed:
        return JSONResponse({"error": FAILED}, 500)


def caller_of(cookie: str | None, conversation: str) -> Caller | None:
    """Whoever writes on the page: a browser's cookie and a conversation in it; None without the cookie."""
    if cookie is None or len(cookie) != _COOKIE_LENGTH:
        return None
    return Caller(Channel.PAGE, "page", f"{cookie}-{conversation}")


@router.get("/notices/{notice}", response_class=HTMLResponse)
async def notice(request: Request, notice: str) -> Response:
    """A notice to read, each clause with an anchor of its own."""
    policies = request.app.state.running.assistant.kb.notices
    if notice not in policies:
        return templates.TemplateResponse(request, "missing.html", {}, status_code=404)
    return templates.TemplateResponse(request, "notice.html", {"notice": policies[notice].notice})
