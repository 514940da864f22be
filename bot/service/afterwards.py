"""What comes after an answer on the residents' page: a person's words, and a mark that an answer was wrong."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Cookie, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.desk.ticket import Standing
from bot.service.api import read_body
from bot.service.page import CONVERSATION, caller_of

router = APIRouter(prefix="/page")

MARKED = "本人在网页上标记答得不对"


class WrongAnswer(BaseModel):
    """An answer that somebody marks as wrong, by the code under it."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(max_length=12)]
    conversation: Annotated[str, Field(pattern=CONVERSATION)]


@router.get("/news")
async def news(
    request: Request,
    conversation: Annotated[str, Query(pattern=CONVERSATION)],
    canbao_page: Annotated[str | None, Cookie()] = None,
) -> Response:
    """What staff wrote since the last time, whether somebody still is to answer, and has begun to; 403 without the page's cookie."""
    caller = caller_of(canbao_page, conversation)
    if caller is None:
        return JSONResponse({"error": "请刷新页面再试。"}, 403)
    tickets = request.app.state.running.desk.tickets
    lines = await tickets.unfetched(caller)
    ticket = await tickets.of_caller(caller)
    told = [{"text": one.text, "author": one.author} for one in lines]
    claimed = ticket is not None and ticket.standing is Standing.CLAIMED
    return JSONResponse({"lines": told, "open": ticket is not None, "claimed": claimed})


@router.post("/wrong")
async def wrong(request: Request, canbao_page: Annotated[str | None, Cookie()] = None) -> Response:
    """Marks an answer of this very conversation as wrong; 404 for any other code."""
    try:
        sent = WrongAnswer.model_validate_json(await read_body(request) or b"")
    except ValidationError:
        return JSONResponse({"error": "没有记下来，请再试一次。"}, 422)
    desk, caller = request.app.state.running.desk, caller_of(canbao_page, sent.conversation)
    await desk.turns.flush()
    receipt = await desk.receipts.by_code(sent.code) if caller else None
    if caller is None or receipt is None or receipt.session != caller.session:
        return JSONResponse({"error": "没有找到这条答复。"}, 404)
    await desk.unanswered.mark(receipt.code, MARKED)
    return JSONResponse({"said": "记下了，会有人核对。"})
