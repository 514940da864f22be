"""A few words that ask of another matter than the last one (那几号能报, 几号前, 咋交), or of the record's person among others."""

from __future__ import annotations

from datetime import date

import pytest
from talk import DAZHU, HUAIYUAN, IN_SEASON, MANCHENG, SUIXI, XINGYI, at, first_line, paid, resident

IN_MANCHENG = IN_SEASON["mancheng-2023"]


@pytest.mark.parametrize(
    ("text", "heard", "head"),
    [
        ("那几号能报", "coverage", "待遇从2023年1月1日起"),
        ("交了几号管用", "benefits", "待遇从2023年1月1日起"),
        ("几号前", "staff_schedule", "今天可以缴，2022年12月25日截止"),
        ("咋交", "how_to_pay", "推荐四种：公众号、城市服务、终端、代办"),
    ],
)
def test_a_few_words_behind_a_price_are_of_the_matter_they_name(text: str, heard: str, head: str) -> None:
    talk = at(MANCHENG, IN_MANCHENG)
    talk.say("一个人交多少", "premium")
    assert first_line(talk.say(text, heard, confidence=0.41)) == head


def test_a_day_behind_how_to_pay_is_one_of_payment() -> None:
    talk = at(MANCHENG, IN_MANCHENG)
    talk.say("咋交", "how_to_pay")
    assert first_line(talk.say("那28号呢", "window", confidence=0.2)).startswith("2022年11月28日不能缴")


def test_why_it_is_such_a_sum_goes_back_to_the_price() -> None:
    talk = at(HUAIYUAN, IN_SEASON["huaiyuan-2025"], resident("监测人口"))
    talk.say("到啥时候", "window")
    assert "资助200元" in talk.say("为啥是200", "premium_change", confidence=0.2).text


@pytest.mark.parametrize("text", ["国家补多少", "政府给补几个钱"])
def test_what_is_given_to_a_person_helped_by_the_record_is_the_assistance(text: str) -> None:
    talk = at(MANCHENG, IN_MANCHENG, resident("农村低保对象"))
    talk.say("我交多少", "premium")
    assert "资助315元" in talk.say(text, "premium_total").text


def test_where_the_notice_gives_a_category_nothing_the_public_subsidy_is_told() -> None:
    talk = at(DAZHU)
    talk.say("低保交多少", "premium")
    assert "580元" in first_line(talk.say("财政补多少", "premium_total"))


def test_the_age_to_which_a_category_is_helped() -> None:
    talk = at(HUAIYUAN, IN_SEASON["huaiyuan-2025"])
    talk.say("农村双女户，领过证的，医保交多少", "assistance")
    talk.say("那独男户呢", "assistance")
    reply = talk.say("小孩到多大为止", "window", confidence=0.24)
    assert "18周岁" in first_line(reply)
    assert [one.clause for one in reply.citations] == ["二（三）"]


@pytest.mark.parametrize("text", ["往后有新增的呢", "以后呢", "那以后每个月呢"])
def test_what_is_done_later_on_with_lists_is_from_month_to_month(text: str) -> None:
    talk = at(MANCHENG, IN_MANCHENG)
    talk.say("特困供养人员的花名册由哪个部门送医保中心", "staff_duty")
    talk.say("几号前", "staff_schedule", confidence=0.8)
    assert first_line(talk.say(text, "bye", confidence=0.68)) == "每月5日前报新增和减少人员"


def test_what_is_named_in_a_statement_told_is_told_again() -> None:
    talk = at(MANCHENG, IN_MANCHENG)
    talk.say("每个月几号报新增的名单", "staff_schedule")
    assert first_line(talk.say("减少的呢", "show_clause", confidence=0.15)) == "每月5日前报新增和减少人员"


def test_insurance_paid_at_home_after_all_is_a_second_one() -> None:
    talk = at(SUIXI)
    talk.say("我是宿州户口，有濉溪的居住证，老家没交医保，能在濉溪参保不", "eligibility")
    assert "不能再参" in talk.say("要是老家明年的已经交过了呢", "coverage", confidence=0.29).text


