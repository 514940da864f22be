"""Each message once: retries, other processes, late answers, what is left behind by a process that ended."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from office import Desk, Office, SimMode, account_of, opened, process
from sqlalchemy import event, select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from waiting import until

from bot.channels.wechat import delivery, wording
from bot.channels.wechat.service import Wechat
from bot.sim.wechat.account import CUSTOM_SEND, SimAccount
from bot.sim.wechat.delivery import Attempt, Delivered
from bot.sim.wechat.platform import WeChatPlatform
from bot.store.tables.wechat import MESSAGES, QUOTA
from bot.store.writing import writer_of
from dialogues.state import State

LONG = "".join(f"第{at}句话说的是缴费的事情，请您慢慢看。" for at in range(70))


def bodies(seen: list[Attempt | Delivered]) -> set[bytes]:
    return {one.last.body if isinstance(one, Delivered) else one.body for one in seen}


async def stages(engine: AsyncEngine) -> list[str]:
    async with engine.connect() as connection:
        return list(await connection.scalars(select(MESSAGES.c.stage).order_by(MESSAGES.c.received)))


async def reached(engine: AsyncEngine, stage: str) -> bool:
    return await stages(engine) == [stage]


async def age(engine: AsyncEngine, by: timedelta) -> None:
    """As if all rows had been written so long ago."""
    async with engine.begin() as connection:
        long_ago = datetime.now(UTC) - by
        await connection.execute(update(MESSAGES).values(lease=long_ago, received=long_ago))


def killed(process: Wechat) -> None:
    """As if the process had ended at this moment; a real kill is in test_killed.py."""
    for task in process.deliveries._running.values():
        task.cancel()


def sent(office: Office) -> list[str]:
    found = office.platform.calls(CUSTOM_SEND)
    return [str(one["text"]["content"]) for one in found]  # type: ignore[index]


async def test_a_replay_gets_the_same_bytes_and_nobody_computes_again(engine: AsyncEngine) -> None:
    async with opened(engine) as office:
        wang = office.platform.follower()
        push = wang.text("哪天截止")
        first = await office.platform.deliver(push)
        again = [await office.platform.replay(push) for _ in range(3)]
    assert {one.body for one in again} == {first.last.body}
    assert office.desk.heard == ["哪天截止"]


async def test_a_retry_joins_the_computation_that_runs(engine: AsyncEngine) -> None:
    async with opened(engine, desk=Desk(says=str, wait=0.5)) as office:
        push = office.platform.follower().text("哪天截止")
        seen = await asyncio.gather(*(office.platform.replay(push) for _ in range(5)))
    assert len({one.body for one in seen}) == 1
    assert seen[0].verdict is not None
    assert seen[0].verdict.shown == "哪天截止"
    assert office.desk.heard == ["哪天截止"]


async def test_a_retry_that_another_process_gets_has_the_same_bytes(engine: AsyncEngine) -> None:
    sim = SimAccount()
    account, two = account_of(sim), Desk(says=str)
    one = Desk(says=str, gate=asyncio.Event())
    async with (
        WeChatPlatform(sim) as platform,
        process(engine, account, one, platform.api_url) as (_, here),
        process(engine, account, two, platform.api_url) as (_, there),
    ):
        platform.send_to(here)
        push = platform.follower().text("哪天截止")
        first = asyncio.create_task(platform.deliver(push))
        await one.reached.wait()
        platform.send_to(there)
        again = asyncio.create_task(platform.replay(push))
        await asyncio.sleep(0.15)  # time to join the one that computes; the same holds where it comes later
        one.gate.set()  # type: ignore[union-attr]
        retry = await again
    assert retry.body == (await first).last.body
    assert (one.heard, two.heard) == (["哪天截止"], [])


async def test_a_process_that_hangs_is_replaced_by_the_one_that_gets_the_retry(engine: AsyncEngine) -> None:
    sim, account = SimAccount(), account_of(SimAccount())
    async with WeChatPlatform(sim, patience=0.5) as platform:
        async with process(engine, account, Desk(says=str, wait=60), platform.api_url) as (gone, here):
            platform.send_to(here)
            push = platform.follower().text("哪天截止")
            assert (await platform.replay(push)).status is None
            killed(gone)
        await age(engine, timedelta(seconds=5))
        async with process(engine, account, Desk(says=str), platform.api_url) as (_, there):
            platform.send_to(there)
            retry = await platform.replay(push)
    assert retry.verdict is not None
    assert retry.verdict.shown == "哪天截止"


async def test_events_without_a_message_id_are_told_apart_by_who_when_and_which(sqlite: AsyncEngine) -> None:
    async with opened(sqlite) as office:
        wang, li = office.platform.follower(), office.platform.follower()
        push = wang.event("CLICK", EventKey="ask:哪天截止")
        other = replace(push, fields=(("Event", "CLICK"), ("EventKey", "ask:怎么交")))
        for one in (push, push, replace(push, sender=li.openid), other, other, replace(push, created=push.created + 1)):
            await office.platform.deliver(one)
        assert office.desk.heard == ["哪天截止", "哪天截止", "怎么交", "哪天截止"]
        assert len(await stages(sqlite)) == 4


@asynccontextmanager
async def late(engine: AsyncEngine, sim: SimAccount | None = None, **given: object) -> AsyncIterator[Office]:
    """An office that has no answer within the 0.3 s it has (for 4 s), until the test says so (`found`)."""
    desk = Desk(says=lambda said: f"查到了：{said}", gate=asyncio.Event())
    async with opened(engine, sim, desk, in_time=0.3, **given) as office:
        yield office


async def found(office: Office) -> None:
    """The answer is there and delivered; what is asked from now on has all the time."""
    office.wechat.deliveries._in_time = delivery.IN_TIME
    assert office.desk.gate is not None
    office.desk.gate.set()
    await office.wechat.deliveries.settle()


async def test_a_late_answer_is_promised_and_comes_by_customer_service_message(engine: AsyncEngine) -> None:
    async with late(engine) as office:
        wang = office.platform.follower()
        push = wang.text("哪天截止")
        first = await office.platform.deliver(push)
        assert first.text == wording.WAIT
        await found(office)
        assert await wang.sees("查到了") == "查到了：哪天截止"
        assert (await office.platform.replay(push)).body == first.last.body
        assert await stages(engine) == ["done"]
        assert sent(office) == ["查到了：哪天截止"]


async def test_without_the_right_to_send_a_late_answer_waits_for_1(engine: AsyncEngine) -> None:
    for sim, given in ((SimAccount(), {"customer_service": False}), (SimAccount(permissions=frozenset()), {})):
        async with late(engine, sim, **given) as office:
            wang = office.platform.follower()
            assert (await wang.says("哪天截止")).text == wording.WAIT
            office.wechat.deliveries._in_time = delivery.IN_TIME
            assert (await wang.says("1")).text == wording.STILL
            await found(office)
            push = wang.text("1")
            got = await office.platform.deliver(push)
            assert got.text == "查到了：哪天截止"
            assert (await office.platform.replay(push)).body == got.last.body
            assert sum(one.code == 0 for one in office.platform.api.log if one.path == CUSTOM_SEND) == 0
            assert office.desk.heard == ["哪天截止"]
            assert (await wang.says("1")).text == "查到了：1", "afterwards 1 is a choice of the dialogue again"


async def test_another_question_takes_1_back_but_not_the_result(sqlite: AsyncEngine) -> None:
    async with late(sqlite, customer_service=False) as office:
        wang = office.platform.follower()
        await wang.says("哪天截止")
        await found(office)
        seen = await wang.says("怎么交")
        assert seen.text == "查到了：怎么交" + wording.RESULT_READY
        assert (await wang.says("1")).text == "查到了：1" + wording.RESULT_READY
        assert (await wang.says("结果")).text == "查到了：哪天截止"
        assert (await wang.says("再问")).text == "查到了：再问"


async def test_a_result_is_its_callers_only(sqlite: AsyncEngine) -> None:
    async with late(sqlite, customer_service=False) as office:
        await office.platform.follower().says("哪天截止")
        await found(office)
        assert (await office.platform.follower().says("1")).text == "查到了：1"
        assert (await office.platform.follower().says("结果")).text == "查到了：结果"


async def test_a_long_answer_is_read_on_by_1_and_nothing_is_lost(engine: AsyncEngine) -> None:
    async with opened(engine, desk=Desk(says=lambda _: LONG)) as office:
        wang = office.platform.follower()
        shown = [(await wang.says("讲讲")).text or ""]
        while shown[-1].endswith(wording.MORE):
            assert len(shown[-1].encode()) <= 2048
            shown.append((await wang.says("1")).text or "")
    assert "".join(one.removesuffix(wording.MORE) for one in shown) == LONG
    assert office.desk.heard == ["讲讲"]


async def test_the_rest_of_a_long_answer_is_given_up_for_another_question(sqlite: AsyncEngine) -> None:
    async with opened(sqlite, desk=Desk(says=lambda said: LONG if said == "讲讲" else f"答：{said}")) as office:
        wang = office.platform.follower()
        await wang.says("讲讲")
        assert (await wang.says("怎么交")).text == "答：怎么交"
        assert (await wang.says("1")).text == "答：1"


async def test_two_impatient_1_get_two_different_parts(engine: AsyncEngine) -> None:
    async with opened(engine, desk=Desk(says=lambda said: LONG if said == "讲讲" else f"答：{said}")) as office:
        wang = office.platform.follower()
        await wang.says("讲讲")
        seen = await asyncio.gather(wang.says("1"), wang.says("1"))
        assert len({one.text for one in seen}) == 2
        assert all(one.fault is None for one in seen)


async def test_a_long_late_answer_is_sent_in_order(engine: AsyncEngine) -> None:
    async with late(engine) as office:
        office.desk.says = lambda _: LONG
        await office.platform.follower().says("讲讲")
        await found(office)
        assert "".join(sent(office)) == LONG
        assert len(sent(office)) > 1


async def test_what_the_quota_does_not_allow_waits_for_1(engine: AsyncEngine) -> None:
    async with late(engine) as office:
        office.desk.says = lambda _: LONG * 3
        wang = office.platform.follower()
        await wang.says("讲讲")
        await found(office)
        assert sent(office) == []
        assert (await wang.says("1")).text is not None
        assert office.desk.heard == ["讲讲"]


async def test_a_message_that_nobody_confirmed_is_not_sent_again(engine: AsyncEngine) -> None:
    async with late(engine) as office:
        office.platform.faults.break_down(CUSTOM_SEND, 502)
        wang = office.platform.follower()
        await wang.says("哪天截止")
        await found(office)
        await office.wechat.take_up()
        assert [one for one in office.platform.api.log if one.path == CUSTOM_SEND] == []
        assert await stages(engine) == ["kept"]
        assert (await wang.says("1")).text == "查到了：哪天截止"


@pytest.mark.parametrize("stage", ["open", "promised", "sending"])
async def test_what_a_killed_process_left_is_told_once(engine: AsyncEngine, stage: str) -> None:
    sim, account = SimAccount(), account_of(SimAccount())
    async with WeChatPlatform(sim, patience=0.5) as platform:
        wang = platform.follower()
        push = wang.text("哪天截止")
        desk = Desk(says=lambda said: f"查到了：{said}", wait=60)
        async with process(engine, account, desk, platform.api_url, in_time=0.2 if stage == "promised" else 4) as (
            gone,
            here,
        ):
            platform.send_to(here)
            if stage == "sending":
                desk.wait = 0.5
                gone.deliveries._in_time = 0.2
                platform.faults.slow(CUSTOM_SEND, 60)
            wang.quota.earn(None, platform.now())
            await platform.replay(push)
            await until(lambda: reached(engine, stage))
            killed(gone)
        platform.faults.slow(CUSTOM_SEND, 0)
        calls = len(platform.calls(CUSTOM_SEND))
        await age(engine, timedelta(seconds=30))
        desk.wait = 0
        async with (
            process(engine, account, desk, platform.api_url) as (one, there),
            process(engine, account, desk, platform.api_url) as (two, _),
        ):
            await asyncio.gather(one.take_up(), two.take_up())
            await asyncio.gather(one.deliveries.settle(), two.deliveries.settle())
            told = platform.calls(CUSTOM_SEND)[calls:]
            platform.send_to(there)
            if stage == "sending":
                assert told == [], "nobody knows whether it arrived, so it is not sent again"
                assert (await wang.says("1")).text == "查到了：哪天截止"
            else:
                assert len(told) == 1
                assert await wang.sees("查到了") == "查到了：哪天截止"
            retry = await platform.replay(push)
            assert retry.verdict is not None
            assert retry.verdict.shown in (None, wording.WAIT), "and no retry tells it again"


async def stored(office: Office, openid: str) -> State | None:
    """The conversation's state, as the database has it."""
    answering = office.wechat.works["suixi"].answering
    return await answering.assistant.sessions.load(answering.caller(openid).session)


