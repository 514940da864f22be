"""Short messages that go on with the last answer by their words alone, and facets that the words themselves name."""

from __future__ import annotations

from datetime import date

import pytest
from talk import DAZHU, HUAIYUAN, SUIXI, XINGYI, at, first_line


def test_why_gives_the_reason_of_the_last_answer_again() -> None:
    talk = at(XINGYI)
    talk.say("五保户参加二档交多少", "premium")
    assert "资助320元" in talk.say("咋要交这么多", "compulsory").text


@pytest.mark.parametrize("text", ["国家给补几个钱", "补好多嘛", "那能减多少"])
def test_what_is_given_to_a_helped_person_is_the_assistance(text: str) -> None:
    talk = at(SUIXI)
    talk.say("我是低保户", "assistance")
    assert "280元" in talk.say(text, "window_late").text


def test_with_no_category_the_state_gives_its_subsidy() -> None:
    talk = at(SUIXI)
    talk.say("医保多少钱一年", "premium")
    assert "580元" in talk.say("国家给补几个钱", "premium_total").text
    assert "900元" in talk.say("加起来每人多少", "premium").text


def test_a_refund_that_is_asked_how_is_about_the_way() -> None:
    talk = at(SUIXI)
    talk.say("重复缴了退不退", "refund")
    assert "退费怎么办" in first_line(talk.say("怎么个退法，找谁", "refund"))


def test_another_tier_is_still_of_the_same_person() -> None:
    talk = at(XINGYI)
    talk.say("我奶奶是低保，交二档多少", "assistance")
    assert "低保对象" in first_line(talk.say("她就想交一档呢", "premium"))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (SUIXI, "我在宁波买过了，村干部又让买，咋办"),
        (DAZHU, "娃在成都上大学，那边大学代收了，老家还交不"),
        (DAZHU, "我在邻水县已经交了，这边还要交吗"),
    ],
)
def test_who_paid_elsewhere_need_not_pay_again(place: str, text: str) -> None:
    reply = at(place).say(text, "eligibility")
    assert reply.outcome == "answered"
    assert "不" in first_line(reply)
    assert "没有收录" not in reply.text


def test_paid_elsewhere_goes_on_with_who_may_enrol() -> None:
    talk = at(DAZHU)
    talk.say("外地户口在大竹打工能参保不", "eligibility")
    assert "县外" in first_line(talk.say("我在邻水交过了呢", "my_record"))
    assert "县外" in first_line(talk.say("万一娘家已经交了呢", "eligibility", confidence=0.2))


def test_who_pays_the_assistance() -> None:
    assert "财政" in first_line(at(SUIXI).say("低保那280是谁掏的", "assistance"))


def test_paying_late_without_the_subsidy() -> None:
    reply = at(SUIXI).say("过了期再交，国家补的是不是也要自己掏", "premium_total")
    assert "个人部分" in first_line(reply)


def test_ninety_per_cent_are_no_ninety_days() -> None:
    assert at(DAZHU).say("参保率90%没到要咋个", "newborn_deadline").topic != "newborn"


def test_a_child_without_a_name_is_a_newborn() -> None:
    assert at(SUIXI).say("孩子没起名字，能参保吗", "eligibility").topic == "newborn"


def test_paying_for_the_baby_later_stays_with_the_baby() -> None:
    talk = at(HUAIYUAN, date(2025, 3, 10))
    talk.say("宝宝3月2号生的，怎么交", "newborn_how")
    assert talk.say("明天给宝宝交，几时能报", "coverage").topic == "newborn"