def test_what_to_do_where_nothing_is_found_is_no_look_at_a_record() -> None:
    reply = at(MANCHENG, IN_MANCHENG).say("查不着我的参保信息咋办", "my_record")
    assert first_line(reply) == "查不到参保信息，到医保业务窗口办理"


def test_when_it_was_paid_is_told_from_the_record() -> None:
    talk = at(DAZHU, record=resident(enrolled=[paid(2022, 320, date(2021, 10, 2))]))
    talk.say("我交多少", "premium")
    assert "2021年10月2日" in talk.say("哪天交的", "window").text


def test_a_newborns_years_and_going_with_the_mother() -> None:
    talk = at(XINGYI, date(2022, 3, 20))
    talk.say("娃儿3月1号生的，好久之前办", "newborn_deadline")
    assert "自动" in talk.say("跟到我参保要得不", "eligibility", confidence=0.1).text
    talk = at(HUAIYUAN, date(2024, 11, 8))
    talk.say("娃10月5号生的，几号前交", "newborn_deadline")
    assert "380元" in talk.say("交几年的", "window", confidence=0.19).text


def test_what_lies_between_the_tiers() -> None:
    talk = at(XINGYI, IN_SEASON["xingyi-2022"])
    talk.say("一档好多", "premium")
    talk.say("二档", "premium_tiers")
    assert "375元" in first_line(talk.say("差好多", "premium", confidence=0.15))


@pytest.mark.parametrize("text", ["俩人一共", "我们俩一共", "加一起呢"])
def test_the_person_of_the_record_counts_by_the_record_in_a_total(text: str) -> None:
    talk = at(MANCHENG, IN_MANCHENG, resident("农村低保对象"))
    talk.say("我交多少", "premium")
    talk.say("我爱人不是低保", "deny")
    assert first_line(talk.say(text, "premium", confidence=0.3)) == "2个人一共交385元（2023年度）"


@pytest.mark.parametrize("text", ["我呢", "那我自己呢"])
def test_turning_back_to_oneself_is_by_the_record_again(text: str) -> None:
    talk = at(HUAIYUAN, IN_SEASON["huaiyuan-2025"], resident("特困人员"))
    talk.say("我爸是低保，交多少", "premium")
    reply = talk.say(text, "affirm", confidence=0.4)
    assert first_line(reply) == "特困人员自己不用交（0元）"
    assert "不一样" not in reply.text


def test_my_tier_is_no_more_that_of_the_relative_asked_about() -> None:
    talk = at(XINGYI, IN_SEASON["xingyi-2022"], resident("低保对象"))
    talk.say("我老汉儿二档好多", "premium")
    assert first_line(talk.say("我二档呢", "premium_tiers")) == "低保对象二档自己交375元"


def test_a_category_tried_on_the_relative_asked_about_holds_for_the_next_and_the_total() -> None:
    talk = at(SUIXI)
    talk.say("俺娘七十了交多少", "premium")
    talk.say("低保呢", "other_affairs", confidence=0.3)
    assert first_line(talk.say("俺爹也是", "affirm", confidence=0.2)) == "低保对象自己交40元"
    assert first_line(talk.say("俩人", "duplicate", confidence=0.3)) == "2个人一共交80元（2022年度）"


def test_another_of_the_household_is_in_the_same_category() -> None:
    talk = at(HUAIYUAN, IN_SEASON["huaiyuan-2025"])
    talk.say("一家五口一共多少", "premium")
    talk.say("爷爷是特困", "assistance", confidence=0.3)
    assert first_line(talk.say("奶奶也是", "affirm", confidence=0.2)) == "5个人一共交1200元（2025年度）"


def test_whether_one_can_pay_is_not_when_cover_begins() -> None:
    talk = at(SUIXI)
    talk.say("一个人交多少", "premium")
    assert first_line(talk.say("那今儿个就能去把这钱交了不", "coverage", confidence=0.74)).startswith("今天可以缴")
