"""The console's pages over PostgreSQL: one way through all of them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from databases import postgresql
from fictional_village import TOWN, VILLAGE
from served_console import OPERATOR, SECRET, Console, served

from bot.audit.verification import verify
from bot.console.people.looking import REASONS


async def test_everything_works_on_postgresql_as_on_sqlite(tmp_path: Path) -> None:
    async with postgresql() as url:
        await asyncio.to_thread(_walk, tmp_path, url)


def _walk(folder: Path, url: str) -> None:
    with served(folder, database_url=url) as console, console.client() as client:
        assert console.log_in(client, OPERATOR, SECRET).status_code == 303
        found = console.send(client, "/console/people", {"who": "虚构大民", "reason": REASONS[0]})
        card = client.get(found.headers["location"]).text
        assert "全家还要缴 <strong>960元" in card
        assert "查到3位同名" in console.send(client, "/console/people", {"who": "虚构同名", "reason": REASONS[0]}).text
        assert "60,785" in client.get("/console/progress?year=2022").text
        listed = f"/console/progress/people?town={TOWN}&village={VILLAGE}&year=2022"
        page = client.get(listed).text
        assert page.index("虚构特困") < page.index("虚构秀英")
        fields = {"town": TOWN, "village": VILLAGE, "county": "340621", "year": "2022", "reason": "上门动员"}
        assert console.send(client, "/console/progress/people/file", fields, form=listed).content.count(b"\n") == 6
        _journal_holds(console)


def _journal_holds(console: Console) -> None:
    verdict = console.run(verify(console.engine))
    assert verdict.broken is None
    assert verdict.rows >= 11