async def test_what_was_computed_before_a_kill_is_told_and_not_heard_again(engine: AsyncEngine) -> None:
    sim, account, desk = SimAccount(), account_of(SimAccount()), Desk(wait=0.5)
    async with WeChatPlatform(sim, patience=0.4) as platform:
        wang = platform.follower()
        push = wang.text("哪天截止")
        async with process(engine, account, desk, platform.api_url, in_time=0.2) as (gone, here):
            platform.send_to(here)
            wang.quota.earn(None, platform.now())
            work, reached = gone.works["suixi"], asyncio.Event()
            work._tell_later = lambda *_: reached.set() or asyncio.sleep(60)  # type: ignore[assignment, func-returns-value]
            await platform.replay(push)
            await asyncio.wait_for(reached.wait(), 5)
            killed(gone)
        await age(engine, timedelta(seconds=30))
        async with process(engine, account, desk, platform.api_url) as (other, _):
            await other.take_up()
            await other.deliveries.settle()
        assert len(platform.calls(CUSTOM_SEND)) == 1
    assert desk.heard == ["哪天截止"]


async def test_an_answer_and_what_the_conversation_is_after_it_are_kept_together(engine: AsyncEngine) -> None:
    commits = 0

    def count(_: object) -> None:
        nonlocal commits
        commits += 1

    async with opened(engine, desk=Desk()) as office:
        wang = office.platform.follower()
        await wang.says("你好")
        event.listen(writer_of(engine), "commit", count)
        await wang.says("哪天截止")
        event.remove(writer_of(engine), "commit", count)
        assert await stored(office, wang.openid) is not None
    assert commits == 3, "claimed; read; answered with its state"


