"""Receipts, questions left open, and what can be made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from desk_office import SUIXI, Office, without
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cases import read_cases
from bot.channel import Caller, Channel
from bot.messages import MessageIn
from bot.review import knowledge_version, turn_log
from bot.review.codes import ALPHABET, LENGTH, new_code, tidy_code
from bot.review.proposals import case_file, phrase_file
from bot.review.turn_log import TurnLog

OTHER = Caller(Channel.PAGE, "page", "somebody-else")


def now() -> datetime:
    return datetime.now(UTC)


def code_in(reply: str) -> str:
    """The code under a reply."""
    return reply.rpartition("答复编号：")[2]


def test_codes_are_short_without_alike_signs_and_read_as_people_type_them() -> None:
    code = new_code()
    assert len(code) == LENGTH
    assert not set(ALPHABET) & set("0O1IL")
    assert tidy_code(f" {code[:3].lower()}-{code[3:]} ") == code
    assert tidy_code("!!!!!!") is None
    assert tidy_code(code + "A") is None


async def test_an_answer_with_a_clause_carries_a_code_that_finds_it(office: Office) -> None:
    reply = await office.say("低保户要交多少")
    receipt = await office.desk.receipts.by_code(code_in(reply.reply))
    assert receipt is not None
    assert receipt.question == "低保户要交多少"
    assert receipt.answer.startswith("低保对象自己交40元")
    assert receipt.said == {"category": ["低保对象"]}
    assert [one.clause for one in receipt.clauses] == ["四（二）", "三", "五", "七（二）"]
    assert all(one.quote for one in receipt.clauses)
    assert (receipt.day, receipt.facets[0][0], receipt.region) == ("2021-11-20", "premium", SUIXI)
    assert receipt.same_knowledge
    assert not receipt.from_record


async def test_what_has_no_clause_has_no_code_but_is_kept(office: Office) -> None:
    assert "答复编号" not in (await office.say("你好", "greet")).reply
    assert "答复编号" not in (await office.say("人工", "human")).reply


async def test_a_changed_knowledge_base_shows_in_the_receipt(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = await office.desk.receipts.by_code(code_in((await office.say("要交多少")).reply))
    assert receipt is not None
    assert not replace(receipt, knowledge="000000000000").same_knowledge
    assert len(knowledge_version.knowledge_version()) == 12


async def test_one_code_twice_costs_the_second_answer_only(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(("AAAAAAAA", "AAAAAAAA", "CCCCCCCC"))
    monkeypatch.setattr(turn_log, "new_code", lambda: next(codes))
    monkeypatch.setattr(turn_log, "GATHERING", 600)
    for asked in ("要交多少", "低保户要交多少", "特困人员要交多少"):
        await office.assistant.answer(MessageIn(id="1", text=asked, region=SUIXI), office.caller)
    await office.desk.turns.flush()
    found = [await office.desk.receipts.by_code(code) for code in ("AAAAAAAA", "CCCCCCCC")]
    assert [receipt and receipt.question for receipt in found] == ["要交多少", "特困人员要交多少"]


@pytest.mark.parametrize("typed", ["", "ABC", "22222222", "'; DROP TABLE turn; --"])
async def test_a_code_that_is_none_finds_nothing(typed: str, office: Office) -> None:
    await office.say("要交多少")
    assert await office.desk.receipts.by_code(typed) is None


async def test_alike_questions_without_an_answer_stand_together_most_asked_first(office: Office) -> None:
    for asked in ("补办社保卡去哪里", "补办社保卡去哪里呀", "社保卡补办去哪里"):
        await office.say(asked, "card")
    await office.say("坐月子的补贴有多少", "benefits")
    groups = await office.desk.unanswered.groups(now(), [SUIXI])
    assert [len(one.questions) for one in groups] == [3, 1]
    assert groups[0].nearest is not None


async def test_an_answered_question_is_not_open_until_somebody_marks_it_wrong(office: Office) -> None:
    code = code_in((await office.say("要交多少")).reply)
    assert await office.desk.unanswered.groups(now()) == ()
    assert await office.desk.unanswered.mark(code, "少说了资助")
    (group,) = await office.desk.unanswered.groups(now())
    assert group.marked
    assert group.newest.wrong_note == "少说了资助"
    assert await office.desk.unanswered.settle([code])
    assert await office.desk.unanswered.groups(now()) == ()
    assert not await office.desk.unanswered.mark("222222", "")


async def test_another_countys_questions_are_not_shown(office: Office) -> None:
    await office.say("补办社保卡去哪里", "card")
    assert await office.desk.unanswered.groups(now(), ["340321"]) == ()


async def test_no_number_and_no_name_is_kept_of_a_question(office: Office) -> None:
    await office.say("我叫王桂兰，身份证110101199003074477，补办社保卡去哪里", "card")
    (group,) = await office.desk.unanswered.groups(now())
    assert "110101199003074477" not in group.newest.question
    assert "王桂兰" not in group.newest.question


async def test_a_proposal_is_a_file_that_can_be_added(office: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    for asked in ("补办社保卡去哪里", "补办社保卡去哪里呀"):
        await office.say(asked, "card")
    (group,) = await office.desk.unanswered.groups(now())
    phrases = yaml.safe_load(phrase_file(group, "card"))
    assert phrases["nlu"][0]["intent"] == "card"
    assert phrases["nlu"][0]["examples"].splitlines() == ["- 补办社保卡去哪里呀", "- 补办社保卡去哪里"]
    assert "# family:" in phrase_file(group, "card")
    path = tmp_path_factory.mktemp("proposal") / "case.yml"
    path.write_text(case_file(group, office.assistant.kb.regions), encoding="utf-8")
    (case,) = read_cases(path)
    assert case.region == "濉溪县"
    assert case.turns[0].ask == "补办社保卡去哪里呀"


async def test_a_database_that_fails_holds_up_no_answer(
    office: Office, engine: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    async with without(engine, "turn"):
        for _ in range(3):
            assert "320元" in (await office.say("今年交多少钱")).reply
    assert [one.levelname for one in caplog.records if one.name == TurnLog.__module__] == ["WARNING"]
    assert "今年交多少钱" not in caplog.text
