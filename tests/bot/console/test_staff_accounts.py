"""Accounts, log-ins and lockout in the database, on SQLite and PostgreSQL; and the commands that make accounts."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner, Result

from bot.audit.journal import Journal
from bot.commands.staff import app
from bot.composition import knowledge
from bot.secrets.sealing import Secrets
from bot.staff.accounts import Accounts
from bot.staff.errors import StaffFault, UnknownStaff, WeakPassword
from bot.staff.lockout import ALLOWED, LONGEST_PAUSE, Lockout
from bot.staff.logins import IDLE, LONGEST, LogIns
from bot.staff.member import Member
from bot.staff.password import check_new, first_password, hashed, matches
from bot.staff.placing import scope_of, scope_words
from bot.staff.role import Role
from bot.staff.scope import Scope
from bot.staff.seal import Seal
from bot.store.database import open_database

VILLAGE = Scope(Role.VILLAGE, "340621", "340621102", "虚构一村")
OPERATOR = Scope(Role.OPERATOR, "340621")
ADMIN = Scope(Role.ADMIN)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2021, 11, 20, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def seal() -> Seal:
    return Seal(Secrets(b"k" * 32))


@pytest.fixture
async def member(engine: AsyncEngine) -> Member:
    return await Accounts(engine).add("王干事", VILLAGE, "a hash")


@pytest.mark.parametrize(
    ("scope", "county", "town", "village", "seen"),
    [
        (VILLAGE, "340621", "340621102", "虚构一村", True),
        (VILLAGE, "340621", "340621102", "虚构二村", False),
        (VILLAGE, "340621", "340621104", "虚构一村", False),
        (VILLAGE, "340321", "340621102", "虚构一村", False),
        (VILLAGE, "340621", "340621102", "", False),
        (VILLAGE, None, None, None, False),
        (OPERATOR, "340621", "340621104", "", True),
        (OPERATOR, "340321", "340621104", "虚构一村", False),
        (OPERATOR, None, None, None, False),
        (ADMIN, "340321", "x", "y", True),
        (Scope(Role.VILLAGE, "340621", "340621102"), "340621", "340621102", "", False),
        (Scope(Role.OPERATOR), None, None, None, False),
    ],
)
def test_a_scope_sees_its_own_place_and_no_other(
    scope: Scope, county: str | None, town: str | None, village: str | None, seen: bool
) -> None:
    assert scope.sees(county, town, village) is seen


@pytest.mark.parametrize(
    ("role", "words", "shown"),
    [
        (Role.ADMIN, None, "全部地区"),
        (Role.OPERATOR, "濉溪县", "濉溪县"),
        (Role.OPERATOR, "340621", "濉溪县"),
        (Role.VILLAGE, "刘桥镇/前进村", "濉溪县/刘桥镇/前进村"),
        (Role.VILLAGE, "濉溪县/刘桥镇/前进村", "濉溪县/刘桥镇/前进村"),
        (Role.VILLAGE, "怀远县/没写的镇/前进村", "怀远县/没写的镇/前进村"),
    ],
)
def test_a_scope_is_read_from_words_and_written_back(role: Role, words: str | None, shown: str) -> None:
    regions = knowledge().regions
    assert scope_words(scope_of(role, words, regions), regions) == shown


@pytest.mark.parametrize(
    ("role", "words", "told"),
    [
        (Role.ADMIN, "濉溪县", "leave it out"),
        (Role.OPERATOR, None, "give an operator's county"),
        (Role.OPERATOR, "濉溪县/刘桥镇", "give an operator's county"),
        (Role.OPERATOR, "没有这个县", "no county is named"),
        (Role.OPERATOR, "鼓楼区", "not one county"),
        (Role.VILLAGE, "刘桥镇", "give town/village"),
        (Role.VILLAGE, "没有这个镇/前进村", "no town has the name"),
        (Role.VILLAGE, "/", "give town/village"),
    ],
)
def test_a_scope_that_cannot_be_is_refused_with_what_would_do(role: Role, words: str | None, told: str) -> None:
    with pytest.raises(StaffFault, match=told):
        scope_of(role, words, knowledge().regions)


async def test_a_name_is_taken_however_it_is_written(engine: AsyncEngine) -> None:
    accounts = Accounts(engine)
    await accounts.add("Wang Gan", OPERATOR, "a hash")
    for same in ("wang gan", "ＷＡＮＧ　ＧＡＮ", "WangGan"):
        with pytest.raises(StaffFault, match="exists already"):
            await accounts.add(same, OPERATOR, "a hash")
        assert (await accounts.named(same)).name == "Wang Gan"


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "王\n干事\x00", "王" * 61])
async def test_a_name_that_is_none_is_refused(engine: AsyncEngine, name: str) -> None:
    with pytest.raises(StaffFault, match="printable"):
        await Accounts(engine).add(name, OPERATOR, "a hash")


async def test_an_account_that_is_closed_or_moved_loses_its_log_ins(
    engine: AsyncEngine, seal: Seal, member: Member
) -> None:
    accounts, log_ins = Accounts(engine), LogIns(engine, seal)
    changes: tuple[Callable[[], object], ...] = (
        lambda: accounts.place(member, OPERATOR),
        lambda: accounts.set_password(member, "another", must_change=True),
        lambda: accounts.disable(member),
    )
    for change in changes:
        token = await log_ins.open(member)
        assert await log_ins.member(token) is not None
        await change()  # type: ignore[misc]
        assert await log_ins.member(token) is None
    assert (await accounts.named("王干事")).disabled
    await accounts.set_password(member, "another", must_change=True)
    assert not (await accounts.named("王干事")).disabled
    with pytest.raises(UnknownStaff):
        await accounts.named("没有这个人")


async def test_what_changes_an_account_stands_in_the_journal_and_a_refused_change_does_not(engine: AsyncEngine) -> None:
    accounts = Accounts(engine, by="staff:张主任")
    member = await accounts.add("王干事", VILLAGE, "a hash")
    with pytest.raises(StaffFault):
        await accounts.add("王干事", ADMIN, "a hash")
    await accounts.place(member, OPERATOR)
    noted = [one.entry for one in await Journal(engine).entries()]
    assert [(one.actor, one.action) for one in noted] == [
        ("staff:张主任", "staff_added"),
        ("staff:张主任", "rights_changed"),
    ]
    assert noted[0].detail["village"] == "虚构一村"
    assert noted[1].detail == {"staff": "王干事", "role": "operator", "region": "340621"}
    assert "a hash" not in str(noted)


async def test_a_log_in_ends_when_idle_and_after_a_days_work(
    engine: AsyncEngine, seal: Seal, member: Member, clock: Clock
) -> None:
    log_ins = LogIns(engine, seal, clock)
    idle = await log_ins.open(member)
    clock.now += IDLE
    assert await log_ins.member(idle) == member
    clock.now += IDLE + timedelta(seconds=1)
    assert await log_ins.member(idle) is None
    busy, began = await log_ins.open(member), clock.now
    while clock.now - began < LONGEST - IDLE:
        clock.now += IDLE - timedelta(minutes=1)
        assert await log_ins.member(busy) is not None
    clock.now = began + LONGEST + timedelta(seconds=1)
    assert await log_ins.member(busy) is None


async def test_a_page_that_asks_by_itself_keeps_no_log_in_open(
    engine: AsyncEngine, seal: Seal, member: Member, clock: Clock
) -> None:
    log_ins = LogIns(engine, seal, clock)
    token = await log_ins.open(member)
    for _ in range(31):
        clock.now += timedelta(minutes=1)
        found = await log_ins.member(token, working=False)
    assert found is None


async def test_people_read_on_while_somebody_else_holds_the_database(tmp_path: Path, seal: Seal, clock: Clock) -> None:
    engine = await open_database(f"sqlite:///{tmp_path / 'held.db'}")
    log_ins = LogIns(engine, seal, clock)
    member = await Accounts(engine).add("王干事", VILLAGE, "a hash")
    token = await log_ins.open(member)
    clock.now += timedelta(minutes=2)
    other = sqlite3.connect(tmp_path / "held.db")
    try:
        other.execute("BEGIN IMMEDIATE")
        assert await log_ins.member(token) == member
    finally:
        other.close()
        await engine.dispose()


async def test_the_database_holds_no_token_and_a_log_in_that_is_over_is_deleted(
    engine: AsyncEngine, seal: Seal, member: Member, clock: Clock
) -> None:
    log_ins = LogIns(engine, seal, clock)
    token = await log_ins.open(member)
    clock.now += LONGEST + timedelta(minutes=1)
    await log_ins.open(member)
    async with engine.connect() as connection:
        rows = (await connection.execute(text("SELECT * FROM staff_session"))).all()
    assert len(rows) == 1
    assert token not in str(rows)
    assert await log_ins.member(token[:-1] + "x") is None
    assert await LogIns(engine, Seal(Secrets(b"x" * 32)), clock).member(token) is None


async def test_after_five_failures_the_pause_grows_and_names_nobody_has_are_treated_alike(
    engine: AsyncEngine, seal: Seal, clock: Clock
) -> None:
    lockout = Lockout(engine, seal, clock)
    pauses = []
    for _ in range(ALLOWED["account"].free):
        assert not await lockout.claim("没有这个人", "192.0.2.1")
    for _ in range(9):
        wait = await lockout.claim("没有这个人", "192.0.2.2")
        pauses.append(wait)
        clock.now += wait
        assert not await lockout.claim(" 没有这个 人", "192.0.2.3")
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert pauses[-1] == LONGEST_PAUSE
    clock.now += timedelta(hours=25)
    assert not await lockout.claim("没有这个人", "192.0.2.1")


async def test_an_address_that_tries_many_names_is_paused_and_others_are_not(
    engine: AsyncEngine, seal: Seal, clock: Clock
) -> None:
    lockout = Lockout(engine, seal, clock)
    for number in range(ALLOWED["address"].free):
        assert not await lockout.claim(f"名字{number}", "192.0.2.9")
    assert await lockout.claim("王干事", "192.0.2.9")
    assert not await lockout.claim("王干事", "192.0.2.10")


async def test_the_right_password_forgives_the_account_and_only_its_own_try_of_the_address(
    engine: AsyncEngine, seal: Seal, clock: Clock
) -> None:
    lockout = Lockout(engine, seal, clock)
    for number in range(ALLOWED["address"].free - 1):
        assert not await lockout.claim(f"名字{number}", "192.0.2.9")
    for _ in range(3):
        assert not await lockout.claim("王干事", "192.0.2.9")
        await lockout.forgive("王干事", "192.0.2.9")
    assert not await lockout.claim("别人", "192.0.2.9")
    assert await lockout.claim("王干事", "192.0.2.9")


async def test_many_tries_at_once_gain_nothing(engine: AsyncEngine, seal: Seal, clock: Clock) -> None:
    lockout = Lockout(engine, seal, clock)
    assert not await lockout.claim("王干事", "192.0.2.1")
    waits = await asyncio.gather(*(lockout.claim("王干事", "192.0.2.1") for _ in range(12)))
    assert sum(1 for one in waits if not one) == ALLOWED["account"].free - 1


def test_a_password_is_right_or_wrong_and_never_right_where_there_is_no_account() -> None:
    kept = hashed("三月里的小雨淅沥沥沥")
    assert kept.startswith("$argon2id$")
    assert matches(kept, "三月里的小雨淅沥沥沥")
    assert not matches(kept, "三月里的小雨")
    assert not matches(None, "三月里的小雨")
    assert not matches("no hash at all", "三月里的小雨")


@pytest.mark.parametrize(
    "password", ["一二三四五六七八九", "aaaaaaaaaaaa", "abcdefghijkl", "x" * 129, "王干事王干事王干事王干事"]
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        check_new(password, "王干事", "old")


def test_first_passwords_differ_and_can_be_read_out() -> None:
    made = {first_password() for _ in range(50)}
    assert len(made) == 50
    assert not set("".join(made)) & set("01lIoO")
    for one in made:
        check_new(one, "王干事", "old")


@pytest.fixture
def staff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`canbao staff …` over a database of its own."""
    monkeypatch.setenv("CANBAO_DATABASE_URL", f"sqlite:///{tmp_path / 'staff.db'}")
    return lambda *words: CliRunner().invoke(app, words)


