"""Assistance of a household that ends with the child's age (女儿（至18周岁）): the child, its parents, and the whole house."""

from __future__ import annotations

from datetime import date

import pytest
from talk import HUAIYUAN, at, first_line, knowledge, question

from dialogues.household.reading import household_of
from dialogues.state import Member

DAY = date(2024, 10, 10)
DAUGHTERS, SON = ("双女户",), ("独男户",)


@pytest.mark.parametrize(
    "text",
    ["双女户，大闺女今年20岁了，她那份还补吗", "独男户，儿子今年22岁，他那份还补一半不", "独男户，儿子22岁，能退多少"],
)
def test_a_child_named_with_an_age_beyond_the_limit_pays_the_standard(text: str) -> None:
    told = at(HUAIYUAN, DAY).say(text, "assistance")
    assert first_line(told) == "孩子超过18周岁不补，自己交400元"
    assert "退补" not in told.text
    assert "二（三）" in [one.clause for one in told.citations]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("双女户，闺女15岁，她交多少", "双女户先交400元，再退补400元"),
        ("双女户，闺女18岁，她交多少", "双女户先交400元，再退补400元"),
        ("独男户的儿子交多少", "独男户先交400元，再退补200元"),
        ("独男户，儿子22岁，我们两口子还补不补", "独男户先交400元，再退补200元"),
    ],
)
def test_else_the_condition_stays_in_words(text: str, head: str) -> None:
    told = at(HUAIYUAN, DAY).say(text, "assistance")
    assert first_line(told) == head
    assert "（至18周岁）" in told.text


def test_an_age_of_somebody_in_another_category_ends_nothing() -> None:
    told = at(HUAIYUAN, DAY).say("低保，儿子22岁，他交多少", "assistance")
    assert first_line(told) == "低保对象自己交60元"


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (
            "双女户，俺两口子和俩闺女，一个19一个15，先交多少",
            (Member(2, DAUGHTERS), Member(1, DAUGHTERS, age=15, stage="child"), Member(1, DAUGHTERS, age=19)),
        ),
        ("独男户，三口人，儿子20岁，一共交多少", (Member(1, SON, age=20), Member(2, SON))),
        ("俺是双女户，一家四口，我45岁，交多少", (Member(1, DAUGHTERS, age=45), Member(3, DAUGHTERS))),
    ],
)
def test_a_childs_age_stands_beside_the_others_of_the_house(text: str, members: tuple[Member, ...]) -> None:
    assert household_of(question(text), knowledge()) == members


def test_the_house_is_paid_back_for_all_but_the_grown_child() -> None:
    told = at(HUAIYUAN, DAY).say("双女户，俺两口子和俩闺女，一个19一个15，先交多少，最后自己掏多少", "premium")
    assert first_line(told) == "4个人先交1600元，再退补1200元"
    assert "自己实际出400元" in told.text


@pytest.mark.parametrize("text", ["重点优抚的，交了以后退不退", "我是优抚对象，后头退不退"])
def test_what_is_paid_back_afterwards_is_no_withdrawal(text: str) -> None:
    told = at(HUAIYUAN, DAY).say(text, "refund")
    assert first_line(told) == "重点优抚对象先交400元，再退补400元"
    assert "四（二）" not in [one.clause for one in told.citations]


@pytest.mark.parametrize(
    "text", ["我是优抚对象，交重了能退不", "优抚对象，进厂上了职工医保，交的钱退不退", "低保交了退不退"]
)
def test_a_withdrawal_is_answered_as_one(text: str) -> None:
    told = at(HUAIYUAN, DAY).say(text, "refund")
    assert "四（二）" in [one.clause for one in told.citations]