async def test_who_lost_a_message_to_another_process_keeps_no_state_of_it(engine: AsyncEngine) -> None:
    async with opened(engine, desk=Desk(gate=asyncio.Event())) as office:
        wang = office.platform.follower()
        asking = asyncio.create_task(wang.says("哪天截止"))
        await office.desk.reached.wait()
        async with engine.begin() as connection:
            await connection.execute(update(MESSAGES).values(owner="another"))
        office.desk.gate.set()  # type: ignore[union-attr]
        await asking
        assert await stored(office, wang.openid) is None


async def test_what_another_account_left_is_not_ours_to_take_up(sqlite: AsyncEngine) -> None:
    async with late(sqlite, name="gone", customer_service=False) as office:
        wang = office.platform.follower()
        await wang.says("哪天截止")
        killed(office.wechat)
    await age(sqlite, timedelta(seconds=30))
    async with opened(sqlite) as office:
        await office.wechat.take_up()
        assert office.desk.heard == []
        assert await stages(sqlite) == ["promised"]


async def test_who_sends_what_another_process_took_over_pays_nothing(sqlite: AsyncEngine) -> None:
    async with late(sqlite) as office:
        wang = office.platform.follower()
        await wang.says("哪天截止")
        async with sqlite.begin() as connection:
            await connection.execute(update(MESSAGES).values(owner="another"))
        await found(office)
        assert sent(office) == []
        async with sqlite.connect() as connection:
            assert await connection.scalar(select(QUOTA.c.left)) == 5


