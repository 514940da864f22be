"""Binding an account to a record: with notice and consent, by name and ID number, and never telling which was wrong."""

from __future__ import annotations

import asyncio
import logging

import pytest
from bound_family import DAY, GUO, LAN, MING, NAMES, Clock, User, number
from sqlalchemy import event, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.assistant import Assistant
from bot.audit.entry import Action, Entry
from bot.audit.journal import Journal
from bot.audit.verification import verify
from bot.binding import words
from bot.binding.accounts import MOST, Accounts
from bot.binding.bound_records import kin_of
from bot.binding.tries import A_DAY
from bot.channel import Caller, Channel
from bot.secrets.sealing import Place, Secrets
from bot.store.tables.binding import BindingRow, BindingStepRow
from bot.store.tables.conversation import ConversationRow

both = pytest.mark.parametrize("prepared", ["sqlite_template", "postgresql_for_all"], indirect=True)
WRONG_DIGIT = "1" if LAN[-1] != "1" else "2"
UNKNOWN = number("19770707", "007")


async def count(engine: AsyncEngine, table: object) -> int:
    async with engine.connect() as connection:
        return len((await connection.execute(select(table.__table__))).all())  # type: ignore[attr-defined]


@both
async def test_the_whole_way_from_the_question_to_the_answer(user: User, accounts: Accounts) -> None:
    assert (await user.say("我交了吗", "my_record")).startswith("先绑定")
    assert user.said[-1].choices == ("绑定",)
    shown = await user.say("1")
    assert shown.startswith("绑定之前")
    assert user.said[-1].choices == ("同意", "不同意")
    assert (await user.say("1")).startswith("请发您的姓名")
    asked = await user.say("我叫王桂兰")
    assert asked.startswith("请发您的身份证号")
    assert "为什么要" in asked
    assert (await user.say(f"身份证号是{LAN}")).startswith("绑定好了：王*兰")
    bound = await accounts.bound(user.caller)
    assert bound is not None
    assert (bound.resident, bound.notice) == (1, words.NOTICE)
    reply = await user.say("我交了吗", "my_record")
    assert reply.startswith("2022年度已经缴了320元")
    assert "通过微信缴费320元" in reply
    assert "依据：《" in reply


