"""Marked personal data goes along every path and stands in clear nowhere that it must not (docs/privacy.md).

A path is a function of the world; whoever adds a channel, a command or a page adds one to PATHS.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from canary import (
    CHILD,
    CHILDS_NUMBER,
    ID_NUMBER,
    NAME,
    OTHER_OPENID,
    PHONE,
    ROSTER,
    UNKNOWN_NUMBER,
    VILLAGE_CHIEF,
    Path_,
    World,
    database_in_clear,
    leaks,
    world,
)
from databases import postgresql
from whole_program import CANBAO, ROOT

from bot.console.people.looking import REASONS
from bot.console.security import COOKIE
from bot.staff.accounts import Accounts
from bot.staff.logins import LogIns
from bot.staff.password import hashed
from bot.staff.placing import scope_of
from bot.staff.role import Role
from bot.staff.seal import Seal

PERSONAL = f"我叫{NAME}，身份证{ID_NUMBER}，电话{PHONE}"


async def import_a_roster(world: World) -> None:
    """A roster with rows that load and a row that does not; the report, and what the command prints."""
    roster = world.folder / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    await command(world, "records", "import", str(roster), "--region", "濉溪县", "--day", "2021-01-01")


async def import_what_is_no_roster(world: World) -> None:
    broken = world.folder / "broken.csv"
    broken.write_text(f"甲,乙\n{NAME},{ID_NUMBER}\n", encoding="utf-8")
    await command(world, "records", "import", str(broken), "--region", "濉溪县")


async def show_and_export(world: World) -> None:
    """Masked on the screen; an unknown number's error does not repeat it."""
    for arguments in (
        ("records", "show", "--reason", "核对", ID_NUMBER),
        ("records", "show", "--reason", f"{NAME}来问{PHONE}", UNKNOWN_NUMBER),
        ("records", "export", "--reason", "核对", UNKNOWN_NUMBER),
        ("records", "export", "--region", "濉溪县", str(world.folder / "out.csv")),
        ("audit", "list"),
        ("audit", "verify"),
    ):
        await command(world, *arguments)


async def bind_over_wechat(world: World) -> None:
    """The whole binding conversation, a wrong try before it, and questions after it."""
    wang = world.wechat.follower()
    world.marked.add(wang.openid)
    said = ["我交了吗", "绑定", "同意", NAME, UNKNOWN_NUMBER, NAME, ID_NUMBER, "我交了吗", "我娃交了吗", "谁查过我"]
    for one in said:
        seen = await wang.says(one)
        world.told.append(f"{seen.text}")
    assert any("绑定好了" in one for one in world.told)
    assert any("已经缴了40元" in one for one in world.told)


async def write_personal_things_over_wechat(world: World) -> None:
    """Unasked, in one message with a question, in the middle of a binding, and after it was stopped."""
    wang = world.wechat.follower()
    world.marked.add(wang.openid)
    for one in (
        f"{PERSONAL}，我交了吗",
        "绑定",
        PERSONAL,
        "同意",
        "取消",
        ID_NUMBER,
        PHONE,
        f"帮我查{CHILDS_NUMBER}交了没",
    ):
        world.told.append(f"{(await wang.says(one)).text}")


async def unbind_over_wechat(world: World) -> None:
    wang = world.wechat.follower()
    world.marked.add(wang.openid)
    for one in ("绑定", "同意", f"{NAME}，{ID_NUMBER}", "我要交多少", "解除绑定"):
        world.told.append(f"{(await wang.says(one)).text}")
    assert "已经解除绑定" in world.told[-1]


async def send_a_resident_to_the_api(world: World) -> None:
    """A record that comes with a message, with a child; then personal words in the same session."""
    child = {"name": CHILD, "birth_date": "2017-02-23"}
    resident = {
        "name": NAME,
        "birth_date": "1951-07-13",
        "categories": ["低保对象"],
        "enrollments": [{"year": 2022, "status": "paid", "paid_on": "2021-10-20", "amount": 40}],
        "family": [{"kin": "child", "resident": child}],
    }
    await world.ask_api("我交了吗", resident=resident)
    await world.ask_api("我娃交了吗")
    await world.ask_api(f"{PERSONAL}，我要交多少")
    await world.ask_api(ID_NUMBER)


async def send_wrong_objects_to_the_api(world: World) -> None:
    """Error texts tell where a fault is, not what was sent."""
    for wrong in (
        {"birth_date": ID_NUMBER},
        {"name": NAME, "hukou": NAME},
        {"enrollments": [{"year": 2022, "status": PHONE}]},
        {"categories": NAME},
        {"phone": PHONE},
    ):
        await world.ask_api(PERSONAL, resident=wrong)


async def write_personal_things_on_the_page(world: World) -> None:
    """The public page: nobody is known there."""
    await world.page.get("/")
    for one in (f"{PERSONAL}，我交了吗", "绑定", ID_NUMBER, f"我叫{NAME}要交多少"):
        body = {"text": one, "region": "340621", "conversation": "a"}
        world.told.append((await world.page.post("/page/messages", json=body)).text)
    assert "绑定好了" not in "".join(world.told[-4:])


