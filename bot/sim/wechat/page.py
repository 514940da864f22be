"""A page like a phone with WeChat on it: type, speak, scan, follow, tap the menu; it asks the platform what to show."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.service.headers import POLICY, SecurityHeaders
from bot.sim.wechat.doing import do
from bot.sim.wechat.follower import Follower
from bot.sim.wechat.platform import WeChatPlatform

STATIC = Path(__file__).parent / "static"
LONGEST_DEED = 8_000
"""Characters that one thing done on the page may hold."""


class WeChatPage(WeChatPlatform):
    """The platform with a page beside its API, for one person."""

    def routes(self) -> list[BaseRoute]:
        """The page, its files, and what it asks."""
        files = Mount("/static", SecurityHeaders(StaticFiles(directory=STATIC)))
        return [
            Route("/", self.show),
            files,
            Route("/sim/screen", self.screen),
            Route("/sim/do", self.act, methods=["POST"]),
        ]

    @property
    def person(self) -> Follower:
        """Who holds the phone: the first follower, made when first looked at."""
        return next(iter(self.followers.values()), None) or self.follower()

    async def show(self, request: Request) -> Response:
        """The page itself."""
        if request.url.query:
            return RedirectResponse("/")
        return FileResponse(STATIC / "phone.html", headers=POLICY)

    async def screen(self, request: Request) -> Response:
        """What is on the screen, whether the person follows the account, and its menu."""
        person = self.person
        lines = [{"who": one.who, "text": one.text} for one in person.screen]
        return JSONResponse(
            {"lines": lines, "following": person.following, "menu": self.api.menu or [], "mode": self.account.mode}
        )

    async def act(self, request: Request) -> Response:
        """One thing the person does; only from this very page."""
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return JSONResponse({"error": "only from this page"}, 403)
        deed = await request.json()
        if not isinstance(deed, dict) or len(str(deed)) > LONGEST_DEED:
            return JSONResponse({"error": "not a deed"}, 400)
        try:
            delivered = await do(self.person, str(deed.get("do", "")), str(deed.get("with", "")))
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"fault": delivered.fault, "seconds": round(delivered.last.seconds, 2)})