async def test_nothing_said_on_the_way_is_repeated_or_logged(user: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await user.bind()
        await user.say("我交了吗", "my_record")
    for told in user.said:
        assert LAN not in told.reply
        assert "王桂兰" not in told.reply
    written = [record for record in caplog.records if not record.name.startswith("asyncio")]
    assert not [record for record in written if LAN in record.getMessage() or "王桂兰" in record.getMessage()]


async def test_name_and_number_in_one_message_are_enough(user: User, accounts: Accounts) -> None:
    await user.say("绑定")
    await user.say("同意")
    assert (await user.say(f"王桂兰，{LAN}")).startswith("绑定好了")
    assert await accounts.bound(user.caller)


@pytest.mark.parametrize(
    "typed",
    [LAN.lower(), f"{LAN[:6]} {LAN[6:14]} {LAN[14:]}", "".join(chr(ord(c) + 0xFEE0) for c in LAN), f"我的是 {LAN}。"],
)
async def test_the_number_may_be_written_as_people_write_it(user: User, typed: str) -> None:
    assert (await user.bind(number=typed)).startswith("绑定好了")


@pytest.mark.parametrize("typed", [LAN[:-1], f"{LAN[:-1]}{WRONG_DIGIT}", "不知道", "340699202613010021"])
async def test_a_number_that_can_be_none_is_asked_for_again(user: User, accounts: Accounts, typed: str) -> None:
    assert (await user.bind(number=typed)).startswith("身份证号不对")
    assert await accounts.bound(user.caller) is None
    assert (await user.say(LAN)).startswith("绑定好了")


@pytest.mark.parametrize("typed", ["低保户要交多少", "3", "<b>", "王", "王桂兰多少钱", "字" * 80])
async def test_what_is_no_name_is_asked_for_again(user: User, typed: str) -> None:
    await user.say("绑定")
    await user.say("同意")
    assert (await user.say(typed)).startswith("没看出来是姓名")
    await user.say("王桂兰")
    assert (await user.say(LAN)).startswith("绑定好了")


async def test_without_consent_nothing_is_asked_or_kept(user: User, engine: AsyncEngine) -> None:
    await user.say("绑定")
    assert (await user.say("不同意")).startswith("好的，不绑定了")
    assert await count(engine, BindingStepRow) == 0


async def test_before_the_consent_other_questions_are_answered_and_numbers_are_not_heard(user: User) -> None:
    await user.say("绑定")
    assert "320元" in await user.say("要交多少钱", "premium")
    assert (await user.say(f"王桂兰{LAN}")).startswith("请先别发")
    assert (await user.say("同意")).startswith("请发您的姓名")


@pytest.mark.parametrize("stop", ["取消", "算了", "不绑了"])
async def test_one_can_stop_at_any_step(user: User, engine: AsyncEngine, stop: str) -> None:
    for steps in (("同意",), ("同意", "王桂兰")):
        await user.say("绑定")
        for one in steps:
            await user.say(one)
        assert (await user.say(stop)).startswith("好的，不绑定了")
        assert await count(engine, BindingStepRow) == 0


async def test_a_conversation_left_open_is_over_after_a_quarter_of_an_hour(user: User, clock: Clock) -> None:
    await user.say("绑定")
    await user.say("同意")
    clock.now += DAY / 24
    assert not (await user.say("王桂兰", "off_topic")).startswith("请发您的身份证号")


async def test_unknown_and_not_matching_look_the_same(assistant: Assistant) -> None:
    unknown, other_name = User(assistant, "one"), User(assistant, "two")
    assert await unknown.bind("王桂兰", UNKNOWN) == await other_name.bind("王桂花", LAN)


@both
async def test_five_tries_a_day_an_account(user: User, clock: Clock) -> None:
    replies = []
    for at in range(A_DAY + 2):
        replies.append(await user.bind("王桂兰", number("19770707", f"{100 + at}")))
    assert ["没有对上" in one for one in replies] == [True] * A_DAY + [False] * 2
    assert (await user.bind()).startswith("今天核对的次数用完了")
    clock.now += DAY
    assert (await user.bind()).startswith("绑定好了")


@both
async def test_five_tries_a_day_a_person_from_whichever_accounts(assistant: Assistant, accounts: Accounts) -> None:
    for at in range(A_DAY):
        assert "没有对上" in await User(assistant, f"thief{at}").bind("王桂花", LAN)
    assert (await User(assistant, "one more").bind("王桂兰", LAN)).startswith("今天核对的次数用完了")
    assert (await User(assistant, "another person").bind("李建国", GUO)).startswith("绑定好了")


@both
async def test_tries_at_the_same_moment_do_not_slip_through(assistant: Assistant) -> None:
    thieves = [User(assistant, f"thief{at}") for at in range(A_DAY + 4)]
    for one in thieves:
        for said in ("绑定", "同意", "王桂花"):
            await one.say(said)
    replies = await asyncio.gather(*(one.say(LAN) for one in thieves))
    assert sum("没有对上" in one for one in replies) <= A_DAY


@both
async def test_unknown_and_not_matching_are_the_same_work(
    assistant: Assistant, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same statements reach the database, and as many cells are opened, in the same order."""
    done: list[str] = []
    inner = Secrets.unseal

    def counting(self: Secrets, sealed: bytes, place: Place) -> str:
        done.append(f"unseal {place.table}.{place.column}")
        return inner(self, sealed, place)

    def note(_: object, __: object, statement: str, *___: object) -> None:
        done.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    monkeypatch.setattr(Secrets, "unseal", counting)
    work = []
    for openid, name, typed in (("a", "王桂兰", UNKNOWN), ("b", "王桂花", LAN)):
        somebody = User(assistant, openid)
        for said in ("绑定", "同意", name):
            await somebody.say(said)
        done.clear()
        await somebody.say(typed)
        work.append(tuple(done))
    assert work[0] == work[1]
    assert "unseal resident.sealed_name" in work[0]


async def test_a_childs_own_number_leads_to_the_guardian(user: User, accounts: Accounts) -> None:
    assert (await user.bind("李小明", MING)).startswith("这是未满14岁孩子的号码")
    assert await accounts.bound(user.caller) is None


@both
async def test_unbinding_deletes_the_binding_and_the_conversation(user: User, engine: AsyncEngine) -> None:
    await user.bind()
    await user.say("我交了吗", "my_record")
    assert await count(engine, ConversationRow) == 1
    assert (await user.say("解除绑定")).startswith("已经解除绑定")
    assert [await count(engine, table) for table in (BindingRow, BindingStepRow, ConversationRow)] == [0, 0, 0]
    assert (await user.say("我交了吗", "my_record")).startswith("先绑定")
    assert (await user.say("解除绑定")).startswith("这个账号还没有绑定")


async def test_a_bound_account_is_told_so(user: User) -> None:
    await user.bind()
    assert (await user.say("绑定")).startswith("这个账号已经绑定过了")


@both
async def test_a_record_is_bound_to_three_accounts_at_most(assistant: Assistant, accounts: Accounts) -> None:
    users = [User(assistant, f"phone{at}") for at in range(MOST + 1)]
    replies = [await one.bind() for one in users]
    assert [one.startswith("绑定好了") for one in replies] == [True] * MOST + [False]
    assert "已经绑了3个账号" in replies[-1]
    assert set(await accounts.callers_of(1)) == {one.caller for one in users[:MOST]}


@both
async def test_a_guardian_hears_of_the_child_and_the_look_is_written_down(user: User, journal: Journal) -> None:
    await user.bind()
    assert (await user.say("我孙子交了吗", "my_record")).startswith("李*明2022年度已经缴了320元")
    looks = await journal.looks_of(3)
    assert [(one.actor, one.action, one.reason) for one in looks] == [("resident:1", "looked", "监护人询问")]
    assert [one.action for one in await journal.looks_of(1)] == [Action.BOUND]


@pytest.mark.parametrize("asked", ["我老公交了吗", "我老伴交了没有", "我邻居交了吗", "我爸交了没"])
async def test_somebody_elses_record_is_refused_kindly(user: User, asked: str) -> None:
    await user.bind()
    reply = await user.say(asked, "my_record")
    assert user.said[-1].outcome == "refused" or "2022年度" not in reply
    assert "已经缴了" not in reply


async def test_whose_record_is_told_stands_in_the_reply(user: User) -> None:
    await user.bind()
    assert "王*兰的档案里2021年10月20日" in await user.say("我交了吗", "my_record")
    refused = await user.say("李建国交了吗", "my_record")
    assert "别人的缴费记录" in refused
    assert "2021年10月20日" not in refused


async def test_a_household_is_told_as_far_as_one_may(user: User) -> None:
    await user.bind()
    reply = await user.say("我家一共要交多少钱", "premium")
    assert reply.startswith("2个人一共640元（2022年度）")
    assert "李*明（2016年生）：按标准交320元，2021年10月20日已缴320元。" in reply
    assert "户里另外2个人的档案只告诉他们本人" in reply
    assert [one.actor for one in await user.assistant.reviewers[0]._journal.looks_of(3)] == ["resident:1"]  # type: ignore[attr-defined]


async def test_where_the_record_says_otherwise_both_are_told(user: User) -> None:
    await user.bind()
    reply = await user.say("我是低保，要交多少", "premium")
    assert "档案里的低保对象到2021年3月31日为止" in reply
    assert "以县民政局认定的为准" in reply
    assert "按档案里登记的算，自己交320元" in reply


async def test_who_looked_is_listed_with_day_and_reason(user: User, journal: Journal) -> None:
    await user.bind()
    await journal.note(Entry("staff:王干事", Action.LOOKED, 1, "来窗口核对缴费"))
    await journal.note(Entry("staff:李干事", Action.LOOKED, 2, "别人的"))
    told = await user.say("谁查过我")
    assert "工作人员王干事看过，原因：来窗口核对缴费。" in told
    assert "绑定了您的档案" in told
    assert "别人的" not in told


async def test_who_looked_is_for_bound_accounts_only(user: User) -> None:
    assert (await user.say("谁查过我的档案")).startswith("这个账号还没有绑定")


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.PAGE])
@pytest.mark.parametrize("asked", ["绑定", "解除绑定", "谁查过我", "我要绑定"])
async def test_where_records_are_not_told_nothing_can_be_bound(
    assistant: Assistant, engine: AsyncEngine, channel: Channel, asked: str
) -> None:
    user = User(assistant, channel=channel)
    assert "微信公众号里发“绑定”" in await user.say(asked)
    assert await count(engine, BindingStepRow) == 0


async def test_over_telegram_nobody_is_bound_even_under_the_same_name(user: User, assistant: Assistant) -> None:
    await user.bind()
    other = User(assistant, user.openid, Channel.TELEGRAM)
    assert (await other.say("我交了吗", "my_record")).startswith("这里查不了个人的缴费记录")


async def test_the_record_is_read_anew_for_each_message_and_not_stored(user: User, engine: AsyncEngine) -> None:
    await user.bind()
    await user.say("我交了吗", "my_record")
    state = await user.assistant.sessions.load(user.caller.session)
    assert state is not None
    assert state.record is None
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE enrolment SET status = 'refunded' WHERE resident_id = 1"))
    assert (await user.say("我交了吗", "my_record")).startswith("2022年度的钱已经退了")


@both
async def test_a_resident_who_leaves_the_register_is_bound_no_more(user: User, engine: AsyncEngine) -> None:
    await user.bind()
    async with engine.begin() as connection:
        await connection.execute(text("DELETE FROM resident WHERE id = 1"))
    assert (await user.say("我交了吗", "my_record")).startswith("先绑定")


@both
async def test_the_journal_tells_of_bindings_without_names(user: User, engine: AsyncEngine, journal: Journal) -> None:
    await user.bind("王桂花", LAN)
    await user.bind()
    await user.say("解除绑定")
    entries = await journal.entries()
    assert [one.entry.action for one in entries] == ["binding_failed", "bound", "unbound"]
    assert not [one for one in NAMES.values() if one in repr(entries)]
    assert user.openid not in repr(entries)
    assert (await verify(engine)).broken is None


@both
async def test_a_database_that_fails_says_so_and_keeps_the_number_from_the_dialogue(
    user: User, engine: AsyncEngine
) -> None:
    await user.say("绑定")
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE binding_step RENAME TO elsewhere"))
    try:
        for said in ("绑定", f"王桂兰{LAN}"):
            assert (await user.say(said)).startswith("现在办不了")
        assert "320元" in await user.say("要交多少钱", "premium")
    finally:
        async with engine.begin() as connection:
            await connection.execute(text("ALTER TABLE elsewhere RENAME TO binding_step"))


@pytest.mark.parametrize(
    ("relation", "kin"),
    [("父亲", "child"), ("母亲", "child"), ("监护人", "child"), ("祖父", "grandchild"), ("外婆", "grandchild"),
     ("妻子", "spouse"), ("儿子", "parent"), ("子女", "parent"), ("姐姐", "sibling"), ("村委会", "other")],
)  # fmt: skip
def test_the_guardians_word_tells_who_the_ward_is(relation: str, kin: str) -> None:
    assert kin_of(relation) == kin


def test_a_caller_prints_without_the_openid() -> None:
    assert "openid" not in repr(Caller(Channel.WECHAT, "gh", "openid"))
