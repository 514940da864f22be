"""Days of payment: in which year one lies, what is none, what holds after the end, and two days held against each other."""

from __future__ import annotations

from datetime import date

import pytest
from talk import HUAIYUAN, MANCHENG, SUIXI, XINGYI, at, first_line


@pytest.mark.parametrize(
    ("text", "facet", "today", "said"),
    [
        ("5月30号缴的，几时生效", "coverage", date(2022, 5, 20), "2022年5月30日缴费"),
        ("8月15号去缴行不行", "window", date(2022, 1, 20), "2022年8月15日可以缴"),
        ("要是11月2号才缴呢", "window", date(2022, 2, 20), "2022年11月2日就过了，9月30日截止"),
        ("去年12月10号缴的，哪天生效", "coverage", date(2022, 2, 20), "2021年12月10日缴费"),
    ],
)
def test_a_day_without_a_year_lies_where_one_can_pay(text: str, facet: str, today: date, said: str) -> None:
    assert said in at(XINGYI, today).say(text, facet).text


def test_a_day_to_come_is_never_turned_into_a_past_one() -> None:
    assert "2022年11月27日" not in at(MANCHENG, date(2022, 12, 20)).say("27号缴得成不", "window").text


@pytest.mark.parametrize(
    "text",
    [
        "我在苏州打工才到家过年，医保缴得成不",
        "从东莞回家过年的，现在能缴吗",
        "放假回来过春节，还能缴不，我是在外务工的",
    ],
)
def test_the_new_year_at_home_is_a_reason_and_no_day_of_payment(text: str) -> None:
    reply = at(SUIXI, date(2022, 1, 28)).say(text, "window")
    assert first_line(reply).startswith("今天可以缴")


def test_who_pays_at_the_new_year_is_answered_for_it() -> None:
    assert "2022年1月31日可以缴" in at(SUIXI, date(2021, 12, 20)).say("我打工的，过年回家再缴行吗", "window").text


def test_compared_with_migrant_workers_is_not_one_of_them() -> None:
    reply = at(SUIXI, date(2022, 2, 1)).say("我是学生，能像打工的一样往后延吗", "window")
    assert not first_line(reply).startswith("今天可以缴")


@pytest.mark.parametrize("text", ["要是误了呢", "截止以后还能缴不", "万一错过了咋弄"])
def test_what_holds_after_the_end_is_asked_before_it(text: str) -> None:
    talk = at(HUAIYUAN, date(2024, 11, 5))
    talk.say("集中缴费几号结束", "window")
    assert first_line(talk.say(text, "window_late")) == "过了12月31日，有的人可到2月28日"
    assert first_line(talk.say("我不打工", "off_topic", confidence=0.2)) == "2025年1月1日就过了，12月31日截止"


def test_ones_own_last_day_is_told_first() -> None:
    reply = at(SUIXI, date(2021, 11, 12)).say("我爸在外务工，哪天前要缴", "window")
    assert first_line(reply) == "今天可以缴，最晚可到2022年2月28日"


def test_a_day_after_the_last_window_is_answered_by_its_end() -> None:
    talk = at(SUIXI, date(2022, 2, 26))
    talk.say("在外打工的今天缴，哪天生效", "coverage")
    assert first_line(talk.say("大后天呢", "coverage", confidence=0.3)) == "2022年3月1日就过了，2月28日截止"


def test_a_day_that_does_not_exist_is_told_beside_the_limit() -> None:
    text = at(SUIXI).say("打工返乡的能延到2月29号吗", "window").text
    assert "日历上没有这一天" in text
    assert "2022年2月28日" in text


def test_two_days_are_held_against_each_other() -> None:
    reply = at(SUIXI, date(2021, 12, 30)).say("我是打工的，明天缴跟后天缴有啥差别", "window")
    assert first_line(reply) == "12月31日缴：1月1日起，1月1日缴：1月2日起"


def test_early_and_late_payment_differ_by_stretches() -> None:
    text = at(XINGYI, date(2022, 1, 20)).say("早缴跟晚缴待遇一样不", "premium_tiers").text
    assert text.startswith("2月28日前缴：1月1日起")
    assert "2022年3月1日到2022年6月30日缴" in text


def test_the_latest_day_put_off_is_the_last_of_all() -> None:
    talk = at(XINGYI, date(2022, 2, 20))
    talk.say("3月10号才缴呢", "window")
    assert first_line(talk.say("最迟能拖到几时", "window")) == "今天可以缴，最晚可到2022年9月30日"
