"""A conversation as it was held, whose county it is, and what is written down of answers from records."""

from __future__ import annotations

import pytest
from desk_office import SUIXI, Office
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.audit.entry import Entry
from bot.audit.journal import Journal
from bot.channel import Caller, Channel
from bot.desk.last_words import last_words_of
from bot.desk.ticket import Reason, Who
from bot.desk.transcript import transcript
from bot.review.counties import belongs
from bot.switches.switchboard import Kind


async def test_what_the_bot_answered_and_what_people_wrote_stand_in_the_order_of_time(
    office: Office, operators: tuple[int, int], engine: AsyncEngine
) -> None:
    tickets = office.desk.tickets
    await office.say("我叫王桂兰，低保户要交多少")
    await office.say("人工", "human")
    (ticket,) = await tickets.queue()
    await office.say("哪天截止", "window")
    await tickets.claim(ticket.id, operators[0])
    await office.say("电话13812345678，在吗")
    await tickets.add(ticket.id, Who.OPERATOR, "您好", "甲")
    spoken = await transcript(ticket, tickets, office.desk.receipts, office.secrets)
    assert [one.who for one in spoken] == [Who.RESIDENT, Who.BOT] * 3 + [Who.RESIDENT, Who.OPERATOR]
    assert "王桂兰" not in spoken[0].text
    assert "40元" in spoken[1].text
    assert "答复编号" not in spoken[1].text
    assert (spoken[1].code is None, spoken[3].code is None) == (False, True)
    assert spoken[-2].text == "电话【电话】，在吗"
    other = await tickets.open(Caller(Channel.PAGE, "page", "silent"), None, Reason.ASKED, "")
    assert await last_words_of([ticket, other], engine, office.secrets) == {
        ticket.id: "哪天截止　/　电话【电话】，在吗",
        other.id: "",
    }


@pytest.mark.parametrize(
    ("region", "theirs"),
    [(SUIXI, True), (f"{SUIXI}102", True), ("340600", True), ("340000", True), (None, True), ("340321", False), ("340321100", False)],
)  # fmt: skip
async def test_a_town_is_its_countys_and_a_wider_place_is_nobodys_in_words_and_in_the_database(
    office: Office, region: str | None, theirs: bool
) -> None:
    assert belongs(region, [SUIXI]) is theirs
    assert belongs(region, None)
    await office.desk.tickets.open(office.caller, region, Reason.ASKED, "")
    assert bool(await office.desk.tickets.queue([SUIXI])) is theirs
    assert len(await office.desk.tickets.queue()) == 1


async def test_a_claim_and_its_audit_are_written_together_or_not_at_all(
    office: Office, operators: tuple[int, int], engine: AsyncEngine
) -> None:
    ticket = await office.desk.tickets.open(Caller(Channel.PAGE, "page", "x"), None, Reason.ASKED, "")
    for staff in operators:
        await office.desk.tickets.claim(ticket.id, staff, Entry(f"staff:{staff}", "took_over"))
    assert [one.entry.actor for one in await Journal(engine).entries()] == ["staff:1"]


async def test_switches_keep_their_history(office: Office) -> None:
    board = office.desk.switches
    await board.turn_off(Kind.TOPIC, "refund", "答错", "甲")
    await board.turn_on(Kind.TOPIC, "refund", "乙")
    await board.turn_off(Kind.TOPIC, "refund", "又错", "丙")
    assert [(one.off.reason, one.off.by, one.on_by) for one in await board.history()] == [
        ("又错", "丙", None),
        ("答错", "甲", "乙"),
    ]
