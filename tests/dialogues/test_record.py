"""The bound record: what it says of its own person, and that it never speaks for another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sound_reply import faults_of
from talk import SUIXI, TODAY, at, first_line, knowledge, paid, resident

from dialogues.bound import record_for
from dialogues.record import EmployeeSpell, Enrolment, Record, Relative
from dialogues.state import State

OLD = date(1950, 3, 7)
NEWBORN = date(2021, 9, 1)


def facts(record: Record, today: date = TODAY) -> dict[str, object]:
    return dict(record.facts(knowledge().categories, 2022, today))


def test_paid_says_how_much_when_and_from_when_it_covers() -> None:
    reply = at(SUIXI, record=resident(born=OLD, enrolled=[paid(2022, 320, date(2021, 10, 20))])).say(
        "我交了没有", "my_record"
    )
    assert first_line(reply) == "2022年度已经缴了320元"
    assert "2021年10月20日缴费320元" in reply.text
    assert "待遇从2022年1月1日起" in reply.text
    assert "今天（2021年11月5日）还没到" in reply.text
    assert "多交了" not in reply.text
    assert not faults_of(reply)


def test_not_paid_says_until_when_and_how_much() -> None:
    reply = at(SUIXI, record=resident("低保对象", born=OLD)).say("我交了没有", "my_record")
    assert first_line(reply) == "还没有2022年度的缴费记录"
    assert "2021年12月31日截止" in reply.text
    assert "自己要交40元" in reply.text
    assert not faults_of(reply)


def test_last_years_payment_is_not_this_years() -> None:
    reply = at(SUIXI, record=resident(born=OLD, enrolled=[paid(2021, 280, date(2020, 11, 20))])).say(
        "我交了没有", "my_record"
    )
    assert first_line(reply) == "还没有2022年度的缴费记录"


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("unpaid", "也就是还没交"),
        ("registered", "已经登记了，还差缴费这一步"),
        ("stopped", "参保已经停了"),
        ("refunded", "缴费已经退了，现在没有参保"),
    ],
)
def test_registered_or_paid_back_is_not_paid(status: str, told: str) -> None:
    record = resident(born=OLD, enrolled=[Enrolment(2022, status, date(2021, 10, 20), Decimal(320))])
    reply = at(SUIXI, record=record).say("我交了没有", "my_record")
    assert told in reply.text
    assert "已经缴了" not in reply.text
    assert not faults_of(reply)
    assert "paid_on" not in facts(record)


def test_paid_without_a_sum_or_day_on_record_invents_neither() -> None:
    reply = at(SUIXI, record=resident(born=OLD, enrolled=[paid(2022, None)])).say("我交了没有", "my_record")
    assert first_line(reply) == "2022年度已经缴了"
    assert not faults_of(reply)


def test_paid_too_much_is_told_with_the_difference() -> None:
    record = resident("低保对象", born=OLD, enrolled=[paid(2022, 320, date(2021, 10, 20))])
    reply = at(SUIXI, record=record).say("我交了没有", "my_record")
    assert "应交40元，多交了280元" in reply.text


def test_what_is_said_of_oneself_does_not_change_what_the_register_asks() -> None:
    record = resident("低保对象", born=OLD, enrolled=[paid(2022, 320, date(2021, 10, 20))])
    talk = at(SUIXI, record=record)
    talk.say("我是特困户，要交多少", "premium")
    reply = talk.say("那我交了没有", "my_record")
    assert "按档案里的身份（低保对象）应交40元，多交了280元" in reply.text


def test_after_the_window_the_day_it_closed_is_told() -> None:
    reply = at(SUIXI, date(2022, 6, 1), resident(born=OLD)).say("我交了没有", "my_record")
    assert first_line(reply) == "还没有2022年度的缴费记录"
    assert "还来得及" not in reply.text
    assert not faults_of(reply)


def test_the_records_category_answers_how_much() -> None:
    talk = at(SUIXI, record=resident("低保对象", born=OLD))
    assert first_line(talk.say("我要交多少", "premium")) == "低保对象自己交40元"


@pytest.mark.parametrize(
    ("registered", "text", "told"),
    [
        ("低保对象", "我是特困户要交多少", "档案里登记的是低保对象，和您说的不一样；以民政部门认定的为准。"),
        ("低保对象", "我不是低保要交多少", "档案里登记的是低保对象，和您说的不一样；以民政部门认定的为准。"),
        ("", "我是低保户要交多少", "档案里登记的是普通居民，和您说的不一样；以民政部门认定的为准。"),
    ],
)
def test_where_words_and_register_differ_both_are_told_with_who_certifies(
    registered: str, text: str, told: str
) -> None:
    record = resident(*([registered] if registered else []), born=OLD)
    assert told in at(SUIXI, record=record).say(text, "premium").text


def test_where_words_and_register_agree_nothing_is_said_of_it() -> None:
    reply = at(SUIXI, record=resident("低保户", born=OLD)).say("我是低保户要交多少", "premium")
    assert "档案里登记的" not in reply.text


@pytest.mark.parametrize("text", ["我妈要交多少", "俺老公要交多少", "我爷爷要交多少", "邻居要交多少", "我哥要交多少"])
def test_a_relative_is_not_answered_from_the_bound_record(text: str) -> None:
    record = resident("低保对象", born=OLD, enrolled=[paid(2022, 40, date(2021, 10, 20))])
    reply = at(SUIXI, record=record).say(text, "premium")
    assert first_line(reply) == "2022年度每人交320元"
    assert "档案" not in reply.text


@pytest.mark.parametrize("text", ["我妈交了没有", "我娃交了没有", "我老伴交了没有"])
def test_nobody_elses_payment_is_told_as_a_relatives(text: str) -> None:
    record = resident(born=OLD, enrolled=[paid(2022, 320, date(2021, 10, 20))])
    reply = at(SUIXI, record=record).say(text, "my_record")
    assert reply.outcome == "refused"
    assert "320" not in reply.text
    assert first_line(reply) == "这里查不了别人的缴费记录"
    assert not faults_of(reply)


@pytest.mark.parametrize(
    "text", ["李建国交了吗", "帮我查一下张伟的医保交了没有", "我们村周小明交没交", "李建国和我交了吗"]
)
def test_the_record_of_somebody_named_is_refused(text: str) -> None:
    record = resident(born=OLD, enrolled=[paid(2022, 320, date(2021, 10, 20))])
    reply = at(SUIXI, record=record).say(text, "my_record")
    assert (reply.outcome, first_line(reply)) == ("refused", "这里查不了别人的缴费记录")
    assert "320" not in reply.text
    assert not faults_of(reply)


def test_the_bound_person_may_be_named() -> None:
    record = resident(born=OLD, enrolled=[paid(2022, 320, date(2021, 10, 20))])
    assert first_line(at(SUIXI, record=record).say("王桂兰交了吗", "my_record")) == "2022年度已经缴了320元"


def test_of_the_family_the_one_who_is_named_is_told() -> None:
    children = [
        Relative(
            Record(f"{name}（虚构）", date(2015, 3, 1), enrolments=(paid(2022, amount, date(2021, 10, 20)),)), "child"
        )
        for name, amount in (("刘小宝", 320), ("刘小花", 40))
    ]
    record = replace(resident(born=OLD), family=tuple(children))
    assert first_line(at(SUIXI, record=record).say("刘小花交了没", "my_record")) == "刘*花2022年度已经缴了40元"


def test_after_a_relative_the_writer_is_again_the_bound_person() -> None:
    record = resident("低保对象", born=OLD, enrolled=[paid(2022, 40, date(2021, 10, 20))])
    talk = at(SUIXI, record=record)
    talk.say("我妈要交多少", "premium")
    assert first_line(talk.say("那我自己交了没有", "my_record")) == "2022年度已经缴了40元"


def test_whoever_helps_the_writer_is_not_whom_it_is_about() -> None:
    record = resident("低保对象", born=OLD, enrolled=[paid(2022, 40, date(2021, 10, 20))])
    assert first_line(at(SUIXI, record=record).say("儿子帮我查一下我交了没", "my_record")) == "2022年度已经缴了40元"


@pytest.mark.parametrize("text", ["我家娃最晚哪天办", "新生儿最晚哪天办", "宝宝最晚几号前要办"])
def test_a_newborns_record_speaks_for_the_newborn(text: str) -> None:
    reply = at(SUIXI, record=resident(born=NEWBORN)).say(text, "newborn_deadline")
    assert first_line(reply) == "最晚2021年11月29日办好缴好"


@pytest.mark.parametrize("text", ["我家娃最晚哪天办", "新生儿最晚哪天办", "刚生了一个，最晚哪天办"])
def test_a_grown_persons_birth_date_is_no_newborns(text: str) -> None:
    reply = at(SUIXI, record=resident(born=OLD)).say(text, "newborn_deadline")
    assert "1950" not in reply.text
    assert reply.outcome == "asked"


@pytest.mark.parametrize(
    ("subject", "facet", "born", "speaks"),
    [
        (None, "premium", OLD, True),
        (None, "newborn_deadline", OLD, False),
        (None, "newborn_deadline", NEWBORN, True),
        ("child", "premium", date(2010, 5, 1), True),
        ("child", "premium", date(2003, 11, 5), False),
        ("child", "premium", date(2003, 11, 6), True),
        ("grandchild", "premium", date(2015, 5, 1), True),
        ("baby", "premium", date(2015, 5, 1), False),
        ("baby", "newborn_fee", NEWBORN, True),
        ("child", "newborn_fee", date(2015, 5, 1), False),
        ("child", "premium", None, False),
        ("parent", "premium", OLD, False),
        ("spouse", "premium", OLD, False),
        ("other", "premium", NEWBORN, False),
    ],
)
def test_for_whom_a_record_speaks(subject: str | None, facet: str, born: date | None, speaks: bool) -> None:
    record = resident(born=born)
    assert record_for(State(subject=subject, record=record), facet, TODAY) == (record if speaks else None)


def test_with_no_record_nothing_personal_is_told() -> None:
    reply = at(SUIXI).say("我交了没有", "my_record")
    assert reply.outcome == "refused"
    assert "请不要在这里发身份证号" in reply.text
    assert not faults_of(reply)


def test_too_much_paid_stands_before_the_rule_on_refunds() -> None:
    record = resident("低保对象", born=OLD, enrolled=[paid(2022, 320, date(2021, 10, 20))])
    reply = at(SUIXI, record=record).say("我交多了能退吗", "refund")
    assert "280元" in reply.text or reply.outcome == "not_covered"
    assert not faults_of(reply)


def test_employee_insurance_that_goes_on_is_told_from_one_that_ended() -> None:
    going_on = facts(resident(spell=EmployeeSpell(30)))
    assert going_on["employee_insured"] is True
    assert "gap_months" not in going_on
    ended = facts(resident(spell=EmployeeSpell(30, date(2021, 9, 30))))
    assert ended["employee_insured"] is False
    assert ended["previous_status"] == "employee"
    assert 1.0 < float(str(ended["gap_months"])) < 1.5


def test_employee_insurance_that_ends_later_has_not_ended() -> None:
    assert facts(resident(spell=EmployeeSpell(30, date(2021, 12, 31))))["employee_insured"] is True


def test_a_gap_of_three_months_to_the_day_is_three() -> None:
    assert facts(resident(spell=EmployeeSpell(30, date(2021, 8, 5))))["gap_months"] == 3
    assert float(str(facts(resident(spell=EmployeeSpell(30, date(2021, 8, 4))))["gap_months"])) > 3


def test_the_first_time_is_when_no_earlier_year_was_paid() -> None:
    assert facts(resident())["first_time"] is True
    assert facts(resident(enrolled=[paid(2021, 280)]))["first_time"] is False
    assert facts(resident(enrolled=[paid(2022, 320)]))["first_time"] is True


def test_what_the_register_does_not_hold_is_not_known() -> None:
    known = facts(Record())
    assert not {"birth_date", "age", "hukou", "residence_permit", "paid_on", "tier"} & set(known)
    assert known["category"] == ()
