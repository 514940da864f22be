"""The API that the developer calls: access tokens, customer-service messages, menu, QR codes, subscription notices."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sim.wechat import account as paths
from bot.sim.wechat import menu, outgoing
from bot.sim.wechat.account import ALL_APIS, STABLE_TOKEN, SimAccount
from bot.sim.wechat.faults import ApiError, Faults
from bot.sim.wechat.follower import Follower
from bot.sim.wechat.tokens import Tokens

LONGEST_QR_LIFE = 2_592_000
_SCENES = {
    "QR_SCENE": "scene_id",
    "QR_STR_SCENE": "scene_str",
    "QR_LIMIT_SCENE": "scene_id",
    "QR_LIMIT_STR_SCENE": "scene_str",
}


@dataclass(frozen=True)
class Call:
    """A call of the API and the errcode it got."""

    path: str
    body: dict[str, object]
    code: int


@dataclass
class Api:
    """The state behind the API of one account."""

    account: SimAccount
    followers: dict[str, Follower]
    faults: Faults
    clock: Callable[[], float]
    menu: list[object] | None = None
    scenes: dict[str, str] = field(default_factory=dict)
    """Ticket of a QR code → its scene."""
    log: list[Call] = field(default_factory=list)
    _called: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.tokens = Tokens(self.account)

    def routes(self) -> list[Route]:
        """Every path under /cgi-bin; others answer 40066."""
        return [Route("/cgi-bin/{rest:path}", self.answer, methods=["GET", "POST"])]

    async def answer(self, request: Request) -> Response:
        """One call."""
        path = request.url.path
        await asyncio.sleep(self.faults.delay(path))
        if (status := self.faults.status(path)) is not None:
            return Response("<html><body>Bad Gateway</body></html>", status, media_type="text/html")
        body: dict[str, object] = {}
        try:
            body = await _body(request) if request.method == "POST" else {}
            answer = self._answer(path, request, body)
        except ApiError as error:
            answer = error.body
        code = answer.get("errcode", 0)
        self.log.append(Call(path, body, code if isinstance(code, int) else 0))
        return JSONResponse(answer)

    def _answer(self, path: str, request: Request, body: dict[str, object]) -> dict[str, object]:
        now = self.clock()
        injected = self.faults.code(path)
        if injected is not None:
            raise ApiError(injected)
        if path == STABLE_TOKEN:
            if request.method != "POST":
                raise ApiError(43002)
            return self.tokens.issue(body, now)
        if path not in ALL_APIS:
            raise ApiError(40066)
        self.tokens.check(request.query_params.get("access_token"), now)
        self._limit(path)
        return self._do(path, request.method, body, now)

    def _limit(self, path: str) -> None:
        if path not in self.account.permissions:
            raise ApiError(48001)
        self._called[path] += 1
        if self._called[path] > self.account.daily_calls:
            raise ApiError(45009)

    def _do(self, path: str, method: str, body: dict[str, object], now: float) -> dict[str, object]:
        if path == paths.MENU_GET:
            return self._menu()
        if path == paths.MENU_DELETE:
            self.menu = None
            return {"errcode": 0, "errmsg": "ok"}
        if method != "POST":
            raise ApiError(43002)
        if path == paths.CUSTOM_SEND:
            outgoing.custom(body, self.followers, now)
        elif path == paths.SUBSCRIBE_SEND:
            outgoing.notice(body, self.followers, self.account.templates)
        elif path == paths.QRCODE_CREATE:
            return self._qrcode(body)
        else:
            self.menu = menu.checked(body)
        return {"errcode": 0, "errmsg": "ok"}

    def _menu(self) -> dict[str, object]:
        if self.menu is None:
            raise ApiError(46003)
        return {"menu": {"button": self.menu}}

    def _qrcode(self, body: dict[str, object]) -> dict[str, object]:
        name = _SCENES.get(str(body.get("action_name")))
        info = body.get("action_info")
        scene = info.get("scene") if isinstance(info, dict) else None
        value = scene.get(name) if isinstance(scene, dict) and name else None
        if not value or len(str(value)) > 64 or (name == "scene_id" and not isinstance(value, int)):
            raise ApiError(40035, "action_info.scene")
        ticket = "gQ" + secrets.token_urlsafe(60)
        self.scenes[ticket] = str(value)
        answer: dict[str, object] = {"ticket": ticket, "url": f"http://weixin.qq.com/q/{secrets.token_urlsafe(12)}"}
        if "LIMIT" not in str(body["action_name"]):
            asked = body.get("expire_seconds", 60)
            if not isinstance(asked, int) or not 0 < asked <= LONGEST_QR_LIFE:
                raise ApiError(40035, "expire_seconds")
            answer["expire_seconds"] = asked
        return answer


async def _body(request: Request) -> dict[str, object]:
    """The JSON object of a call. Raises ApiError 44002, 47001."""
    raw = await request.body()
    if not raw:
        raise ApiError(44002)
    try:
        found = json.loads(raw)
    except ValueError:
        raise ApiError(47001) from None
    if not isinstance(found, dict):
        raise ApiError(47001)
    return found