async def test_what_is_being_answered_here_is_not_taken_up(sqlite: AsyncEngine) -> None:
    async with opened(sqlite, desk=Desk(says=str, gate=asyncio.Event())) as office:
        asked = asyncio.create_task(office.platform.follower().says("哪天截止"))
        await office.desk.reached.wait()
        await age(sqlite, timedelta(seconds=30))
        await office.wechat.take_up()
        office.desk.gate.set()  # type: ignore[union-attr]
        assert (await asked).text == "哪天截止"
        assert sent(office) == []


async def test_without_the_database_messages_are_answered(
    sqlite: AsyncEngine, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "DATABASE", 0.2)
    async with opened(sqlite) as office:
        wang = office.platform.follower()
        push = wang.text("哪天截止")
        async with sqlite.begin() as other:
            await other.execute(update(MESSAGES).values(by_one=False))
            first = await office.platform.deliver(push)
            assert first.text is not None
            assert (await office.platform.replay(push)).body == first.last.body
    assert wang.openid not in caplog.text
    assert "the database fails" in caplog.text


async def test_a_crowd_is_asked_to_come_back_at_once_and_nobody_is_left_without_an_answer(
    sqlite: AsyncEngine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(delivery, "CROWD", 5)
    async with opened(sqlite, desk=Desk(says=str, wait=0.6)) as office:
        people = [office.platform.follower() for _ in range(9)]
        seen = await asyncio.gather(*(one.says("哪天截止") for one in people))
        assert sorted(str(one.text) for one in seen) == sorted(["哪天截止"] * 5 + [wording.ASK_AGAIN] * 4)
        assert all(one.last.seconds < 0.5 for one in seen if one.text == wording.ASK_AGAIN)
        leaving = await people[0].unfollows()
        assert leaving.last.body == b"success"
    assert caplog.text.count("at once") == 1, "a burst is told once"


async def test_a_storm_is_answered_each_once(engine: AsyncEngine) -> None:
    rng = random.Random(7)
    async with opened(engine, SimAccount(mode=SimMode.SAFE), Desk(says=str)) as office:
        people = [office.platform.follower() for _ in range(30)]
        pushes = [rng.choice(people).text(f"问题{at}") for at in range(300)]
        seen = await office.platform.storm(pushes, duplicates=0.2, disorder=0.05, at_once=20, rng=rng)
    assert len(seen) == 300
    for push, answers in seen.items():
        assert len(bodies(answers)) == 1
        asked = dict(push.fields)["Content"]
        assert any(isinstance(one, Delivered) and one.text == asked for one in answers)
    assert sorted(office.desk.heard) == sorted(str(dict(push.fields)["Content"]) for push in pushes)
    assert sent(office) == []
