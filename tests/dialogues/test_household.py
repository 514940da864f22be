"""A household told in one breath: who is meant by which category, at which tier, and what all of them pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from talk import HUAIYUAN, SUIXI, XINGYI, at, first_line, knowledge, question

from dialogues.household.reading import household_of
from dialogues.state import Member

LOW, DISABLED, SEVERE, DESTITUTE = ("低保对象",), ("残疾人",), ("重度残疾人",), ("特困人员",)
IN_XINGYI, IN_HUAIYUAN = date(2022, 1, 20), date(2024, 11, 11)


def household(text: str) -> set[Member]:
    """The members by what was said of their category and tier, whatever their age and schooling."""
    found: dict[Member, int] = {}
    for one in household_of(question(text), knowledge()):
        alike = Member(0, one.categories, one.tier)
        found[alike] = found.get(alike, 0) + one.count
    return {replace(one, count=count) for one, count in found.items()}


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("我和老伴吃低保，儿子普通，合计要多少钱", (Member(2, LOW), Member(1))),
        ("俺低保，俺老婆一般户，俩人一共多少", (Member(1, LOW), Member(1))),
        ("屋头五口人，丫头读书，公公婆婆吃农村低保，总共好多钱", (Member(2, ("农村低保对象",)), Member(3))),
        ("外公外婆是特困，爸妈普通，我和妹妹上学，全家要交多少", (Member(2, DESTITUTE), Member(4))),
        ("俺家四口，老娘低保，媳妇残疾，我和娃一般，共交多少", (Member(1, LOW), Member(1, DISABLED), Member(2))),
        ("要是俺家被认定边缘易致贫，三口人一共多少", (Member(3, ("边缘易致贫人口",)),)),
        ("老两口加孙子，孙子是一级残疾，要准备多少钱", (Member(1, SEVERE), Member(2))),
        ("俺是双女户，一家四口交多少", (Member(4, ("双女户",)),)),
        ("返贫致贫户老两口一共交多少", (Member(2, ("返贫致贫人口",)),)),
        ("认定成突发严重困难户，三个人都买一档，自己出好多", (Member(3, ("突发严重困难人口",), "一档"),)),
        ("两个低保一个普通，都买一档，一共好多", (Member(2, LOW, "一档"), Member(1, (), "一档"))),
        (
            "俺家三口，我吃低保，俩老人一个农村低保一个普通的，共交多少",
            (Member(1, LOW), Member(1, ("农村低保对象",)), Member(1)),
        ),
        ("只有一个闺女，领了独女户证，三个人先交多少钱", (Member(3, ("独女户",)),)),
        (
            "我跟老婆都是稳定脱贫的，她买一档我买二档，两个人一共好多",
            (Member(1, ("稳定脱贫人口",), "一档"), Member(1, ("稳定脱贫人口",), "二档")),
        ),
        ("三个人买一档，两个人买二档，总共好多钱", (Member(3, (), "一档"), Member(2, (), "二档"))),
        ("我和老汉儿买二档，我妈买一档，加起来好多钱", (Member(2, (), "二档"), Member(1, (), "一档"))),
    ],
)
def test_each_group_has_what_was_said_of_it(text: str, members: tuple[Member, ...]) -> None:
    assert household(text) == set(members)


@pytest.mark.parametrize(
    "text",
    [
        "我妈是低保，我要交多少",
        "两个低保三口人里哪个先办",
        "四口人五个低保一共多少",
        "我家是低保，低保什么时候发",
    ],
)
def test_one_person_no_sum_and_too_many_are_no_household(text: str) -> None:
    assert household(text) == set()


def test_each_member_pays_the_tier_chosen() -> None:
    reply = at(XINGYI, IN_XINGYI).say("我和老汉儿买二档，我妈买一档，加起来好多钱", "premium")
    assert first_line(reply) == "3个人一共交1710元（2022年度）"


def test_where_the_tier_is_open_there_is_a_total_for_each() -> None:
    reply = at(XINGYI, IN_XINGYI).say("一家五口人两个低保一共交多少", "premium")
    assert first_line(reply) == "5个人：都选一档交1024元，都选二档交2835元"


def test_what_is_paid_first_and_what_comes_back_are_both_told() -> None:
    reply = at(HUAIYUAN, IN_HUAIYUAN).say("俺是农村独男户，儿子十岁，一家三口先掏多少", "premium")
    assert first_line(reply) == "3个人先交1200元，再退补600元"
    assert "自己实际出600元" in reply.text


def test_a_household_that_cannot_be_priced_gets_no_total() -> None:
    reply = at(SUIXI, date(2023, 11, 6)).say("一家五口人一共交多少", "premium")
    assert "一共交" not in first_line(reply)


def test_the_category_of_the_house_told_before_holds_for_all_of_it() -> None:
    talk = at(HUAIYUAN, IN_HUAIYUAN)
    talk.say("俺是农村独男户，有啥补助", "assistance")
    assert first_line(talk.say("一家三口先掏多少，儿子十岁", "premium")) == "3个人先交1200元，再退补600元"
