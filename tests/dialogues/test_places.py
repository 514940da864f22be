"""Which place a question is about: never a neighbour's notice, never where somebody merely works or studies."""

from __future__ import annotations

from dataclasses import replace

import pytest
from talk import FENGDU, HUAIYUAN, IN_SEASON, SUIXI, XINGYI, Talk, at, first_line, knowledge, question

from dialogues.places import name_of, place_of
from dialogues.state import State

KNOWN = State(place=SUIXI, place_source="account")
UNKNOWN = State()


def named(text: str, state: State = UNKNOWN) -> str | None:
    found = place_of(question(text), state, knowledge())
    return found.code if found else None


@pytest.mark.parametrize(
    "text",
    [
        "我在上海打工，医保交多少",
        "我娃在怀远读书，交多少",
        "从怀远回来的，交多少",
        "在怀远住院能报吗",
        "我户口在怀远，人在这边，交多少",
        "嫁到怀远了还能在这边交吗",
        "我老公在大竹县上班，交多少",
        "孩子考到上海读大学，医保在哪交",
    ],
)
def test_where_somebody_works_studies_or_is_treated_is_not_the_place_asked_about(text: str) -> None:
    assert named(text, KNOWN) is None


@pytest.mark.parametrize("text", ["安徽的医保交多少", "淮北市今年交多少", "濉溪县交多少", "刘桥镇的交多少"])
def test_a_wider_place_or_the_known_one_changes_nothing_to_the_notice(text: str) -> None:
    code = named(text, KNOWN)
    assert code is None or knowledge().regions.contains(SUIXI, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("怀远县的医保交多少", HUAIYUAN),
        ("我是怀远的，交多少", HUAIYUAN),
        ("打错字了，我是怀远的", HUAIYUAN),
        ("不是濉溪，是怀远", HUAIYUAN),
        ("我问的是怀远", HUAIYUAN),
        ("兴义镇的医保交多少", XINGYI),
        ("丰都县兴义镇", XINGYI),
    ],
)
def test_another_place_that_is_asked_about_is_taken(text: str, code: str) -> None:
    assert named(text, KNOWN) == code
    assert named(text, UNKNOWN) == code


@pytest.mark.parametrize(
    "text",
    [
        "我是濉溪人，在怀远上班，要交多少",
        "我是濉溪人在怀远上班，要交多少",
        "户口在濉溪，人在怀远打工，交多少",
        "我是濉溪的，从怀远嫁过来的",
    ],
)
def test_where_somebody_comes_from_counts_before_where_somebody_is(text: str) -> None:
    assert named(text) == SUIXI


def test_a_denied_place_is_not_meant() -> None:
    assert named("我不是怀远的") is None


def test_of_several_places_with_one_name_none_is_taken_for_a_held_one_it_is_not() -> None:
    code = named("鼓楼区的医保交多少")
    assert code is not None
    assert not knowledge().policies_of(code)
    reply = Talk().say("鼓楼区的医保交多少", "premium")
    assert reply.outcome == "not_covered"
    assert "元" not in reply.text


def test_of_several_places_with_one_name_the_one_within_the_known_place_is_taken() -> None:
    mention = question("朝阳区交多少").mentions[0]
    towns = [one.code for one in knowledge().regions.children(SUIXI)]
    inner = replace(mention, codes=("110105", towns[0]))
    asked = replace(question("朝阳区交多少"), mentions=(inner,))
    found = place_of(asked, KNOWN, knowledge())
    assert found is not None
    assert found.code == towns[0]


def test_a_town_of_the_annex_is_enough_to_know_the_county() -> None:
    reply = Talk().say("俺是刘桥镇的，医保交多少", "premium")
    assert first_line(reply) == "2022年度每人交320元"
    assert {one.notice for one in reply.citations} == {"suixi-2022"}


def test_a_towns_notice_does_not_answer_for_its_county() -> None:
    reply = Talk(today=IN_SEASON["xingyi-2022"]).say("丰都县的医保交多少", "premium")
    assert reply.outcome == "not_covered"
    assert "没有收录丰都县" in reply.text
    assert not reply.citations
    assert "320" not in reply.text


def test_another_town_of_that_county_is_not_answered_from_it_either() -> None:
    talk = at(FENGDU, IN_SEASON["xingyi-2022"])
    assert talk.say("医保交多少", "premium").outcome == "not_covered"


