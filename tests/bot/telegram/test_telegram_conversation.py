"""What a person with Telegram sees: answers, buttons, commands, groups, everything that is no text."""

from __future__ import annotations

import asyncio

import pytest
from bot_on_telegram import taken
from waiting import until

from bot.assistant import Assistant
from bot.channels.telegram import words
from bot.channels.telegram.bot import TelegramBot
from bot.sim.telegram.answer import BLOCKED, Refusal, too_many
from bot.sim.telegram.server import TelegramServer

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_question_is_answered_with_the_clause(server: TelegramServer) -> None:
    answer = await server.person().asks("低保户要交多少")
    assert answer.text.startswith("低保") or "40元" in answer.text.splitlines()[0]
    assert "依据：" in answer.text


@pytest.mark.parametrize("region", [None])
async def test_choices_are_buttons_and_not_listed_twice(server: TelegramServer) -> None:
    person = server.person()
    question = await person.asks("哪天截止")
    assert "濉溪县" in question.labels
    assert "1. " not in question.text
    before = len(person.seen)
    tap = person.taps(question, "濉溪县")
    answer = await person.hears(before)
    assert "2021年12月31日" in answer.text
    assert await person.notice(tap) == ""
    await until(lambda: question.keyboard == [])


@pytest.mark.parametrize("region", [None])
async def test_a_keyboard_tapped_twice_at_once_is_answered_once(server: TelegramServer) -> None:
    person = server.person()
    question = await person.asks("哪天截止")
    taps = [person.taps(question, "濉溪县"), person.taps(question, "濉溪县")]
    notices = await asyncio.gather(*(person.notice(one) for one in taps))
    await until(lambda: len(person.seen) == 2)
    assert sorted(notices) == ["", words.PAST]
    await until(lambda: sum(status == 200 for _, status in server.updates.pushed) == 3)
    assert len(person.seen) == 2


@pytest.mark.parametrize("region", [None])
async def test_a_keyboard_of_an_earlier_question_is_past(server: TelegramServer) -> None:
    person = server.person()
    old = await person.asks("哪天截止")
    await person.asks("低保户要交多少")
    assert await person.notice(person.taps(old, "濉溪县")) == words.PAST
    assert len(person.seen) == 2
    await until(lambda: old.keyboard == [])


@pytest.mark.parametrize("region", [None])
async def test_a_number_typed_picks_the_choice_too(server: TelegramServer) -> None:
    person = server.person()
    question = await person.asks("哪天截止")
    number = str(question.labels.index("濉溪县") + 1)
    assert "2021年12月31日" in (await person.asks(number)).text


async def test_start_welcomes_and_a_link_brings_the_place_along(server: TelegramServer) -> None:
    person = server.person()
    assert (await person.asks("/start")).text == words.WELCOME
    before = len(person.seen)
    person.says("/start 511724")
    await person.hears(before + 1)
    assert "大竹县" in person.seen[-1].text


async def test_place_is_set_by_name_or_picked(server: TelegramServer, bot: TelegramBot) -> None:
    person = server.person()
    assert "怀远县" in (await person.asks("/place 怀远县")).text
    assert "不认识" in (await person.asks("/place 火星县")).text
    offer = await person.asks("/place")
    before = len(person.seen)
    person.taps(offer, "濉溪县")
    assert "濉溪县" in (await person.hears(before)).text
    assert "40元" in (await person.asks("低保户要交多少")).text


async def test_help_tells_how(server: TelegramServer) -> None:
    assert (await server.person().asks("/help")).text == words.HELP


@pytest.mark.parametrize("question", ["我交了没有", "绑定", "我要绑定 王虚构 110101199003070038", "提醒我", "退订"])
async def test_whoever_asks_for_a_record_is_told_why_not_here_and_where(server: TelegramServer, question: str) -> None:
    answer = (await server.person().asks(question)).text
    assert "服务器在国外" in answer
    assert "微信公众号" in answer
    assert "110101" not in answer


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("photo", [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]),
        ("document", {"file_id": "a", "file_unique_id": "b"}),
        ("voice", {"file_id": "a", "file_unique_id": "b", "duration": 2}),
        ("location", {"latitude": 33.9, "longitude": 116.7}),
        ("contact", {"phone_number": "+86", "first_name": "虚构"}),
        ("sticker", {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1,
                     "is_animated": False, "is_video": False}),
    ],
)  # fmt: skip
async def test_what_is_no_text_is_answered_kindly_and_not_fetched(
    server: TelegramServer, kind: str, content: object
) -> None:
    person = server.person()
    person.sends(kind, content)
    assert (await person.hears()).text == words.KINDS[kind]
    assert server.calls("getFile") == []


