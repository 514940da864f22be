"""A developer's server written with wechatpy alone, so that the platform is tested without our bot: it says back what it hears."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import TextReply
from wechatpy.utils import check_signature

from bot.sim.wechat.account import Mode, SimAccount


@dataclass
class Developer:
    """`says` turns a message into the reply's text; `raw` replaces the body of an answer; `waits` are seconds by attempt."""

    account: SimAccount
    says: Callable[[object], str] = lambda message: getattr(message, "content", "") or type(message).__name__
    raw: bytes | None = None
    waits: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    heard: list[object] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/wechat", self.answer, methods=["GET", "POST"])])

    async def answer(self, request: Request) -> Response:
        query = dict(request.query_params)
        self.queries.append(query)
        check_signature(self.account.token, query["signature"], query["timestamp"], query["nonce"])
        if request.method == "GET":
            return PlainTextResponse(query["echostr"])
        crypto = WeChatCrypto(self.account.token, self.account.aes_key, self.account.app_id)
        body: str | bytes = await request.body()
        if self.account.mode is not Mode.PLAIN:
            body = crypto.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
        message = parse_message(body)
        self.heard.append(message)
        await asyncio.sleep(self.waits.pop(0) if self.waits else 0)
        status = self.statuses.pop(0) if self.statuses else 200
        if self.raw is not None:
            return Response(self.raw, status)
        xml = TextReply(content=self.says(message), message=message, time=1).render()
        if self.account.mode is Mode.SAFE:
            xml = crypto.encrypt_message(xml, "nonce", "1700000000")
        return Response(xml, status, media_type="application/xml")