async def write_personal_things_over_telegram(world: World) -> None:
    """Records are told nowhere abroad, whoever asks with whatever number."""
    person = world.telegram.person(NAME)
    world.marked.add(str(person.chat.id))
    for one in (f"{PERSONAL}，我交了吗", "绑定", ID_NUMBER, "低保户要交多少"):
        world.told.append((await person.asks(one)).text)
    assert not any("已经缴了" in one for one in world.told[-4:])


async def work_at_the_console(world: World) -> None:
    """Somebody looked up by number and by name, an unknown one, and personal words in a question; the pages may show a name."""
    accounts, regions = Accounts(world.running.database), world.running.assistant.kb.regions
    member = await accounts.add(
        "虚构话务员", scope_of(Role.OPERATOR, "濉溪县", regions), hashed("a password of tests 1")
    )
    await accounts.set_password(member, hashed("a password of tests 2"), must_change=False)
    token = await LogIns(world.running.database, Seal(world.running.secrets)).open(member)
    async with httpx.AsyncClient(
        base_url=world.page.base_url, cookies={COOKIE: token}, follow_redirects=True, timeout=30
    ) as staff:
        csrf = form_value(await staff.get("/console/people"), "csrf")
        for who in (ID_NUMBER, NAME, UNKNOWN_NUMBER, PHONE):
            sought = await staff.post("/console/people", data={"csrf": csrf, "who": who, "reason": REASONS[0]})
            assert sought.status_code in (200, 404, 422)
            assert who not in str(sought.url)
        page = await staff.get("/console/ask")
        question = {
            "csrf": csrf,
            "conversation": form_value(page, "conversation"),
            "text": f"{PERSONAL}，低保户要交多少",
        }
        answer = await staff.post("/console/ask", data={**question, "region": "340621"})
        assert answer.status_code == 200


def form_value(page: httpx.Response, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page.text)
    assert found, f"no {name} at {page.url}: {page.status_code}"
    return found[1]


async def ask_on_the_command_line(world: World) -> None:
    await command(world, "ask", f"{PERSONAL}，低保户要交多少", "--region", "濉溪县", "--now", "2021-11-20")


PATHS: tuple[Path_, ...] = (
    import_a_roster,
    import_what_is_no_roster,
    bind_over_wechat,
    write_personal_things_over_wechat,
    unbind_over_wechat,
    send_a_resident_to_the_api,
    send_wrong_objects_to_the_api,
    write_personal_things_on_the_page,
    write_personal_things_over_telegram,
    work_at_the_console,
    ask_on_the_command_line,
    show_and_export,
)
"""In this order: the first one fills the register that the others ask of."""


async def command(world: World, *arguments: str) -> None:
    """What a command prints, on a process of its own over the same database."""
    secret = world.settings.secret_key
    env = {
        "CANBAO_DATABASE_URL": world.settings.database_url,
        "CANBAO_NLU_URL": str(world.settings.nlu_url),
        "CANBAO_SECRET_KEY": secret.get_secret_value() if secret else "",
    }
    process = await asyncio.create_subprocess_exec(
        str(CANBAO), *arguments, env=os.environ | env, cwd=ROOT, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    out, err = await process.communicate()
    world.told.append(f"$ {arguments[0]} {out.decode()}{err.decode()}")


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'canbao.db'}"
        return
    async with postgresql() as url:
        yield url


async def test_marked_personal_data_stands_in_clear_nowhere(
    database_url: str, nlu_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with world(database_url, nlu_url, tmp_path) as one:
        for path in PATHS:
            await path(one)
            places = {
                "the logs": "\n".join(_whole(record) for record in caplog.records if _ours(record)),
                "what Rasa was asked": "\n".join(one.to_rasa),
                "replies, reports and errors": "\n".join(one.told),
                **await database_in_clear(one.running.database),
            }
            assert leaks(places, one.marked) == [], f"after {path.__name__}"
        assert one.to_rasa, "the listener before Rasa heard nothing"
        assert any(record.levelno == logging.DEBUG for record in caplog.records)
        assert any("__ID__" in asked for asked in one.to_rasa), "the numbers were taken out before Rasa"


def _ours(record: logging.LogRecord) -> bool:
    """Not those of WeChat's stand-in, which is the sender, nor of this test's own client and listener."""
    return not record.name.startswith(("bot.sim", "asyncio", "faker"))


def _whole(record: logging.LogRecord) -> str:
    """A record with everything a handler could write of it."""
    return f"{record.getMessage()} {record.__dict__}"


def test_a_mark_is_found_however_it_is_written() -> None:
    for written in (f"…{ID_NUMBER}…", NAME.encode().hex(), "\\u7f2a\\u7462\\u749f"):
        assert len(leaks({"place": written}, {ID_NUMBER, NAME})) == 1
    assert leaks({"place": "缪*璟 3****************"}, {ID_NUMBER, NAME, VILLAGE_CHIEF, OTHER_OPENID}) == []
