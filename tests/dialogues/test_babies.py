"""A newborn asked about in a grown-up's words, and a grown child in a newborn's."""

from __future__ import annotations

from datetime import date

import pytest
from sound_reply import faults_of
from talk import HUAIYUAN, MANCHENG, SUIXI, at, first_line


@pytest.mark.parametrize("text", ["娃2021年10月1号出生，今天去交行不", "小孩10月1号生的，现在交哪天截止"])
def test_whose_day_of_birth_is_told_is_a_newborn_in_its_first_year(text: str) -> None:
    assert first_line(at(SUIXI).say(text, "window")) == "最晚2021年12月29日办好缴好"


@pytest.mark.parametrize("text", ["孩子生下来六天了 要给他办医保吗", "娃刚生六天 最晚几号办", "六天大的娃 哪天截止"])
def test_an_age_in_days_is_a_day_of_birth(text: str) -> None:
    reply = at(SUIXI, date(2022, 2, 10)).say(text, "newborn_deadline")
    assert first_line(reply) == "最晚2022年5月4日办好缴好"
    assert "2022年2月4日出生" in reply.text


def test_an_age_in_days_that_fits_two_years_is_none() -> None:
    reply = at(HUAIYUAN, date(2025, 1, 20)).say("娃生下来二十天了 交几个钱", "newborn_fee")
    assert "2024年12月31日出生" not in reply.text
    assert "一共780元" not in reply.text


@pytest.mark.parametrize("text", ["娃落地一个星期了 最晚几号办", "孩子两个月大了 最晚几号办"])
def test_an_age_in_weeks_or_months_is_no_day_of_birth(text: str) -> None:
    assert "请问孩子是哪天出生的" in at(SUIXI, date(2022, 2, 10)).say(text, "newborn_deadline").text


def test_in_a_talk_of_a_newborn_he_is_the_newborn() -> None:
    talk = at(HUAIYUAN, date(2025, 2, 20))
    talk.say("宝宝2025年2月1号生的，多少天内办", "newborn_deadline")
    reply = talk.say("明天就给他交，管到啥时候", "coverage")
    assert first_line(reply) == "现在办，从出生那天（2025年2月1日）起算"
    assert "2024年12月31日前缴的" not in reply.text


def test_the_total_asked_in_a_talk_of_a_newborn_is_its_fee() -> None:
    talk = at(HUAIYUAN, date(2025, 2, 20))
    talk.say("娃2024年12月5号生的，咋办", "newborn_how")
    assert first_line(talk.say("总共多少钱", "premium_total")) == "要交2024和2025两个年度的，一共780元"


@pytest.mark.parametrize(
    ("text", "facet"), [("2008年3月生的交多少", "newborn_fee"), ("娃2010年6月1号生的，要交几个钱", "newborn_fee")]
)
def test_who_was_born_years_ago_is_none(text: str, facet: str) -> None:
    assert first_line(at(SUIXI).say(text, facet)) == "2022年度每人交320元"


def test_a_newborn_of_a_helped_family_pays_as_the_helped_do() -> None:
    reply = at(SUIXI).say("低保家的新生儿交多少", "newborn_fee")
    assert first_line(reply) == "低保对象自己交40元"
    assert not faults_of(reply)


def test_after_a_wait_the_months_asked_for_are_no_newborns() -> None:
    talk = at(SUIXI)
    talk.say("职工医保断了四个月，要等多久", "waiting_period")
    assert "从哪天算" in talk.say("那六个月从哪天起数", "newborn_cover").text


def test_who_is_past_the_first_birthday_is_promised_no_day() -> None:
    reply = at(HUAIYUAN, date(2025, 2, 20)).say("宝宝2024年1月15号生的，一直没交，咋弄", "newborn_deadline")
    assert "满一周岁" in reply.text
    assert "2025年2月21日" not in reply.text
    assert not faults_of(reply)


@pytest.mark.parametrize(
    ("today", "first", "says"),
    [
        (date(2023, 6, 20), "最晚2023年6月25日办好缴好", "还有5天"),
        (date(2023, 5, 28), "最晚2023年6月25日办好缴好", "2023年6月1日起再缴"),
        (date(2023, 6, 27), "期限2023年6月29日前交不上了", "请马上问经办机构"),
    ],
)
def test_on_closed_days_nothing_can_be_paid(today: date, first: str, says: str) -> None:
    reply = at(MANCHENG, today).say("孩子2023年1月1号生的，哪天前办完", "newborn_deadline")
    assert first_line(reply) == first
    assert says in reply.text
    assert not faults_of(reply)


def test_grown_ups_days_do_not_stand_beside_a_newborns() -> None:
    reply = at(SUIXI, date(2022, 1, 10)).say("娃10月12号生的，还来得及不", "newborn_deadline")
    assert "2021年12月31日" not in reply.text
