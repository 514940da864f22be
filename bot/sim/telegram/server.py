"""The Bot API server as tests and the command use it: `/bot{token}/{method}`, people, groups, faults."""

from __future__ import annotations

import asyncio
import itertools
import json
from contextlib import AsyncExitStack
from types import TracebackType

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sim.listening import listening
from bot.sim.telegram.answer import Faults, Refusal
from bot.sim.telegram.chat import Json, SimChat, TelegramUser
from bot.sim.telegram.methods import Methods
from bot.sim.telegram.person import Person
from bot.sim.telegram.updates import Updates

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0-sim"
"""Fictional; opens nothing."""
BOT = TelegramUser(110201543, "参保问答", is_bot=True, username="canbao_sim_bot")


class TelegramServer:
    """An `async with` block in which Telegram's side runs; `api_url` is what CANBAO_TELEGRAM_API is set to."""

    def __init__(self, token: str = TOKEN, port: int = 0) -> None:
        self.token = token
        self.chats: dict[int, SimChat] = {}
        self.faults = Faults()
        self.log: list[tuple[str, Json]] = []
        """Every call: method and parameters."""
        self.api_url = ""
        self._port = port
        self._ids = itertools.count(900_000_001)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> TelegramServer:
        http = await self._stack.enter_async_context(httpx.AsyncClient(trust_env=False))
        self.updates = Updates(http)
        self.methods = Methods(BOT, self.chats, self.updates)
        app = Starlette(routes=self.routes())
        self.api_url = await self._stack.enter_async_context(listening(app, self._port))
        self._stack.push_async_callback(self.updates.close)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def routes(self) -> list[BaseRoute]:
        """The one path of the Bot API."""
        return [Route("/bot{token}/{method}", self.answer, methods=["GET", "POST"])]

    def person(self, name: str = "王大爷") -> Person:
        """Somebody new in a private chat with the bot."""
        user = TelegramUser(next(self._ids), name)
        chat = SimChat(user.id, title=name)
        self.chats[chat.id] = chat
        return Person(user, chat, self.methods)

    def group(self, title: str = "村民群") -> SimChat:
        """A group with the bot in it."""
        chat = SimChat(-1_000_000_000_000 - next(self._ids), "supergroup", title)
        self.chats[chat.id] = chat
        return chat

    def member(self, group: SimChat, name: str = "李婶") -> Person:
        """Somebody in a group."""
        return Person(TelegramUser(next(self._ids), name), group, self.methods)

    def calls(self, method: str) -> list[Json]:
        """The parameters of all calls of a method so far."""
        return [given for name, given in self.log if name == method]

    async def answer(self, request: Request) -> Response:
        """One call."""
        method = str(request.path_params["method"])
        if request.path_params["token"] != self.token:
            return JSONResponse(Refusal(401, "Unauthorized").body, 401)
        try:
            given = await _parameters(request)
            if method != "getUpdates":
                self.log.append((method, given))
            await asyncio.sleep(self.faults.delay(method))
            if (refusal := self.faults.refusal(method)) is not None:
                raise refusal
            return JSONResponse({"ok": True, "result": await self.methods.call(method, given)})
        except Refusal as refusal:
            return JSONResponse(refusal.body, refusal.code)


async def _parameters(request: Request) -> Json:
    """Parameters as query, form or JSON; objects in a form are JSON of their own."""
    given: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        body = await request.json()
        return given | (body if isinstance(body, dict) else {})
    if request.method == "POST":
        async with request.form() as form:
            given |= {name: value for name, value in form.items() if isinstance(value, str)}
    return {name: _read(name, value) for name, value in given.items()}


def _read(name: str, value: object) -> object:
    """Numbers, flags and objects of a form; words stay words, whatever they look like."""
    if name in ("text", "secret_token", "url", "callback_query_id"):
        return value
    try:
        return json.loads(str(value))
    except ValueError:
        return value
