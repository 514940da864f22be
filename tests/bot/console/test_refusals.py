"""What goes wrong behind a page is told in plain words, with nothing of what was sent, on the page and in the log."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from served_console import Console
from sqlalchemy.exc import OperationalError

from bot.console.frame import console_router
from bot.console.refusals import Forbidden, Missing
from bot.console.workplace import Workplace

FAULTS = {
    "program": (RuntimeError("虚构大民"), 500, "程序出了点问题"),
    "database": (OperationalError("SELECT 虚构大民", {}, Exception("虚构大民")), 503, "数据库现在用不了"),
    "forbidden": (Forbidden("不归您查看。"), 403, "不归您查看。"),
    "missing": (Missing("没有这个人。"), 404, "没有这个人。"),
}


def ask(console: Console, name: str, **headers: str) -> httpx.Response:
    app, router = FastAPI(), console_router()
    app.state.workplace = Workplace(console.running)

    @router.get("/fault")
    async def fault() -> None:
        raise FAULTS[name][0]

    app.include_router(router)

    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://console") as client:
            return await client.get("/console/fault", headers=headers)

    return console.run(asked())


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_a_page_in_plain_words(console: Console, name: str, caplog: pytest.LogCaptureFixture) -> None:
    answer = ask(console, name)
    _, status, words = FAULTS[name]
    assert answer.status_code == status
    assert words in answer.text
    assert "回首页" in answer.text
    assert "虚构大民" not in answer.text + caplog.text
    assert ("test_refusals.py" in caplog.text) == (status >= 500), "the log names the line"


@pytest.mark.parametrize("name", FAULTS)
def test_where_htmx_asked_for_a_part_it_gets_a_part(console: Console, name: str) -> None:
    answer = ask(console, name, **{"HX-Request": "true"})
    assert FAULTS[name][2] in answer.text
    assert "<html" not in answer.text
