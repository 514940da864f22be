"""What every answer of the console says to browsers: keep nothing, show it in no other window; with https, never go without."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIX = "/console"
KEPT = "/console/static/"
A_YEAR = "public, max-age=31536000, immutable"


class ConsoleHeaders:
    """Adds the headers as an answer of the console leaves."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_headers(scope))
            await send(message)

        ours = scope["type"] == "http" and scope["path"].startswith(PREFIX)
        await self._app(scope, receive, with_headers if ours else send)


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
