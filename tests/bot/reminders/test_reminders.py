"""Who is reminded, when, in which words; that nobody is told twice, whoever is killed when."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
from dataclasses import replace
from datetime import date, timedelta

import pytest
from reminded import ACCOUNT, KEY, SECRETS, TODAY, County, got, with_notice
from sqlalchemy import update
from sqlmodel import SQLModel
from waiting import until
from whole_program import CANBAO, ROOT

from bot.audit.journal import Journal
from bot.binding.accounts import Accounts
from bot.reminders.consents import BINDING, OUTBOX
from bot.reminders.outbox import LEASE
from bot.reminders.worker import working
from bot.secrets.sealing import Place
from bot.sim.wechat.account import CUSTOM_SEND, SUBSCRIBE_SEND

both = pytest.mark.parametrize("prepared", ["sqlite_template", "postgresql_for_all"], indirect=True)
DAY = timedelta(days=1)


@both
async def test_who_agreed_and_has_not_paid_is_told_the_day_and_the_clause(suixi: County) -> None:
    await suixi.resident(1)
    follower, _, _ = await suixi.bound(1)
    assert await suixi.goes() == {"sent": 1}
    (text,) = got(follower)
    assert text.startswith("2021年12月31日截止，还没缴2022年度医保\n")
    assert "离截止还有14天" in text
    assert "依据：《濉溪县2022年度参保缴费实施方案》五" in text
    assert text.endswith("回复“退订”。")
    assert await suixi.states() == [("sent", "")]


async def test_nobody_is_told_who_paid_or_did_not_ask_or_stopped_or_unbound(suixi: County) -> None:
    for id in (1, 2, 3, 4):
        await suixi.resident(id, paid=id == 1)
    paid, _, _ = await suixi.bound(1)
    silent, _, _ = await suixi.bound(2, consent=False)
    stopped, _, binding = await suixi.bound(3)
    await suixi.worker.planner.plan(TODAY)
    assert await suixi.consents.withdraw(binding)
    unbound, caller, _ = await suixi.bound(4)
    await suixi.worker.planner.plan(TODAY)
    assert await Accounts(suixi.engine, SECRETS, Journal(suixi.engine)).unbind(caller)
    assert await suixi.goes() == {}
    assert [got(one) for one in (paid, silent, stopped, unbound)] == [[], [], [], []]
    assert await suixi.states() == []


async def test_who_pays_after_it_was_planned_is_left_in_peace(suixi: County) -> None:
    await suixi.resident(1)
    follower, _, _ = await suixi.bound(1)
    assert await suixi.worker.planner.plan(TODAY) == 1
    await suixi.pays(1)
    assert await suixi.goes() == {"dropped": 1}
    assert got(follower) == []


async def test_at_most_one_a_topic_and_week_until_the_window_closes(suixi: County) -> None:
    await suixi.resident(1)
    follower, _, _ = await suixi.bound(1)
    sent = []
    day = date(2021, 12, 1)
    while day <= date(2022, 1, 5):
        if (await suixi.goes(day)).get("sent"):
            sent.append(day)
        day += DAY
    assert sent == [date(2021, 12, 17), date(2021, 12, 26)]
    assert len(got(follower)) == 2


async def test_who_agrees_late_is_told_at_once_and_again_a_week_later_at_the_earliest(suixi: County) -> None:
    await suixi.resident(1)
    await suixi.bound(1)
    days = [TODAY + DAY * ahead for ahead in range(6, 15)]
    sent = [day for day in days if (await suixi.goes(day)).get("sent")]
    assert sent == [date(2021, 12, 23), date(2021, 12, 30)]


async def test_a_mother_is_told_of_her_newborn_by_its_own_deadline(suixi: County) -> None:
    await suixi.resident(1, paid=True)
    await suixi.resident(2, born=date(2021, 11, 5), guardian=1)
    follower, _, _ = await suixi.bound(1)
    assert await suixi.goes(date(2022, 1, 18)) == {}
    assert await suixi.goes(date(2022, 1, 19)) == {"sent": 1}
    (text,) = got(follower)
    assert text.startswith("最晚2022年2月2日给孩子办好缴好\n")
    assert "您家孩子（2021年11月5日出生）" in text
    assert "虚构" not in text


async def test_a_child_that_was_paid_for_is_not_spoken_of(suixi: County) -> None:
    await suixi.resident(1, paid=True)
    await suixi.resident(2, born=date(2021, 11, 5), guardian=1)
    await suixi.pays(2, 2021)
    await suixi.pays(2, 2022)
    await suixi.bound(1)
    assert await suixi.goes(date(2022, 1, 19)) == {}


@both
async def test_two_workers_at_once_tell_nobody_twice(suixi: County) -> None:
    followers = []
    for id in range(1, 7):
        await suixi.resident(id)
        followers.append((await suixi.bound(id))[0])
    await asyncio.gather(*(suixi.worker.planner.plan(TODAY) for _ in range(2)))
    counts = await asyncio.gather(*(replace(suixi.worker).send_due() for _ in range(3)))
    assert sum(one.get("sent", 0) for one in counts) == 6
    assert [len(got(one)) for one in followers] == [1] * 6


async def test_killed_before_it_was_sent_it_is_sent_after_the_lease(suixi: County) -> None:
    await suixi.resident(1)
    follower, _, _ = await suixi.bound(1)
    await suixi.worker.planner.plan(TODAY)
    assert await suixi.worker.outbox.take() is not None
    assert await suixi.goes() == {}
    suixi.clock.passes(LEASE * 1.1)
    assert await suixi.goes() == {"sent": 1}
    assert len(got(follower)) == 1


async def test_killed_while_it_was_sent_it_is_not_sent_again(suixi: County) -> None:
    await suixi.resident(1)
    follower, _, _ = await suixi.bound(1)
    await suixi.worker.planner.plan(TODAY)
    item = await suixi.worker.outbox.take()
    assert item is not None
    assert await suixi.worker.outbox.sending(item, TODAY)
    suixi.clock.passes(LEASE * 1.1)
    assert await suixi.goes() == {}
    assert await suixi.states() == [("unsure", "interrupted")]
    assert got(follower) == []


async def test_a_worker_that_lost_its_lease_sends_nothing(suixi: County) -> None:
    await suixi.resident(1)
    await suixi.bound(1)
    await suixi.worker.planner.plan(TODAY)
    slow = await suixi.worker.outbox.take()
    suixi.clock.passes(LEASE * 1.1)
    quick = await suixi.worker.outbox.take()
    assert slow is not None
    assert quick is not None
    assert not await suixi.worker.outbox.sending(slow, TODAY)
    assert await suixi.worker.outbox.sending(quick, TODAY)


async def test_a_binding_that_does_not_open_holds_up_nobody_else(suixi: County) -> None:
    for id in (1, 2):
        await suixi.resident(id)
    _, _, spoiled = await suixi.bound(1)
    follower, _, _ = await suixi.bound(2)
    async with suixi.engine.begin() as connection:
        other = SECRETS.seal("x", Place("binding", "sealed_caller", spoiled + 1))
        await connection.execute(update(BINDING).where(BINDING.c.id == spoiled).values(sealed_caller=other))
    assert await suixi.goes() == {"sent": 1}
    assert len(got(follower)) == 1
    assert ("failed", "unreadable") in await suixi.states()


async def test_a_resident_whose_row_does_not_open_holds_up_nobody_else(suixi: County) -> None:
    for id in (1, 2):
        await suixi.resident(id)
        await suixi.bound(id)
    table = SQLModel.metadata.tables["resident"]
    other = SECRETS.seal("x", Place("resident", "sealed_name", 9))
    async with suixi.engine.begin() as connection:
        await connection.execute(update(table).where(table.c.id == 1).values(sealed_name=other))
    assert await suixi.goes() == {"sent": 1}


async def test_a_reminder_with_a_figure_of_no_source_is_not_sent_and_holds_up_nobody(
    suixi: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    for id in (1, 2):
        await suixi.resident(id)
        await suixi.bound(id)
    called = iter(["您家999", "您"])

    async def odd(*_: object) -> str:
        return next(called)

    monkeypatch.setattr(suixi.worker.planner, "called", odd)
    assert await suixi.goes() == {"failed": 1, "sent": 1}
    assert ("failed", "unsourced") in await suixi.states()


async def test_out_of_the_window_it_waits_until_the_follower_writes(suixi: County) -> None:
    await suixi.resident(1)
    follower, _, _ = await suixi.bound(1, wrote=False)
    assert await suixi.goes() == {"out_of_window": 1}
    assert suixi.platform.calls(CUSTOM_SEND) == []
    await suixi.writes(follower)
    assert await suixi.goes() == {}
    suixi.clock.passes(timedelta(hours=1.1))
    assert await suixi.goes() == {"sent": 1}
    assert len(got(follower)) == 1


async def test_what_waits_too_long_is_given_up_after_the_last_day(suixi: County) -> None:
    await suixi.resident(1)
    await suixi.bound(1, wrote=False)
    assert await suixi.goes() == {"out_of_window": 1}
    suixi.clock.passes(timedelta(hours=2))
    assert await suixi.goes(date(2022, 1, 1)) == {"failed": 1}
    assert await suixi.states() == [("failed", "too_late")]


async def test_an_account_with_a_notice_reaches_who_accepted_it_outside_the_window(suixi: County) -> None:
    with_notice(suixi)
    for id in (1, 2):
        await suixi.resident(id)
    accepted, _, _ = await suixi.bound(1, wrote=False)
    accepted.notices["sim-reminder-template"] = None
    wrote, _, _ = await suixi.bound(2)
    assert await suixi.goes() == {"sent": 2}
    assert got(accepted) == ["[通知] 2022年度医保缴费；2021年12月31日；发“退订”不再收到"]
    assert len(suixi.platform.calls(SUBSCRIBE_SEND)) == 2
    assert got(wrote)[0].startswith("2021年12月31日截止")


@pytest.mark.parametrize("code", [45009, 48001, -1])
async def test_a_platform_that_refuses_is_asked_again_later_and_the_day_is_not_lost(suixi: County, code: int) -> None:
    await suixi.resident(1)
    follower, _, _ = await suixi.bound(1)
    suixi.platform.faults.fail(CUSTOM_SEND, code, times=3)
    assert "sent" not in await suixi.goes()
    assert [state for state, _ in await suixi.states()] == ["planned"]
    assert got(follower) == []


async def test_an_answer_that_never_came_is_unsure_and_not_repeated(suixi: County) -> None:
    await suixi.resident(1)
    await suixi.bound(1)
    suixi.platform.faults.break_down(CUSTOM_SEND)
    assert await suixi.goes() == {"unsure": 1}
    suixi.clock.passes(timedelta(days=1))
    assert await suixi.goes() == {}
    assert len(suixi.platform.calls(CUSTOM_SEND)) <= 1


async def test_what_falls_due_is_shown_masked_and_nothing_is_written(suixi: County) -> None:
    await suixi.resident(1)
    await suixi.bound(1)
    env = {"CANBAO_DATABASE_URL": suixi.database, "CANBAO_SECRET_KEY": KEY}
    command = [str(CANBAO), "reminders", "plan", "--dry-run", "--now", "2021-12-01"]
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env=os.environ | env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2021-12-17  虚")
    assert "window 2022: unpaid, last day 2021-12-31 (suixi-2022 五" in done.stdout
    assert "虚构乙" not in done.stdout
    assert "340699" not in done.stdout
    assert await suixi.states() == []


async def test_killed_at_any_point_and_started_again_nobody_is_told_twice(suixi: County) -> None:
    followers = []
    for id in range(1, 13):
        await suixi.resident(id)
        followers.append((await suixi.bound(id))[0])
    suixi.platform.faults.slow(CUSTOM_SEND, 0.15)
    account = ACCOUNT.model_dump(mode="json", exclude={"menu", "reminder"}) | {
        name: getattr(ACCOUNT, name).get_secret_value() for name in ("secret", "token", "aes_key")
    }
    env = {
        "CANBAO_DATABASE_URL": suixi.database, "CANBAO_SECRET_KEY": KEY, "CANBAO_WECHAT_API": suixi.platform.api_url,
        "CANBAO_WECHAT_ACCOUNTS": json.dumps([account]),
    }  # fmt: skip
    command = [str(CANBAO), "reminders", "work", "--at-any-hour", "--now", str(TODAY)]
    child = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=os.environ | env)
    while len(suixi.platform.calls(CUSTOM_SEND)) < 4:
        assert child.returncode is None
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)  # the kill falls into a request that is on its way
    child.send_signal(signal.SIGKILL)
    await child.wait()
    again = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=os.environ | env)
    assert await asyncio.wait_for(again.wait(), 60) == 0
    told = [len(got(one)) for one in followers]
    assert max(told) == 1
    assert sum(told) >= 11
    states = [state for state, _ in await suixi.states()]
    assert states.count("sent") + states.count("sending") + states.count("planned") == 12
    assert states.count("sent") >= 11


@pytest.mark.parametrize(("hour", "sends"), [(8, False), (9, True), (19, True), (20, False)])
async def test_the_service_sends_by_day_only(suixi: County, hour: int, sends: bool) -> None:
    await suixi.resident(1)
    follower, _, _ = await suixi.bound(1)
    suixi.clock.now = suixi.clock.now.replace(hour=(hour - 8) % 24, minute=30)
    async with working(suixi.worker):
        await until(suixi.states)
        await asyncio.sleep(0.3)
    assert bool(got(follower)) == sends


async def test_a_database_that_fails_ends_no_worker(suixi: County, caplog: pytest.LogCaptureFixture) -> None:
    async with suixi.engine.begin() as connection:
        await connection.run_sync(OUTBOX.drop)
    await suixi.resident(1)
    await suixi.bound(1)
    async with working(suixi.worker):
        await until(lambda: "reminders rest for a minute" in caplog.text)
    assert "340699" not in caplog.text
