"""When cover begins after a break in 职工医保, who alone may pay, and what is said of just one category."""

from __future__ import annotations

from datetime import date

import pytest
from talk import DAZHU, MANCHENG, SUIXI, XINGYI, at, first_line, resident

from dialogues.record import EmployeeSpell


def test_a_break_on_record_is_told_as_the_wait_it_brings() -> None:
    record = resident(spell=EmployeeSpell(40, date(2021, 6, 30)))
    told = at(SUIXI, date(2021, 11, 5), record).say("我现在交上居民医保，什么时候能报销", "coverage")
    assert first_line(told) == "要等6个月才能报"
    assert "是不是也要等，通知没有写明" in told.text
    assert {"五", "六（四）"} <= {one.clause for one in told.citations}


@pytest.mark.parametrize("spell", [None, EmployeeSpell(40, date(2021, 9, 30)), EmployeeSpell(40, None)])
def test_without_a_long_break_cover_begins_as_for_anybody(spell: EmployeeSpell | None) -> None:
    told = at(SUIXI, date(2021, 11, 5), resident(spell=spell)).say("我现在交上居民医保，什么时候能报销", "coverage")
    assert first_line(told) == "待遇从2022年1月1日起"


def test_whether_one_is_paid_at_once_after_a_break_is_the_wait() -> None:
    told = at(SUIXI).say("职工医保断了五个月，现在补办能马上报不", "window")
    assert first_line(told) == "要等6个月"
    assert "没有等待期的人" in told.text


def test_when_one_can_pay_after_a_break_is_still_the_window() -> None:
    told = at(SUIXI).say("职工医保断了五个月，居民的还能交不", "window")
    assert first_line(told) == "今天可以缴，2021年12月31日截止"


@pytest.mark.parametrize(
    ("text", "today", "head"),
    [
        ("过了元旦只有打工的能交，是不是", date(2021, 11, 5), "是，延长期只写了"),
        ("现在只有打工的能交吗", date(2021, 11, 5), "不是，今天谁都可以缴"),
    ],
)
def test_a_claim_that_only_some_can_pay_is_confirmed_or_denied(text: str, today: date, head: str) -> None:
    assert first_line(at(SUIXI, today).say(text, "window")).startswith(head)


def test_this_years_window_is_that_of_the_notice_held_when_it_is_over() -> None:
    told = at(XINGYI, date(2022, 10, 8)).say("还交得到今年的不", "window")
    assert first_line(told) == "2022年9月30日已经截止"


def test_on_the_way_into_the_employees_insurance_this_one_goes_on() -> None:
    told = at(XINGYI, date(2022, 1, 20)).say("下个月进厂转职工医保，那边等待期里还能用居民的报不", "waiting_period")
    assert first_line(told) == "等职工医保生效时，仍享受居民医保"
    assert [one.clause for one in told.citations] == ["四（三）"]


def test_who_left_the_employees_insurance_is_told_the_wait_here() -> None:
    told = at(SUIXI).say("职工医保断了四个月，改成居民的要等多久", "waiting_period")
    assert first_line(told) == "要等6个月"


def test_the_family_of_one_in_the_employees_insurance_enrols_together() -> None:
    told = at(MANCHENG, date(2022, 11, 8)).say("我单位有职工医保，老婆孩子还要交居民的不", "duplicate")
    assert first_line(told).startswith("家里别的人要交")
    assert "一（三）" in [one.clause for one in told.citations]


def test_those_left_out_are_told_what_the_notice_does_with_them() -> None:
    talk = at(SUIXI)
    assert first_line(talk.say("特困户没参保，要他自己来交吗", "window_late")) == "特困没参保的，由医保部门维护状态"
    assert "动员" in first_line(talk.say("那低保的没参保呢", "assistance"))


def test_a_list_of_categories_is_short_and_in_the_notices_words() -> None:
    told = at(SUIXI).say("低保边缘户交多少", "premium")
    (listed,) = [line for line in told.text.splitlines() if line.startswith("通知里写到资助的有")]
    assert listed.count("、") == 5
    assert listed.endswith("等。")
    assert "脱贫人口低保对象" not in listed
    assert "低保边缘家庭成员" not in listed


def test_the_list_begins_with_what_is_nearest() -> None:
    told = at(DAZHU).say("我残疾证三级，减不减", "assistance")
    assert "有：重度残疾人、" in told.text


def test_a_category_that_the_notice_leaves_out_is_told_first() -> None:
    told = at(XINGYI, date(2022, 1, 20)).say("我是五级残疾军人，交多少", "assistance")
    assert first_line(told) == "1—6级残疾军人不在这项资助里"


def test_whoever_bears_the_subsidy_too_is_shown_the_clause_that_says_so() -> None:
    told = at(XINGYI, date(2022, 8, 5)).say("我今天才交一档，要交好多", "premium")
    assert "补助那份也自己出" in first_line(told)
    assert "三（一）" in [one.clause for one in told.citations]