def test_accounts_are_made_listed_and_closed_by_command_and_all_is_in_the_journal(
    staff: Callable[..., Result], tmp_path: Path
) -> None:
    assert "no accounts yet" in staff("list").stdout
    added = staff("add", "王干事", "--role", "village", "--scope", "刘桥镇/前进村")
    assert "shown only now: " in added.stdout
    assert isinstance(staff("add", "王干事", "--role", "admin").exception, StaffFault)
    assert staff("disable", "王干事").exit_code == 0
    assert "disabled" in staff("list").stdout
    reset = staff("reset", "王干事")
    assert reset.stdout != added.stdout
    assert staff("place", "王干事", "--role", "operator", "--scope", "濉溪县").exit_code == 0
    listed = staff("list").stdout
    assert "濉溪县" in listed
    assert "first password" in listed
    assert isinstance(staff("disable", "没有这个人").exception, UnknownStaff)
    assert asyncio.run(_journal(tmp_path)) == ["staff_added", "staff_disabled", "rights_changed", "rights_changed"]
    password = added.stdout.rpartition(": ")[2].strip().encode()
    assert not [one for one in tmp_path.iterdir() if password in one.read_bytes()]


async def _journal(folder: Path) -> list[str]:
    engine = await open_database(f"sqlite:///{folder / 'staff.db'}")
    try:
        return [one.entry.action for one in await Journal(engine).entries()]
    finally:
        await engine.dispose()
