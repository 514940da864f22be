"""Who may join of a category, payment in parts, the wait after a break, severe mental disorder, and who settles accounts."""

from __future__ import annotations

from datetime import date

import pytest
from talk import DAZHU, HUAIYUAN, IN_SEASON, SUIXI, at, first_line

AFTER = date(2022, 4, 25)


@pytest.mark.parametrize(
    "text", ["我爱人3月初转业回来的，没工作，能办医保不", "我老公转业回来，可以参保不", "俺儿刚退伍回来能参加医保不"]
)
def test_who_left_the_army_is_told_of_joining_not_of_help(text: str) -> None:
    reply = at(SUIXI, date(2022, 3, 10)).say(text, "eligibility", confidence=0.3)
    assert first_line(reply) == "退役军人和未就业配偶，缴了就享受"


@pytest.mark.parametrize("text", ["低保户能办医保不", "双女户能参保不"])
def test_whether_a_category_may_join_is_not_answered_by_its_help(text: str) -> None:
    reply = at(HUAIYUAN, IN_SEASON["huaiyuan-2025"]).say(text, "eligibility")
    assert first_line(reply) == "能，怀远户籍的城乡居民都可以参保"


@pytest.mark.parametrize(
    ("place", "text", "facet"),
    [
        (SUIXI, "320一下拿不出来，可能分两回交", "premium"),
        (SUIXI, "分三次交行不", "premium_tiers"),
        (SUIXI, "我先交20块行不", "premium"),
        (SUIXI, "全家四口能分两回交不", "premium"),
        (DAZHU, "钱不够，先欠着要得不", "premium"),
    ],
)
def test_payment_in_parts_is_said_to_be_unsaid(place: str, text: str, facet: str) -> None:
    reply = at(place).say(text, facet)
    assert reply.outcome == "not_covered"
    assert first_line(reply).startswith("通知没有写能不能分")


@pytest.mark.parametrize(
    "text", ["厂里医保断了10个月，今天去补交居民的，哪天能用", "职工医保断了半年，今天补办，哪天能报"]
)
def test_after_all_windows_a_long_break_leads_to_the_wait(text: str) -> None:
    assert first_line(at(SUIXI, AFTER).say(text, "coverage")) == "要等6个月"


def test_after_all_windows_without_a_break_the_window_is_told() -> None:
    assert "已经截止" in first_line(at(SUIXI, AFTER).say("今天去补交，哪天能报", "coverage"))


@pytest.mark.parametrize("word", ["严重精神障碍", "精神障碍", "重性精神病"])
def test_severe_mental_disorder_is_covered_from_the_day_after(word: str) -> None:
    reply = at(HUAIYUAN, date(2025, 5, 12)).say(f"俺哥{word}，今天补了从哪天开始算", "coverage")
    assert first_line(reply) == "待遇从2025年5月13日起"


def test_accounts_are_settled_between_those_the_notice_names() -> None:
    reply = at(HUAIYUAN, IN_SEASON["huaiyuan-2025"]).say("参保缴费对账是哪几家之间对", "how_to_pay", confidence=0.2)
    assert "税务部门" in reply.text
    assert "经办机构" in reply.text


def test_a_school_to_be_told_is_a_question_beside_whether_one_may() -> None:
    talk = at(HUAIYUAN, IN_SEASON["huaiyuan-2025"])
    assert (
        "备案" in talk.say("娃在蚌埠读大专，俺家是低保，他能在怀远交不，学校那边可要讲一声", "student", "student").text
    )
