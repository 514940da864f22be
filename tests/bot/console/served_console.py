"""The console as staff meet it in tests: a real server over a database of its own, signed-in clients and browser pages."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import fictional_village
import httpx
import uvicorn
from playwright.sync_api import Page
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import composition
from bot.console.security import COOKIE
from bot.secrets.sealing import Secrets
from bot.service.application import Running, application, running
from bot.settings import Settings
from bot.staff.accounts import Accounts
from bot.staff.logins import LogIns
from bot.staff.password import hashed
from bot.staff.placing import scope_of
from bot.staff.role import Role
from bot.staff.seal import Seal
from nlu.rasa_process import free_port

T = TypeVar("T")
TODAY = date(2021, 11, 20)
SECRET = "这是测试用的一句话呀"
KEY = "5a" * 32
ADMIN, OPERATOR, VILLAGER, ELSEWHERE, NEWCOMER = "管理员甲", "话务员乙", "村干事丙", "邻村丁", "新来的戊"
STAFF = (
    (ADMIN, Role.ADMIN, None),
    (OPERATOR, Role.OPERATOR, "濉溪县"),
    (VILLAGER, Role.VILLAGE, f"刘桥镇/{fictional_village.VILLAGE}"),
    (ELSEWHERE, Role.VILLAGE, f"刘桥镇/{fictional_village.OTHER_VILLAGE}"),
    (NEWCOMER, Role.OPERATOR, "濉溪县"),
)
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


@dataclass
class Console:
    """A running console: its address, its database, and ways in."""

    url: str
    engine: AsyncEngine
    secrets: Secrets
    running: Running
    loop: asyncio.AbstractEventLoop

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Does something with the database on the server's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    @contextmanager
    def client(self, name: str | None = None) -> Iterator[httpx.Client]:
        """An HTTP client with a cookie jar of its own; with a log-in of `name`, as the log-in page would have opened it."""
        cookies = {COOKIE: self.token(name)} if name is not None else {}
        with httpx.Client(base_url=self.url, timeout=20, cookies=cookies) as client:
            yield client

    def token(self, name: str) -> str:
        """A new log-in of this member of staff."""

        async def opened() -> str:
            member = await Accounts(self.engine).named(name)
            return await LogIns(self.engine, Seal(self.secrets)).open(member)

        return self.run(opened())

    def log_in(self, client: httpx.Client, name: str, password: str, **more: str) -> httpx.Response:
        """Sends the log-in form."""
        return self.send(client, "/console/login", {"name": name, "password": password, **more})

    def send(self, client: httpx.Client, path: str, fields: dict[str, str], form: str | None = None) -> httpx.Response:
        """Sends a form as its page (`form`, else `path`) gave it, with its forgery token."""
        return client.post(path, data={"csrf": token_of(client.get(form or path)), **fields})

    def sign_in(self, page: Page, name: str, path: str = "/console/") -> None:
        """Gives a browser a log-in of `name` and opens a page."""
        page.context.add_cookies([{"name": COOKIE, "value": self.token(name), "url": self.url}])
        page.goto(self.url + path)


def token_of(page: httpx.Response) -> str:
    """The forgery token of a page's form."""
    found = _CSRF.search(page.text)
    assert found, f"no form at {page.url}: {page.status_code}"
    return found[1]


@contextmanager
def served(
    folder: Path, nlu_url: str = "http://127.0.0.1:9", today: date = TODAY, database_url: str | None = None
) -> Iterator[Console]:
    """A console on loopback over a database with the fictional village and one account of each kind."""
    started: list[Console] = []
    url = database_url or f"sqlite:///{folder / 'console.db'}"
    ready, over = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(url, nlu_url, today, started.append, ready, over)))
    thread.start()
    try:
        assert ready.wait(60)
        assert started, "the console did not start; its own error is told beside this"
        yield started[0]
    finally:
        over.set()
        thread.join(20)


async def _serve(
    database_url: str,
    nlu_url: str,
    today: date,
    tell: Callable[[Console], None],
    ready: threading.Event,
    over: threading.Event,
) -> None:
    settings = Settings(
        database_url=database_url,
        secret_key=SecretStr(KEY),
        api_token=SecretStr("a-token-of-the-tests"),
        nlu_url=nlu_url,
        nlu_timeout=15,
        now=today,
    )
    try:
        async with running(settings) as parts:
            await fictional_village.settle(parts.database, parts.secrets)
            await _hire(parts.database)
            config = uvicorn.Config(application(parts), port=free_port(), log_level="error", lifespan="off")
            server = uvicorn.Server(config)
            task = asyncio.create_task(server.serve())
            while not server.started and not task.done():
                await asyncio.sleep(0.01)
            url = f"http://127.0.0.1:{config.port}"
            tell(Console(url, parts.database, parts.secrets, parts, asyncio.get_running_loop()))
            ready.set()
            while not over.is_set():
                await asyncio.sleep(0.05)
            server.should_exit = True
            await task
    finally:
        ready.set()


async def _hire(engine: AsyncEngine) -> None:
    accounts, password, regions = Accounts(engine), hashed(SECRET), composition.knowledge().regions
    for name, role, scope in STAFF:
        member = await accounts.add(name, scope_of(role, scope, regions), password)
        if name != NEWCOMER:
            await accounts.set_password(member, password, must_change=False)
