"""What somebody cannot do: pay on a closed day, pay before the window of the helped, be covered unpaid; and what follows."""

from __future__ import annotations

from datetime import date

import pytest
from talk import IN_SEASON, MANCHENG, SUIXI, XINGYI, at, first_line

IN_MANCHENG = IN_SEASON["mancheng-2023"]


@pytest.mark.parametrize("text", ["今儿28号，咋公众号上交不了费，坏了昂", "手机上缴费失败咋回事", "微信不让交钱"])
def test_on_a_closed_day_what_fails_is_the_day(text: str) -> None:
    head = first_line(at(MANCHENG, date(2022, 11, 28)).say(text, "pay_problem"))
    assert head.startswith("今天不能缴，是费款结算期")


def test_before_the_window_nothing_can_be_paid_yet() -> None:
    talk = at(MANCHENG, date(2022, 10, 15))
    assert first_line(talk.say("手机上交不了费咋回事", "pay_problem")).startswith("今天还没开始")
    assert "查不到" in talk.say("公众号里查不到我，交不了费咋办", "pay_problem").text


def test_the_helped_wait_for_their_window() -> None:
    talk = at(MANCHENG, IN_MANCHENG)
    talk.say("俺爹是边缘易致贫户，交多少", "assistance")
    assert "资助280元" in talk.say("那国家给出多少", "premium_total").text
    reply = talk.say("他这会儿就能交不，村里说得等啥窗口", "how_to_pay", confidence=0.49)
    assert first_line(reply) == "等特殊人员缴费窗口开放后再缴"


@pytest.mark.parametrize("heard", ["how_to_pay", "commercial", "my_record"])
def test_wrong_data_shown_is_put_right_and_what_follows_goes_on(heard: str) -> None:
    talk = at(MANCHENG, IN_MANCHENG)
    assert "税务大厅" in first_line(talk.say("公众号里我的参保险种写错了，该找谁", heard))
    assert "第二天" in first_line(talk.say("作废以后当天就能去医保那改不", "coverage", confidence=0.44))
    assert "业务窗口" in talk.say("那要是压根查不着我的参保信息呢", "my_record").text


def test_a_category_told_in_a_talk_is_no_other_offices_matter() -> None:
    talk = at(MANCHENG, IN_MANCHENG)
    talk.say("俺小子在石家庄上大学，医保在学校交还是在家交", "student")
    assert "回原户籍地参保" in talk.say("家里是农村低保呢", "other_affairs", confidence=0.81).text
    assert "35元" in first_line(talk.say("那他交多少", "premium"))


def test_a_refund_goes_on_with_somebody_else_certified_later() -> None:
    talk = at(MANCHENG, date(2023, 2, 10))
    talk.say("我按普通人交了350，今年评上农村低保了，多交的钱咋办", "assistance_how")
    head = "征缴期过了才变身份的，也给退费"
    assert first_line(talk.say("集中征缴期早过了，也算数？", "window")) == head
    assert first_line(talk.say("俺兄弟原先是边缘易致贫交的70，后来也改成低保，他呢", "assistance")) == head


def test_a_category_given_to_nobody_is_that_of_the_only_one_told_of() -> None:
    reply = at(MANCHENG, IN_MANCHENG).say("二姨没当过贫困户，定的光是突发严重困难", "assistance")
    assert first_line(reply) == "突发严重困难人口自己交70元"


@pytest.mark.parametrize("text", ["我职工的上月停了，改参加居民的话交多少", "厂里医保断了，转居民的要多少钱"])
def test_a_sum_asked_after_employment_is_the_price(text: str) -> None:
    assert "350元" in first_line(at(MANCHENG, IN_MANCHENG).say(text, "transfer"))


@pytest.mark.parametrize("text", ["俺一直没交，这会儿住院能报不", "没参保，生病了能报销吗"])
def test_who_has_not_paid_is_not_covered(text: str) -> None:
    assert first_line(at(MANCHENG, date(2023, 7, 11)).say(text, "coverage")).startswith("不按规定缴费，不能享受")
    assert "报账系统就不能" in first_line(at(XINGYI, date(2022, 7, 11)).say(text, "coverage"))


@pytest.mark.parametrize("text", ["还没交，现在去交了能报不", "去年没交，今年住院能报不"])
def test_who_pays_now_or_missed_another_year_is_asked_about_otherwise(text: str) -> None:
    assert "不按规定缴费" not in first_line(at(MANCHENG, IN_MANCHENG).say(text, "coverage"))
    assert at(SUIXI).say(text, "coverage").text


@pytest.mark.parametrize("text", ["石井乡任务数咋定的", "大册营镇的任务数咋跟2022年参保人数一样多"])
def test_why_a_towns_target_is_such_comes_beside_it(text: str) -> None:
    assert "不低于2022年" in at(MANCHENG, IN_MANCHENG).say(text, "target").text
