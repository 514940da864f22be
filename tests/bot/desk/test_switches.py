"""The kill switch: what residents read, who still sees answers, and what is audited."""

from __future__ import annotations

import asyncio

from desk_office import Office, without
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.audit.journal import Journal
from bot.channel import Caller, Channel
from bot.store.writing import writer_of
from bot.switches.switchboard import FRESH, Kind, Switchboard

CONSOLE = Caller(Channel.CONSOLE, "console", "1")
WECHAT = Caller(Channel.WECHAT, "suixi", "openid-2")


async def test_a_topic_turned_off_is_answered_with_the_set_text_only(office: Office) -> None:
    assert await office.desk.switches.turn_off(Kind.TOPIC, "premium", "金额待核对", "管理员")
    reply = await office.say("今年交多少钱", "premium")
    assert reply.outcome == "refused"
    assert "320元" not in reply.reply
    assert "12393" in reply.reply
    assert reply.citations == ()
    assert "截止" in (await office.say("哪天截止", "window")).reply


async def test_a_channel_turned_off_says_so_and_others_go_on(office: Office) -> None:
    await office.desk.switches.turn_off(Kind.CHANNEL, "page", "维护", "管理员")
    assert "暂时停用" in (await office.say("今年交多少钱")).reply
    assert "320元" in (await office.say("今年交多少钱", caller=WECHAT)).reply


async def test_staff_see_what_residents_may_not(office: Office) -> None:
    await office.desk.switches.turn_off(Kind.TOPIC, "premium", "金额待核对", "管理员")
    assert "320元" in (await office.say("今年交多少钱", caller=CONSOLE)).reply


async def test_turned_on_again_all_is_as_before_and_both_are_audited(office: Office, engine: AsyncEngine) -> None:
    board = office.desk.switches
    await board.turn_off(Kind.TOPIC, "premium", "金额待核对", "管理员")
    assert not await board.turn_off(Kind.TOPIC, "premium", "又一次", "管理员")
    assert await board.turn_on(Kind.TOPIC, "premium", "管理员")
    assert not await board.turn_on(Kind.TOPIC, "premium", "管理员")
    assert "320元" in (await office.say("今年交多少钱")).reply
    async with engine.connect() as connection:
        rows = (await connection.execute(text("SELECT actor, action, reason FROM audit ORDER BY seq"))).all()
    assert [tuple(row) for row in rows] == [
        ("staff:管理员", "turned_off", "金额待核对"),
        ("staff:管理员", "turned_on", ""),
    ]


async def test_two_administrators_turning_the_same_off_make_one_switch(office: Office) -> None:
    turned = await asyncio.gather(
        *(office.desk.switches.turn_off(Kind.TOPIC, "window", "核对", name) for name in ("甲", "乙"))
    )
    assert sorted(turned) == [False, True]
    assert len(await office.desk.switches.off()) == 1


async def test_another_process_heeds_a_switch_within_seconds(office: Office, engine: AsyncEngine) -> None:
    clock = [0.0]
    elsewhere = Switchboard(engine, office.desk.switches._journal, clock=lambda: clock[0])
    assert await elsewhere.off() == ()
    await office.desk.switches.turn_off(Kind.CHANNEL, "wechat", "维护", "管理员")
    clock[0] = FRESH + 0.1
    assert [one.name for one in await elsewhere.off()] == ["wechat"]


async def test_a_database_that_fails_leaves_the_switches_as_last_known(office: Office, engine: AsyncEngine) -> None:
    await office.desk.switches.turn_off(Kind.TOPIC, "premium", "金额待核对", "管理员")
    await office.desk.switches.off()
    async with without(engine, "switch"):
        office.desk.switches._read = (-FRESH - 1, office.desk.switches.last_known)
        assert "320元" not in (await office.say("今年交多少钱", "premium")).reply


async def test_messages_that_come_at_once_read_the_switches_once(engine: AsyncEngine) -> None:
    board, reads = Switchboard(engine, Journal(engine)), 0

    def count(_: object) -> None:
        nonlocal reads
        reads += 1

    event.listen(writer_of(engine), "begin", count)
    assert await asyncio.gather(*(board.off() for _ in range(20))) == [()] * 20
    event.remove(writer_of(engine), "begin", count)
    assert reads == 1


async def test_what_was_read_before_a_switch_was_turned_does_not_count_after_it(engine: AsyncEngine) -> None:
    board = Switchboard(engine, Journal(engine))
    before, _ = await asyncio.gather(board.off(), board.turn_off(Kind.TOPIC, "premium", "金额待核对", "管理员"))
    assert before == ()
    assert [one.name for one in await board.off()] == ["premium"]
