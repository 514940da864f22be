"""Conversations handed over: who gets them, when the bot keeps quiet, what is delivered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from desk_office import Clock, Office
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.audit.entry import Entry
from bot.channel import Caller, Channel, Delivery
from bot.desk.answering import OVER, Answering
from bot.desk.ticket import Reason, Standing, Who
from bot.desk.tickets import UNCLAIMED, Tickets
from bot.secrets.sealing import Secrets

ELSEWHERE = Caller(Channel.WECHAT, "suixi", "openid-2")


@dataclass
class Postman:
    """Stands in for a platform: takes what is sent, or says why not."""

    answer: Delivery = Delivery.SENT
    sent: list[str] = field(default_factory=list)

    async def send(self, caller: Caller, text: str) -> Delivery:
        if self.answer is Delivery.SENT:
            self.sent.append(text)
        return self.answer


async def test_whoever_asks_for_a_person_waits_with_a_ticket(office: Office) -> None:
    reply = await office.say("人工", "human")
    assert reply.outcome == "handed_over"
    assert "不等了" in reply.reply
    (ticket,) = await office.desk.tickets.queue()
    assert (ticket.standing, ticket.reason, ticket.caller) == (Standing.WAITING, Reason.ASKED, office.caller)
    assert ticket.region == "340621"


async def test_asking_twice_opens_one_ticket(office: Office) -> None:
    await asyncio.gather(*(office.desk.tickets.open(office.caller, None, Reason.ASKED, "") for _ in range(4)))
    assert len(await office.desk.tickets.queue()) == 1


async def test_the_second_in_line_reads_how_many_are_ahead(office: Office) -> None:
    await office.say("人工", "human", ELSEWHERE)
    assert "前面还有1位在等" in (await office.say("人工", "human")).reply
    assert "前面还有" not in (await office.say("人工", "human", ELSEWHERE)).reply


async def test_a_complaint_is_answered_and_goes_to_a_person(office: Office) -> None:
    reply = await office.say("我要投诉，交多少钱没人说清楚", "premium")
    assert "320元" in reply.reply
    assert "转给工作人员" in reply.reply
    assert (await office.desk.tickets.queue())[0].reason is Reason.COMPLAINT


async def test_while_somebody_waits_the_bot_still_answers(office: Office) -> None:
    await office.say("人工", "human")
    assert "320元" in (await office.say("今年交多少钱")).reply


async def test_the_bot_is_silent_while_a_person_answers_and_answers_again_after_it(
    office: Office, operators: tuple[int, int]
) -> None:
    tickets, (one, _) = office.desk.tickets, operators
    await office.say("人工", "human")
    (ticket,) = await tickets.queue()
    assert await tickets.claim(ticket.id, one)
    silent = await office.say("我的身份证是110101199003074477，在吗")
    assert (silent.reply, silent.outcome) == ("", "handed_over")
    (line,) = await tickets.lines(ticket.id)
    assert line.who is Who.RESIDENT
    assert "110101199003074477" not in line.text
    assert await tickets.close(ticket.id, one, "已答复")
    assert "320元" in (await office.say("今年交多少钱")).reply


async def test_two_operators_never_hold_the_same_ticket(office: Office, operators: tuple[int, int]) -> None:
    await office.say("人工", "human")
    (ticket,) = await office.desk.tickets.queue()
    claims = await asyncio.gather(*(office.desk.tickets.claim(ticket.id, one) for one in operators))
    assert sorted(claims) == [False, True]


async def test_only_the_holder_closes_hands_back_and_answers(office: Office, operators: tuple[int, int]) -> None:
    tickets, (one, other) = office.desk.tickets, operators
    await office.say("人工", "human", ELSEWHERE)
    (ticket,) = await tickets.queue()
    await tickets.claim(ticket.id, one)
    postman = Postman()
    answering = Answering(tickets, {Channel.WECHAT: postman})
    assert await answering.answer(ticket, other, "乙", "我来答") is None
    assert not await tickets.close(ticket.id, other, "抢着关")
    assert not await tickets.hand_back(ticket.id, other)
    assert postman.sent == []
    line = await answering.answer(ticket, one, "甲", "您好，带身份证来窗口")
    assert line is not None
    assert line.delivery is Delivery.SENT
    assert postman.sent == ["您好，带身份证来窗口"]
    assert await tickets.hand_back(ticket.id, one)
    assert await tickets.claim(ticket.id, other)


async def test_whoever_waited_on_another_channel_is_told_when_it_is_over(
    office: Office, operators: tuple[int, int]
) -> None:
    tickets, (one, other) = office.desk.tickets, operators
    await office.say("人工", "human", ELSEWHERE)
    (ticket,) = await tickets.queue()
    await tickets.claim(ticket.id, one)
    postman, note = Postman(), Entry(f"staff:{one}", "closed")
    answering = Answering(tickets, {Channel.WECHAT: postman})
    assert not await answering.close(ticket, other, "抢着关", note)
    assert postman.sent == []
    assert await answering.close(ticket, one, "已答复清楚", note)
    assert postman.sent == [OVER]
    assert (await office.say("要交多少", "premium", ELSEWHERE)).reply.startswith("2022年度每人交320元")


async def test_the_page_is_told_of_the_end_by_itself(office: Office, operators: tuple[int, int]) -> None:
    tickets, postman = office.desk.tickets, Postman()
    await office.say("人工", "human")
    (ticket,) = await tickets.queue()
    await tickets.claim(ticket.id, operators[0])
    answering = Answering(tickets, {Channel.PAGE: postman})
    assert await answering.close(ticket, operators[0], "已答复清楚", Entry(f"staff:{operators[0]}", "closed"))
    assert postman.sent == []


@pytest.mark.parametrize("why", [Delivery.OVER_QUOTA, Delivery.OUT_OF_WINDOW, Delivery.UNREACHABLE])
async def test_what_cannot_be_delivered_is_kept_and_says_so(
    why: Delivery, office: Office, operators: tuple[int, int]
) -> None:
    tickets, (one, _) = office.desk.tickets, operators
    await office.say("人工", "human", ELSEWHERE)
    (ticket,) = await tickets.queue()
    await tickets.claim(ticket.id, one)
    await Answering(tickets, {Channel.WECHAT: Postman(why)}).answer(ticket, one, "甲", "您好")
    (line,) = await tickets.lines(ticket.id)
    assert (line.text, line.delivery) == ("您好", why)


async def test_a_channel_nobody_can_push_to_says_so(office: Office, operators: tuple[int, int]) -> None:
    await office.say("人工", "human", ELSEWHERE)
    (ticket,) = await office.desk.tickets.queue()
    await office.desk.tickets.claim(ticket.id, operators[0])
    line = await Answering(office.desk.tickets, {}).answer(ticket, operators[0], "甲", "您好")
    assert line is not None
    assert line.delivery is Delivery.NOT_POSSIBLE


async def test_the_page_fetches_each_line_once_and_no_notes(office: Office, operators: tuple[int, int]) -> None:
    tickets, (one, _) = office.desk.tickets, operators
    await office.say("人工", "human")
    (ticket,) = await tickets.queue()
    await tickets.claim(ticket.id, one)
    await tickets.add(ticket.id, Who.NOTE, "此人来过两次", "甲")
    await Answering(tickets, {}).answer(ticket, one, "甲", "您好")
    assert [line.text for line in await tickets.unfetched(office.caller)] == ["您好"]
    assert await tickets.unfetched(office.caller) == ()
    assert await tickets.unfetched(ELSEWHERE) == ()


async def test_whoever_gives_up_is_taken_off_the_list_unless_somebody_claimed(
    office: Office, operators: tuple[int, int]
) -> None:
    await office.say("人工", "human")
    assert "不转人工了" in (await office.say("不等了", "deny")).reply
    assert await office.desk.tickets.queue() == ()
    await office.say("人工", "human")
    (ticket,) = await office.desk.tickets.queue()
    await office.desk.tickets.claim(ticket.id, operators[0])
    assert (await office.say("不等了", "deny")).reply == ""


async def test_nobody_waits_for_longer_than_a_day(engine: AsyncEngine, secrets: Secrets, office: Office) -> None:
    clock = Clock()
    tickets = Tickets(engine, secrets, clock)
    await tickets.open(office.caller, None, Reason.ASKED, "")
    clock.pass_(UNCLAIMED + timedelta(seconds=1))
    assert await tickets.queue() == ()
    (closed,) = await tickets.closed()
    assert closed.result == "一天内没有人接"


async def test_operators_see_their_own_county_and_those_of_no_known_place(office: Office) -> None:
    tickets = office.desk.tickets
    await tickets.open(office.caller, "340621", Reason.ASKED, "")
    await tickets.open(ELSEWHERE, None, Reason.ASKED, "")
    assert len(await tickets.queue(["340621"])) == 2
    assert [one.caller for one in await tickets.queue(["340321"])] == [ELSEWHERE]
    assert await tickets.waiting(["340321"]) == 1


async def test_neither_words_nor_accounts_stand_in_the_database_in_clear(office: Office, engine: AsyncEngine) -> None:
    await office.say("人工", "human", ELSEWHERE)
    (ticket,) = await office.desk.tickets.queue()
    await office.desk.tickets.add(ticket.id, Who.OPERATOR, "请带户口本", "甲")
    async with engine.connect() as connection:
        held = [str(tuple(map(bytes_of, row))) for table in ("turn", "ticket", "ticket_line")
                for row in (await connection.execute(sql(f"SELECT * FROM {table}"))).all()]  # fmt: skip
    assert held
    assert not any(word in row for row in held for word in ("openid-2", "请带户口本"))


def bytes_of(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
