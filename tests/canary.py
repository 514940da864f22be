"""Marked personal data, the paths it is sent along, and the places where none of it may stand in clear."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from fastapi import FastAPI, Request, Response
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from stdnum.cn import ric
from whole_program import TODAY

from bot.service.application import Running, application, running
from bot.settings import Settings
from bot.sim.listening import listening
from bot.sim.telegram.server import TelegramServer
from bot.sim.wechat.account import SimAccount
from bot.sim.wechat.platform import WeChatPlatform

NAME, CHILD, VILLAGE_CHIEF = "缪瑢璟", "缪珩屹", "亓官翊"
"""Names that stand nowhere else in the project."""
PHONE = "19951470863"
OTHER_OPENID = "oCANARY5470863openid"


def number(birth: str, order: str) -> str:
    """A fictional ID number: a valid check digit under a county code that is not assigned."""
    body = f"340699{birth}{order}"
    return body + ric.calc_check_digit(body + "0")


ID_NUMBER, CHILDS_NUMBER, UNKNOWN_NUMBER = (
    number("19510713", "862"),
    number("20170223", "671"),
    number("19640519", "538"),
)
MARKED = (NAME, CHILD, VILLAGE_CHIEF, PHONE, OTHER_OPENID, ID_NUMBER, CHILDS_NUMBER, UNKNOWN_NUMBER)
ROSTER = (
    "姓名,身份证号,户籍地址,人员类别,参保年度,缴费日期,缴费金额,缴费状态,监护人身份证号,联系电话\n"
    f"{NAME},{ID_NUMBER},刘桥镇,低保户,2022,2021-10-20,40,已缴,,{PHONE}\n"
    f"{CHILD},{CHILDS_NUMBER},刘桥镇,,2022,,,未缴,{ID_NUMBER},\n"
    f"{VILLAGE_CHIEF},{UNKNOWN_NUMBER[:-1]},刘桥镇,,2022,,,未缴,,\n"
)
"""Two rows that can be loaded and one that cannot."""


@dataclass
class World:
    """A running service over a database of its own, and everything it lets out."""

    settings: Settings
    running: Running
    page: httpx.AsyncClient
    wechat: WeChatPlatform
    telegram: TelegramServer
    folder: Path
    to_rasa: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Replies, error texts, reports, what commands printed."""
    marked: set[str] = field(default_factory=lambda: set(MARKED))

    async def ask_api(self, text: str, **more: object) -> None:
        """One message object over HTTP."""
        headers = {"Authorization": f"Bearer {self.running.token}"}
        message = {"id": "1", "session": OTHER_OPENID, "text": text, "region": "濉溪县", "now": TODAY, **more}
        answer = await self.page.post("/api/v1/messages", json=message, headers=headers)
        # the caller gets its own session's name back, and nobody else
        self.told.append(answer.text.replace(f'"session":"{OTHER_OPENID}"', ""))


Path_ = Callable[[World], Awaitable[None]]


class Rasa:
    """Stands before the NLU server, passes everything on and keeps what it was asked."""

    def __init__(self, url: str, asked: list[str]):
        self.app = FastAPI()
        self._asked = asked
        self._client = httpx.AsyncClient(base_url=url, timeout=30)
        self.app.add_api_route("/{rest:path}", self.passed_on, methods=["GET", "POST"])

    async def passed_on(self, rest: str, request: Request) -> Response:
        """One request."""
        body = await request.body()
        self._asked.append(body.decode() + (json.dumps(json.loads(body), ensure_ascii=False) if body else ""))
        answer = await self._client.request(request.method, f"/{rest}", content=body)
        return Response(answer.content, answer.status_code, media_type="application/json")


@asynccontextmanager
async def world(database_url: str, nlu_url: str, folder: Path) -> AsyncIterator[World]:
    """The whole service with the platforms' stand-ins before it and a listener before Rasa."""
    asked: list[str] = []
    async with AsyncExitStack() as stack:
        rasa = await stack.enter_async_context(listening(Rasa(nlu_url, asked).app))
        sim = SimAccount()
        platform = await stack.enter_async_context(WeChatPlatform(sim))
        telegram = await stack.enter_async_context(TelegramServer())
        account = {
            "name": "suixi",
            "app_id": sim.app_id,
            "secret": sim.secret,
            "token": sim.token,
            "aes_key": sim.aes_key,
            "mode": sim.mode.value,
            "region": "濉溪县",
        }
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            database_url=database_url,
            nlu_url=rasa,
            nlu_timeout=20,
            secret_key=SecretStr("5a" * 32),
            api_token=SecretStr("a-token-of-the-tests-only"),
            wechat_accounts=SecretStr(json.dumps([account])),
            wechat_api=platform.api_url,
            telegram_token=SecretStr(telegram.token),
            telegram_api=telegram.api_url,
            telegram_region="濉溪县",
            now=TODAY,  # type: ignore[arg-type]
        )
        service = await stack.enter_async_context(running(settings))
        app = application(service)
        url = await stack.enter_async_context(listening(app))
        platform.send_to(f"{url}/wechat/suixi")
        page = await stack.enter_async_context(httpx.AsyncClient(base_url=url, timeout=30))
        yield World(settings, service, page, platform, telegram, folder, asked)


def leaks(places: dict[str, str], marked: set[str]) -> list[str]:
    """Where which mark stands, as written, or in the hexadecimal digits or escapes that a dump or a JSON makes of it."""
    return [
        f"{one} in {name}"
        for name, written in places.items()
        for one in marked
        if any(form in written for form in (one, one.encode().hex(), json.dumps(one)[1:-1]))
    ]


async def database_in_clear(engine: AsyncEngine) -> dict[str, str]:
    """Every table's rows as text, and the pages of an SQLite file with its log as they lie on the disk."""
    async with engine.connect() as connection:
        rows = {f"table {name}": await _rows(connection, name) for name in await _tables(connection)}
    file = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    return rows | {f"file {path.name}": path.read_bytes().decode("utf-8", "ignore") for path in _files(file)}


def _files(file: Path | None) -> Iterator[Path]:
    if file is not None:
        yield from (one for one in file.parent.glob(f"{file.name}*") if one.is_file())


async def _tables(connection: AsyncConnection) -> list[str]:
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'table'"
    postgresql = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    statement = sqlite if connection.dialect.name == "sqlite" else postgresql
    return [str(row[0]) for row in await connection.execute(text(statement))]


async def _rows(connection: AsyncConnection, table: str) -> str:
    rows = (await connection.execute(text(f'SELECT * FROM "{table}"'))).all()
    return "\n".join(_cell(cell) for row in rows for cell in row)


def _cell(cell: object) -> str:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode("utf-8", "ignore") + bytes(cell).hex()
    return str(cell)