def test_the_town_itself_is_answered() -> None:
    reply = Talk(today=IN_SEASON["xingyi-2022"]).say("丰都县兴义镇医保交多少", "premium")
    assert first_line(reply) == "一档交320元，二档交695元"


def test_the_notice_of_the_account_answers_where_no_place_is_said() -> None:
    assert "320元" in at(SUIXI).say("医保交多少", "premium").text


def test_a_county_without_a_notice_is_for_that_question_only() -> None:
    talk = at(SUIXI)
    assert "没有收录丰都县" in talk.say("丰都县的交多少", "premium").text
    assert talk.state.place == SUIXI
    assert first_line(talk.say("那咱这儿交多少", "premium")) == "2022年度每人交320元"


def test_somebody_who_says_he_is_from_there_stays_from_there() -> None:
    talk = at(SUIXI)
    talk.say("我是丰都县的，交多少", "premium")
    assert (talk.state.place, talk.state.place_source) == (FENGDU, "said")


def test_a_correction_moves_to_the_other_county() -> None:
    talk = Talk()
    talk.say("濉溪县的，医保交多少", "premium")
    reply = talk.say("打错字了，我是怀远县的", "deny")
    assert talk.state.place == HUAIYUAN
    assert "怀远县" in reply.text
    assert "320元" not in reply.text


@pytest.mark.parametrize("answer", ["3", "濉溪县", "濉溪", "我是濉溪的", "刘桥镇", "3。", "选3"])
def test_the_place_asked_for_is_given_by_number_label_or_name(answer: str) -> None:
    talk = Talk()
    asked = talk.say("低保户要交多少", "premium")
    assert asked.outcome == "asked"
    assert asked.choices[2] == "濉溪县"
    reply = talk.say(answer, "greet", confidence=0.4)
    assert first_line(reply) == "低保对象自己交40元"
    assert talk.state.pending is None


def test_a_number_that_is_no_choice_asks_again() -> None:
    talk = Talk()
    talk.say("低保户要交多少", "premium")
    reply = talk.say("9", "off_topic", confidence=0.3)
    assert "元" not in reply.text


def test_a_town_is_named_with_its_county() -> None:
    assert name_of(XINGYI, knowledge()) == "丰都县兴义镇"
    assert name_of(SUIXI, knowledge()) == "濉溪县"


def test_the_question_asked_before_the_place_was_known_is_the_one_answered() -> None:
    talk = Talk()
    talk.say("新生儿多少天内要办", "newborn_deadline")
    assert talk.state.question == "新生儿多少天内要办"
    assert first_line(talk.say("濉溪", "greet", confidence=0.4)) == "出生90天内办好，从出生起算"
    assert talk.state.question == "新生儿多少天内要办"


@pytest.mark.parametrize(
    "text", ["已经在怀远交了，又在苏州那边交居民的可以吗", "打算在合肥交居民医保，怀远这边的还能退不"]
)
def test_the_known_place_named_beside_another_stays(text: str) -> None:
    reply = at(HUAIYUAN, IN_SEASON["huaiyuan-2025"]).say(text, "duplicate")
    assert {one.notice for one in reply.citations} == {"huaiyuan-2025"}


@pytest.mark.parametrize(
    "text", ["本人在渝北读大二，最便宜那档多少钱", "涪陵那个大专六月毕的业，待遇哪天开始", "他在昆山工地上，能缓到几号"]
)
def test_the_town_of_a_school_or_a_site_is_not_asked_about(text: str) -> None:
    assert named(text, KNOWN) is None


@pytest.mark.parametrize(
    "text", ["兴义镇，归丰都管那个，一个人多少", "丰都的，兴义镇，一个人多少", "我们丰都县兴义镇的多少"]
)
def test_of_two_places_of_which_one_lies_in_the_other_the_inner_one_is_meant(text: str) -> None:
    assert named(text, UNKNOWN) == XINGYI


def test_a_place_with_one_name_for_a_city_and_its_district_is_still_a_place() -> None:
    found = place_of(question("我大姐嫁在四川广安，她那边2022年医保交到哪天截止"), KNOWN, knowledge())
    assert found is not None
    assert not knowledge().policies_of(found.code)


def test_where_a_relative_married_to_is_meant_for_one_question() -> None:
    asked = question("我嫂子嫁到怀远去了，怀远收好多钱一个")
    found = place_of(asked, replace(KNOWN, place_source="said"), knowledge())
    assert found is not None
    assert (found.code, found.for_now) == (HUAIYUAN, True)
