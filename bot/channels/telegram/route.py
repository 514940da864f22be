"""`POST /telegram/{account}`: where Telegram pushes updates to."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bot.channels.telegram.bot import TelegramBot
from bot.channels.telegram.claims import Taken
from bot.service.api import read_body

router = APIRouter()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@router.post("/telegram/{account}", include_in_schema=False)
async def push(request: Request, account: str) -> Response:
    """Answers one update before it is acknowledged; 503 has Telegram bring it again.

    403 without the secret, 404 for another bot, 400 for what is no update, 413 for too much.
    """
    bot: TelegramBot | None = request.app.state.running.telegram
    if bot is None or account != bot.account:
        return JSONResponse({"error": "no bot of that number"}, 404)
    if not bot.proves(request.headers.get(SECRET_HEADER, "")):
        return JSONResponse({"error": "wrong secret"}, 403)
    if not bot.ready.is_set():
        return JSONResponse({"error": "not ready"}, 503, {"Retry-After": "5"})
    body = await read_body(request)
    if body is None:
        return JSONResponse({"error": "too large"}, 413)
    try:
        update = bot.read(json.loads(body))
    except (ValueError, KeyError, TypeError, AttributeError):
        return JSONResponse({"error": "not an update"}, 400)
    if await bot.take(update) is Taken.BUSY:
        return JSONResponse({"error": "another process has it"}, 503, {"Retry-After": "5"})
    return Response(status_code=200)
