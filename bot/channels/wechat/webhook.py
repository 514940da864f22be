"""`/wechat/{account}`: the address that is entered on the platform (服务器地址); GET proves it, POST brings messages."""

from __future__ import annotations

import asyncio
import logging
import time

from fastapi import FastAPI, Request, Response
from starlette.routing import Route

from bot.assistant import origin
from bot.channels.wechat.envelope import LONGEST, Signed
from bot.channels.wechat.inbound import read_inbound
from bot.channels.wechat.service import Wechat
from bot.errors import RefusedPush

log = logging.getLogger(__name__)

NOT_FOUND, TOO_SLOW, TOO_LARGE = 404, 408, 413
READING = 3.0
"""Seconds a body may take to arrive."""
LONGEST_ECHO = 256


async def verify(request: Request) -> Response:
    """URL verification: gives back `echostr` to whoever can sign with the account's token."""
    wechat, account = _asked(request)
    if wechat is None or account not in wechat.works:
        return _plain(NOT_FOUND)
    echo = request.query_params.get("echostr", "")
    try:
        wechat.works[account].envelope.prove(Signed.of(request.query_params), time.time())
        if not echo or len(echo) > LONGEST_ECHO:
            raise RefusedPush(400, "no echostr, or one too long")
    except RefusedPush as error:
        return _refused(account, error)
    return _plain(200, echo)


async def receive(request: Request) -> Response:
    """A message or event: 200 with the answer; 400 unreadable, 403 not proved, 404 no such account, 413 too large."""
    wechat, account = _asked(request)
    if wechat is None or account not in wechat.works:
        return _plain(NOT_FOUND)
    work = wechat.works[account]
    try:
        body = await _body(request)
        inbound = read_inbound(work.envelope.open(Signed.of(request.query_params), body, time.time()))
    except RefusedPush as error:
        return _refused(account, error)
    try:
        answer = await wechat.body(work, inbound)
    except Exception as error:  # the platform tries again; what happened is told without content
        log.error("account %s: a message could not be answered: %s", account, origin(error))
        return _plain(500)
    kind = "application/xml" if answer.startswith("<") else "text/plain"
    return Response(answer, media_type=kind)


def add_webhook(app: FastAPI, wechat: Wechat | None) -> None:
    """Adds the address, as plain routes of Starlette: FastAPI's own work on a request costs as much as proving it."""
    app.state.wechat = wechat
    path = "/wechat/{account}"
    app.router.routes.extend((Route(path, receive, methods=["POST"]), Route(path, verify, methods=["GET"])))


def _asked(request: Request) -> tuple[Wechat | None, str]:
    """What runs, and the account whose address was called."""
    return request.app.state.wechat, str(request.path_params["account"])


async def _body(request: Request) -> bytes:
    """The body. Raises RefusedPush where it is too long, before it is read whole."""
    length = request.headers.get("content-length", "0")
    body = b""
    if length.isdigit() and int(length) <= LONGEST:
        try:
            async with asyncio.timeout(READING):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > LONGEST:
                        break
                else:
                    return body
        except TimeoutError:
            raise RefusedPush(TOO_SLOW, f"a body that did not arrive within {READING:.0f} s") from None
    raise RefusedPush(TOO_LARGE, f"a body of more than {LONGEST} bytes")


def _refused(account: str, error: RefusedPush) -> Response:
    log.warning("account %s: a request was refused with %s: %s", account, error.status, error)
    return _plain(error.status)


def _plain(status: int, text: str = "") -> Response:
    return Response(text, status, media_type="text/plain")
