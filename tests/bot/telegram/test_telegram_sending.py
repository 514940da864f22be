"""Sending later and sending long: parts that Telegram takes, and what its refusals mean."""

from __future__ import annotations

import pytest
from bot_on_telegram import KEYS, settings_of
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine
from waiting import until

from bot.assistant import Assistant
from bot.channel import Caller, Channel, Delivery
from bot.channels.telegram.bot import TelegramBot, telegram_bot
from bot.channels.telegram.keyboards import LONGEST_LABEL, keyboard, offered
from bot.channels.telegram.pieces import MOST, pieces
from bot.channels.telegram.post import Pace
from bot.errors import UnknownRegion
from bot.sim.telegram.answer import Refusal, too_many
from bot.sim.telegram.chat import units
from bot.sim.telegram.person import Person
from bot.sim.telegram.server import TelegramServer


def caller_of(person: Person) -> Caller:
    return Caller(Channel.TELEGRAM, "110201543", str(person.chat.id))


async def test_a_long_text_goes_out_in_parts_that_end_with_a_sentence(server: TelegramServer, bot: TelegramBot) -> None:
    person = server.person()
    text = "".join(f"第{at}条：2021年12月31日前缴费320元，过后要等。" for at in range(300))
    assert await bot.sender.send(caller_of(person), text) is Delivery.SENT
    parts = [one.text for one in person.seen]
    assert len(parts) >= 2
    assert "".join(parts) == text
    assert all(units(one) <= MOST and one.endswith("。") for one in parts)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=300), st.integers(1, 60))
def test_no_part_is_too_long_and_no_word_is_lost(text: str, times: int) -> None:
    parts = pieces(text * times)
    assert all(units(one) <= MOST for one in parts)
    assert "".join("".join(parts).split()) == "".join((text * times).split())


@pytest.mark.parametrize(
    ("refusal", "delivery"),
    [
        (Refusal(403, "Forbidden: bot was blocked by the user"), Delivery.UNREACHABLE),
        (too_many(3600), Delivery.OVER_QUOTA),
        (Refusal(400, "Bad Request: something new"), Delivery.NOT_POSSIBLE),
    ],
)
async def test_a_refusal_is_told_and_never_raised(
    server: TelegramServer, bot: TelegramBot, refusal: Refusal, delivery: Delivery
) -> None:
    server.faults.fail("sendMessage", refusal)
    assert await bot.sender.send(caller_of(server.person()), "您好") is delivery
    assert len(server.calls("sendMessage")) == 1


async def test_many_people_at_once_are_all_answered_once(
    server: TelegramServer, bot: TelegramBot, caplog: pytest.LogCaptureFixture
) -> None:
    people = [server.person() for _ in range(45)]
    for one in people:
        one.says("你好")
    await until(lambda: all(one.seen for one in people), within=30)
    assert [len(one.seen) for one in people] == [1] * 45
    assert "given up" not in caplog.text


def test_messages_leave_one_after_the_other() -> None:
    pace = Pace(a_second=10)
    waits = [pace.wait(60) for _ in range(5)]
    assert waits == pytest.approx([0, 0.1, 0.2, 0.3, 0.4], abs=0.05)


def test_who_would_wait_too_long_takes_no_place() -> None:
    pace = Pace(a_second=10)
    assert [pace.wait(0.25) is None for _ in range(5)] == [False, False, False, True, True]


async def test_another_channels_caller_is_none_of_its_business(server: TelegramServer, bot: TelegramBot) -> None:
    assert await bot.sender.send(Caller(Channel.WECHAT, "suixi", "oOPENID"), "您好") is Delivery.NOT_POSSIBLE
    assert server.calls("sendMessage") == []


async def test_commands_are_listed_at_telegram(server: TelegramServer, bot: TelegramBot) -> None:
    await until(lambda: bool(server.calls("setMyCommands")))
    commands = server.calls("setMyCommands")[0]["commands"]
    assert isinstance(commands, list)
    assert [one["command"] for one in commands] == ["start", "place", "help"]


async def test_an_address_that_telegram_will_not_have_is_told(
    server: TelegramServer, assistant: Assistant, engine: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    async with telegram_bot(settings_of(server, "http://example.org"), assistant, engine, KEYS):
        await until(lambda: "must be provided for webhook" in caplog.text)
    assert "CANBAO_TELEGRAM_WEBHOOK" in caplog.text


async def test_a_region_nobody_knows_is_told_at_the_start(
    server: TelegramServer, assistant: Assistant, engine: AsyncEngine
) -> None:
    with pytest.raises(UnknownRegion, match="火星县"):
        async with telegram_bot(settings_of(server, None, "火星县"), assistant, engine, KEYS):
            pass


def test_long_labels_stay_in_the_text_and_their_buttons_are_numbers() -> None:
    long = "字" * (LONGEST_LABEL + 1)
    offer = offered(f"选哪个？\n1. {long}\n2. 短的", (long, "短的"))
    assert offer.labels == ("1", "2")
    assert long in offer.text
    (row,) = keyboard(offer.labels, "0123abcd").inline_keyboard
    assert [one.text for one in row] == ["1", "2"]


def test_callback_data_fits_however_many_and_long_the_choices_are() -> None:
    rows = keyboard([f"{at}" + "长" * 40 for at in range(99)], "0123abcd").inline_keyboard
    assert all(len(str(one.callback_data).encode()) <= 64 for row in rows for one in row)
