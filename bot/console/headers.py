"""What every answer of the console says to browsers, and the bound on what they send; before anything is read."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIX = "/console"
KEPT = "/console/static/"
A_YEAR = "public, max-age=31536000, immutable"
LONGEST_FORM = 256 * 1024
"""Bytes of a form."""
TOO_LONG = "<!doctype html><html lang=zh-CN><title>内容太长</title><h1>内容太长</h1><p>没有发送成功。请返回，写短一些再试。</p>"


class ConsoleHeaders:
    """Adds the headers as an answer of the console leaves: keep nothing, show it in no other window."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; a body that is too long, or does not say how long it is, gets 413."""
        ours = scope["type"] == "http" and scope["path"].startswith(PREFIX)
        if not ours:
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_headers(scope))
            await send(message)

        answer = HTMLResponse(TOO_LONG, 413) if _is_too_long(scope) else self._app
        await answer(scope, receive, with_headers)


def _is_too_long(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    length = headers.get("content-length", "0")
    return "transfer-encoding" in headers or not length.isdigit() or int(length) > LONGEST_FORM


def _headers(scope: Scope) -> dict[str, str]:
    static = scope["path"].startswith(KEPT) and scope.get("query_string")
    found = {
        "Cache-Control": A_YEAR if static else "no-store",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if scope.get("scheme") == "https":
        found["Strict-Transport-Security"] = "max-age=31536000"
    return found
