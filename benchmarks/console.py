"""How long the console's pages take on the server over a county's register (target: 50 ms a page).

    python -m benchmarks.console [--rows 1141677] [--database URL --key HEX]

With --database a register that `benchmarks.records` filled is used; else one is made, which takes some minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from benchmarks.records import COUNTY, ROWS, id_number, load, write_roster
from bot.console.people.looking import REASONS
from bot.console.security import COOKIE
from bot.service.application import Running, application, running
from bot.settings import Settings
from bot.staff.accounts import Accounts
from bot.staff.errors import StaffFault
from bot.staff.logins import LogIns
from bot.staff.role import Role
from bot.staff.scope import Scope
from bot.staff.seal import Seal

TODAY = date(2021, 12, 1)
TOWN, VILLAGE, YEAR = "340621102", "第1村", 2022
_LIST = f"/console/progress/people?town={TOWN}&village={VILLAGE}&year={YEAR}"
PAGES = {
    "home, operator": "/console/",
    "people, search form": "/console/people",
    "progress, county": f"/console/progress?year={YEAR}",
    "progress, town": f"/console/progress/town?town={TOWN}&year={YEAR}",
    "progress, not yet enrolled": _LIST,
    "progress, not yet enrolled, page 5": f"{_LIST}&after=120",
    "knowledge": "/console/knowledge",
    "knowledge, notice": "/console/knowledge/suixi-2022",
    "knowledge, two notices": "/console/knowledge/compare?left=suixi-2022&right=huaiyuan-2025",
}


async def measure(settings: Settings, rows: int, times: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each page, by median and by the slowest of twenty."""
    async with running(settings) as parts:
        app = application(parts)
        found = {}
        async with await _signed_in(app, parts) as client:
            for name, path in PAGES.items():
                found[name] = await _timed(times, lambda path=path: client.get(path))  # type: ignore[misc]
            found |= await _people(client, rows, times)
        return found


async def _people(client: httpx.AsyncClient, rows: int, times: int) -> dict[str, dict[str, float]]:
    """The look-up by ID number with its entry in the journal, the card, and a name that many bear."""
    token = re.findall(r'name="csrf" value="(\w+)"', (await client.get("/console/people")).text)[0]
    numbers = iter(range(7, rows, max(rows // (times + 2), 1)))
    cards: list[str] = []

    async def look_up() -> httpx.Response:
        fields = {"csrf": token, "who": id_number(next(numbers)), "reason": REASONS[0]}
        answer = await client.post("/console/people", data=fields)
        cards.append(answer.headers["location"])
        return answer

    async def name() -> httpx.Response:
        return await client.post("/console/people", data={"csrf": token, "who": "王伟伟", "reason": REASONS[0]})

    looked = await _timed(times, look_up)
    shown = iter(cards)
    return {
        "people, look-up by ID number": looked,
        "people, card": await _timed(times, lambda: client.get(next(shown))),
        "people, look-up by a frequent name": await _timed(times, name),
    }


async def _signed_in(app: FastAPI, parts: Running) -> httpx.AsyncClient:
    accounts = Accounts(parts.database)
    try:
        member = await accounts.add("bench", Scope(Role.OPERATOR, COUNTY), "no password")
    except StaffFault:
        member = await accounts.named("bench")
    await accounts.set_password(member, "no password", must_change=False)
    token = await LogIns(parts.database, Seal(parts.secrets)).open(member)
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://console", cookies={COOKIE: token})


async def _timed(times: int, ask: Callable[[], Awaitable[httpx.Response]]) -> dict[str, float]:
    taken = []
    for _ in range(times + 1):
        began = time.perf_counter()
        answer = await ask()
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.status_code in (200, 303, 404), answer.status_code
    taken = taken[1:]  # the first one compiles the template
    return {"p50_ms": round(statistics.median(taken), 1), "p95_ms": round(statistics.quantiles(taken, n=20)[18], 1)}


def main() -> None:
    """Prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--times", type=int, default=30, help="requests a page")
    parser.add_argument("--database", help="a register filled by benchmarks.records, with --rows as then")
    parser.add_argument("--key", default="5a" * 32, help="its secret key, in hex")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = args.database or f"sqlite:///{folder}/canbao.db"
        if not args.database:
            roster = Path(folder) / "roster.csv"
            write_roster(roster, args.rows)
            load(roster, url, args.key)
        settings = Settings(
            database_url=url,
            secret_key=SecretStr(args.key),
            api_token=SecretStr("only-for-this-benchmark"),
            nlu_url=os.environ.get("CANBAO_NLU_URL", "http://127.0.0.1:9"),
            now=TODAY,
        )
        pages = asyncio.run(measure(settings, args.rows, args.times))
        print(json.dumps({"rows": args.rows, "pages": pages}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