async def test_a_changed_question_is_answered_anew_pointing_at_it(server: TelegramServer) -> None:
    person = server.person()
    await person.asks("低保户要交多少")
    mine = person.chat.messages[0]
    before = len(person.seen)
    person.edits(mine, "特困人员要交多少", after=60)
    answer = await person.hears(before)
    assert "特困" in answer.text
    assert answer.reply_to is mine


async def test_an_old_message_that_is_changed_stays_unanswered(server: TelegramServer) -> None:
    person = server.person()
    await person.asks("低保户要交多少")
    await taken(server, person.edits(person.chat.messages[0], "特困人员要交多少", after=7200))
    assert len(person.seen) == 1


async def test_in_a_group_only_what_is_addressed_is_answered(server: TelegramServer) -> None:
    group = server.group()
    aunt = server.member(group)
    await taken(server, aunt.says("低保户要交多少"))
    await taken(server, aunt.says("@somebody_else 低保户要交多少"))
    await taken(server, aunt.says("/help@another_bot"))
    assert aunt.seen == []
    answer = await aunt.asks("@Canbao_Sim_Bot 低保户要交多少")
    assert "40元" in answer.text
    assert answer.reply_to is not None
    assert "特困" in (await aunt.asks("那特困呢", reply_to=answer)).text
    assert (await aunt.asks("/help@canbao_sim_bot")).text == words.HELP


@pytest.mark.parametrize("region", [None])
async def test_talks_of_two_people_in_a_group_do_not_mix(server: TelegramServer) -> None:
    group = server.group()
    aunt, uncle = server.member(group), server.member(group, "张叔")
    question = await aunt.asks("@canbao_sim_bot 哪天截止")
    assert await uncle.notice(uncle.taps(question, "濉溪县")) == words.PAST
    assert question.labels
    before = len(aunt.seen)
    aunt.taps(question, "濉溪县")
    assert "2021年12月31日" in (await aunt.hears(before)).text


async def test_a_blocked_bot_forgets_the_conversation(server: TelegramServer, assistant: Assistant) -> None:
    person = server.person()
    await person.asks("低保户要交多少")
    session = f"telegram:110201543:{person.user.id}"
    assert await assistant.sessions.load(session) is not None
    await taken(server, person.blocks())
    assert await assistant.sessions.load(session) is None
    server.faults.fail("sendMessage", Refusal(403, BLOCKED))
    await taken(server, person.says("还在吗"))


async def test_a_short_flood_limit_is_waited_for(server: TelegramServer) -> None:
    server.faults.fail("sendMessage", too_many(1))
    assert "40元" in (await server.person().asks("低保户要交多少")).text


async def test_a_long_flood_limit_is_given_up(server: TelegramServer) -> None:
    server.faults.fail("sendMessage", too_many(3600))
    person = server.person()
    await taken(server, person.says("低保户要交多少"))
    assert person.seen == []
    assert len(server.calls("sendMessage")) == 1


async def test_a_gateway_that_fails_twice_is_tried_again(server: TelegramServer) -> None:
    server.faults.fail("sendMessage", Refusal(502, "Bad Gateway"), times=2)
    assert "40元" in (await server.person().asks("低保户要交多少")).text


async def test_no_log_holds_what_was_said_or_by_whom(server: TelegramServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="bot")
    caplog.set_level("INFO")
    person = server.person()
    server.faults.fail("sendMessage", Refusal(400, "Bad Request: something"))
    await taken(server, person.says("低保户虚构要交多少"))
    await person.asks("那特困呢")
    said = "\n".join(f"{one.getMessage()} {one.exc_text}" for one in caplog.records)
    assert "虚构" not in said
    assert str(person.user.id) not in said
    assert server.token not in said
