"""Days of payment by their names: feasts, the last day there is, a stretch, and a newborn's day in time or too late."""

from __future__ import annotations

from datetime import date

import pytest
from sound_reply import faults_of
from talk import HUAIYUAN, MANCHENG, SUIXI, XINGYI, at, first_line


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("我在苏州跑外卖的，元旦当天才弄得成，哪天生效", "待遇从2025年1月2日起"),
        ("我在外打工，拖到最后那天才弄，哪天生效", "待遇从2025年3月1日起"),
        ("我没出去打工，卡到最后一天再交，哪天生效", "待遇从2025年1月1日起"),
        ("我在外打工的，元旦前交，哪天生效", "待遇从2025年1月1日起"),
        ("在外打工，大年初一交，哪天生效", "待遇从2025年1月30日起"),
    ],
)
def test_a_day_named_gives_its_own_cover(text: str, starts: str) -> None:
    reply = at(HUAIYUAN, date(2024, 12, 18)).say(text, "coverage")
    assert first_line(reply) == starts
    assert not faults_of(reply)


def test_whether_today_is_the_last_day_names_no_day_of_payment() -> None:
    assert first_line(at(HUAIYUAN, date(2024, 12, 18)).say("今天是不是最后一天交", "window")).startswith("今天可以缴")


def test_the_day_of_coming_home_is_that_of_the_payment() -> None:
    reply = at(SUIXI, date(2022, 2, 26)).say("我在义乌干活的，28号到淮北，当天就缴，几时算数", "coverage")
    assert first_line(reply) == "待遇从2022年3月1日起"


@pytest.mark.parametrize("text", ["我在外打工，开了年去补，哪天起算", "我在外打工，2月里交，哪天起算"])
def test_a_stretch_of_days_gives_no_single_day(text: str) -> None:
    reply = at(HUAIYUAN, date(2024, 12, 27)).say(text, "coverage")
    assert "自缴费次日起" in reply.text
    assert "待遇从" not in reply.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("要是6月20号钱才到账呢", "从2025年6月21日起"),
        ("拖到6月8号呢", "从2025年6月9日起"),
        ("5月1号去交呢", "2025年5月1日缴费，在期限以内，从出生之日（2025年3月10日）起"),
        ("要是明年4月才交呢", "一周岁以后才办的从哪天起享受，通知没有写"),
    ],
)
def test_a_newborns_payment_is_judged_by_its_own_day(text: str, says: str) -> None:
    talk = at(HUAIYUAN, date(2025, 4, 20))
    talk.say("孙子3月10号生的，最晚哪天办", "newborn_deadline")
    reply = talk.say(text, "window", confidence=0.2)
    assert says in reply.text
    assert not faults_of(reply)


def test_what_the_parents_paid_before_the_birth_is_not_the_childs() -> None:
    talk = at(XINGYI, date(2022, 3, 20))
    reply = talk.say("3月15号生的幺女，我年前居民医保就交了，她那份不想单独交，要得不", "whole_household")
    assert first_line(reply) == "出生之日起自动随监护人参保"
    assert first_line(talk.say("这样办下来她从哪天起能报账", "coverage")) == "出生之日起自动随监护人参保"


def test_whether_it_is_still_in_time_is_told_by_the_day() -> None:
    reply = at(XINGYI, date(2022, 10, 10)).say("孙儿9月8号才落地，给他办也搞不成了嗦", "newborn_how")
    assert first_line(reply) == "最晚2022年12月6日办好缴好"


@pytest.mark.parametrize("text", ["万一过了一百八十天，还能补上不", "要是错过了咋整", "超期了还能办吗"])
def test_what_is_unsaid_of_a_late_newborn_is_told_as_unsaid(text: str) -> None:
    talk = at(MANCHENG, date(2022, 11, 15))
    talk.say("小孙子2022年9月10号生的，最晚哪天", "newborn_deadline")
    reply = talk.say(text, "newborn_deadline")
    assert reply.outcome == "not_covered"
    assert first_line(reply) == "通知没有写超过180天怎么办"


def test_a_late_newborns_cover_is_told_where_the_notice_says_it() -> None:
    reply = at(HUAIYUAN, date(2025, 4, 20)).say("新生儿万一超过九十天咋弄", "newborn_deadline")
    assert first_line(reply) == "超过90天才办的，从缴费次日起享受"


def test_from_when_a_wait_counts_is_told_as_unsaid() -> None:
    talk = at(SUIXI, date(2021, 12, 20))
    talk.say("职工医保断了五个月，要等不", "waiting_period")
    assert first_line(talk.say("这半年打哪天数起", "coverage")) == "通知没有写等待期从哪天算"
