"""From the words of a question to facts: categories, tiers, households, dates by the part they play, and whom it is about."""

from __future__ import annotations

from datetime import date

import pytest
from talk import MANCHENG, SUIXI, TODAY, XINGYI, at, first_line, knowledge, question

from dialogues.said import Said, said_in
from dialogues.state import Member
from policy_kb.facts import FactValue

LOW, DESTITUTE = ("低保对象",), ("特困人员",)


def said(text: str, facet: str = "premium", today: date = TODAY) -> Said:
    return said_in(question(text, facet, today=today), facet, knowledge(), today)


def fact(text: str, name: str, facet: str = "premium", today: date = TODAY) -> FactValue | None:
    return said(text, facet, today).facts.get(name)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("我是低保户交多少", LOW),
        ("五保户交多少", DESTITUTE),
        ("我不是低保，交多少", ()),
        ("我不是低保是特困，交多少", DESTITUTE),
        ("要是低保交多少", LOW),
        ("我是一般户，交多少", ()),
        ("低保和特困分别交多少", (*LOW, *DESTITUTE)),
        ("我是边缘户交多少", ("低保边缘家庭成员", "边缘易致贫人口")),
        ("医保交多少", None),
    ],
)
def test_the_category_is_what_is_affirmed(text: str, held: tuple[str, ...] | None) -> None:
    assert fact(text, "category") == held


def test_an_ambiguous_category_is_answered_for_each_meaning() -> None:
    reply = at(XINGYI, date(2022, 1, 20)).say("我是边缘户交多少", "premium")
    assert "边缘易致贫人口一档：" in reply.text
    assert "低保边缘家庭成员一档：" in reply.text
    assert "边缘易致贫人口一档：个人缴费标准320元，资助224元，自己交96元。" in reply.text


def test_one_tier_is_a_fact_and_two_are_a_comparison() -> None:
    assert fact("二档交多少", "tier") == "二档"
    assert fact("一档和二档各多少", "tier") is None
    assert fact("一档二档有啥区别", "tier") is None


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("一家五口人两个低保一共交多少", (Member(2, LOW), Member(3))),
        ("我家4口人，2个低保，要交多少钱", (Member(2, LOW), Member(2))),
        ("家里三口人都是低保一共多少", (Member(3, LOW),)),
        ("俺娘是低保俺爹一般户，一共交多少", (Member(1, LOW), Member(1))),
        ("全家五个人，老两口是低保，要交多少", (Member(2, LOW), Member(3))),
        ("总共四口人，一个特困，一共要多少", (Member(1, DESTITUTE), Member(3))),
        ("我是低保户交多少", ()),
        ("我妈是低保交多少", ()),
        ("一家人必须一起交吗", ()),
    ],
)
def test_a_household_is_its_members_by_category(text: str, members: tuple[Member, ...]) -> None:
    household = said(text).household
    assert [(one.count, one.categories) for one in household] == [(one.count, one.categories) for one in members]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("一家五口人两个低保一共交多少", "5个人一共交1040元（2022年度）"),
        ("俺娘是低保俺爹一般户，一共交多少", "2个人一共交360元（2022年度）"),
        ("家里三口人都是特困一共多少钱", "3个人一共交0元（2022年度）"),
    ],
)
def test_a_household_total_is_the_sum_of_its_lines(text: str, head: str) -> None:
    assert first_line(at(SUIXI).say(text, "premium")) == head


def test_a_tier_that_all_choose_is_everybodys() -> None:
    talk = at(XINGYI, date(2022, 1, 20))
    assert (
        first_line(talk.say("一家五口人都交一档，两个低保，一共交多少", "premium")) == "5个人一共交1024元（2022年度）"
    )


def test_who_joins_is_added_to_the_total() -> None:
    talk = at(SUIXI)
    talk.say("一家五口人两个低保一共交多少", "premium")
    assert first_line(talk.say("把俺奶奶也算上，她是特困", "premium")) == "6个人一共交1040元（2022年度）"
    assert first_line(talk.say("把他也算上", "off_topic", confidence=0.4)) == "7个人一共交1360元（2022年度）"


def test_adding_a_sum_to_a_sum_adds_no_person() -> None:
    assert said("加上财政补助一共多少").joining == ()
    assert said("加上财政补助一共多少").household == ()


@pytest.mark.parametrize(
    ("text", "facet", "name", "value"),
    [
        ("娃8月20号生的，最晚哪天办", "newborn_deadline", "birth_date", date(2021, 8, 20)),
        ("我10月20号交的，哪天生效", "coverage", "paid_on", date(2021, 10, 20)),
        ("过了二月还能交吗", "window", "paid_on", date(2022, 3, 1)),
        ("明年3月交还行不", "window", "paid_on", date(2022, 3, 1)),
        ("今天能交吗", "window", "paid_on", TODAY),
    ],
)
def test_a_date_plays_the_part_the_question_gives_it(text: str, facet: str, name: str, value: date) -> None:
    assert fact(text, name, facet) == value


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("今天办新生儿来得及吗", "newborn_deadline"),
        ("娃是8月生的，最晚哪天办", "newborn_deadline"),
        ("娃是去年生的，最晚哪天办", "newborn_deadline"),
        ("娃12月20号才生，最晚哪天办", "premium"),
    ],
)
def test_today_a_month_a_year_and_a_day_to_come_are_no_birth_date(text: str, facet: str) -> None:
    born = fact(text, "birth_date", facet)
    assert born is None or (isinstance(born, date) and born <= TODAY and born.month == 12)


def test_a_year_alone_is_no_payment_day() -> None:
    assert fact("2022年的交多少", "paid_on") is None


def test_two_categories_of_one_person_are_told_from_two_persons() -> None:
    assert said("我又是低保又是残疾，交多少").combined
    assert said("两种身份怎么算，低保和残疾", "assistance_double").combined
    assert not said("低保和特困分别交多少").combined


def test_two_categories_asked_about_are_answered_one_by_one() -> None:
    reply = at(SUIXI).say("低保和特困分别交多少", "premium")
    assert "低保对象：个人缴费标准320元，资助280元，自己交40元。" in reply.text
    assert "特困人员：个人缴费标准320元，全额资助，自己不用交（0元）。" in reply.text


def test_of_one_person_in_two_categories_the_notice_is_silent() -> None:
    reply = at(SUIXI).say("我又是低保又是监测户，交多少", "premium")
    assert "360" not in reply.text
    assert "440" not in reply.text
    assert not first_line(reply).startswith("低保对象自己交40元")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("我妈是低保，要交多少", "parent"),
        ("俺家娃要交多少", "child"),
        ("我要交多少", None),
        ("俺娘是低保，我要交多少", None),
        ("儿子帮我查一下交了没", None),
        ("我要给我妈交，多少钱", "parent"),
        ("我家娃刚出生，我要交多少", "child"),
        ("我妈的我自己能替她交吗", "parent"),
    ],
)
def test_whom_a_question_is_about(text: str, who: str | None) -> None:
    assert said(text).subject == who


def test_a_relatives_category_is_not_the_writers() -> None:
    assert "category" not in said("俺娘是低保，我要交多少").facts
    assert said("我是低保，我要交多少").facts["category"] == LOW
    assert said("我妈是低保，要交多少").facts["category"] == LOW


def test_a_relatives_category_does_not_stick_to_the_writer() -> None:
    talk = at(SUIXI)
    assert first_line(talk.say("我妈是低保要交多少", "premium")) == "低保对象自己交40元"
    assert first_line(talk.say("我要交多少", "premium")) == "2022年度每人交320元"
    assert talk.state.subject is None


def test_the_writers_category_does_not_stick_to_a_relative() -> None:
    talk = at(SUIXI)
    assert first_line(talk.say("我是低保要交多少", "premium")) == "低保对象自己交40元"
    assert first_line(talk.say("那我妈呢", "premium", confidence=0.3)) == "2022年度每人交320元"
    assert first_line(talk.say("那我自己呢", "premium", confidence=0.3)) == "低保对象自己交40元"


def test_baby_and_child_are_one_and_the_same() -> None:
    talk = at(SUIXI)
    talk.say("我家娃10月1号生的，最晚哪天办", "newborn_deadline")
    assert first_line(talk.say("宝宝的待遇从哪天算", "newborn_cover")) == "现在办，从出生那天（2021年10月1日）起算"


def test_months_without_insurance_and_months_insured_are_told_apart() -> None:
    assert said("我职工医保断了四个月了").facts["gap_months"] == 4
    assert said("我职工医保断了四个月了").facts["previous_status"] == "employee"


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("职工医保9月20号停的，要等多久", 3.1613),
        ("职工医保9月25号断的，要等多久", 3.0),
        ("职工医保9月20号停的，12月20号交的居民，要等多久", 3.0),
        ("断了快五个月，要等多久", 5.0),
        ("9月20号停电，要等多久", None),
    ],
)
def test_a_gap_runs_from_the_day_the_insurance_ended_to_the_payment(text: str, months: float | None) -> None:
    assert fact(text, "gap_months", "waiting_period", date(2021, 12, 25)) == months


def test_who_left_poverty_and_is_watched_no_more_left_it_for_good() -> None:
    assert fact("我家前几年脱的贫，不在监测里头，交多少", "category") == ("稳定脱贫人口",)
    assert fact("我家脱贫了，还在监测里头，交多少", "category") == ("脱贫人口", "监测人口")


def test_a_kind_that_was_denied_is_not_among_those_left_open() -> None:
    reply = at(MANCHENG, date(2022, 11, 8)).say("原先是贫困户早就脱贫了，也不吃低保，得交多少", "premium")
    assert "脱贫人口低保对象" not in reply.text
    assert "稳定脱贫人口：个人缴费标准350元，资助280元，自己交70元。" in reply.text


def test_a_birth_to_come_counts_only_where_it_is_expected() -> None:
    due, told = "预产期是明年1月5号，最晚哪天办", "孩子2025年1月5号生的，最晚哪天办"
    assert fact(due, "birth_date", "newborn_deadline", date(2024, 10, 10)) == date(2025, 1, 5)
    assert fact(told, "birth_date", "newborn_deadline", date(2024, 10, 10)) is None


def test_who_left_university_is_a_graduate_whichever_is_told_first() -> None:
    assert fact("在重庆读的大学，六月份毕业的", "student") == "graduate"
    assert fact("六月份毕业的，在重庆读的大学", "student") == "graduate"


def test_a_university_is_here_where_it_lies_in_the_province_of_the_place() -> None:
    here = at(XINGYI, date(2022, 1, 20)).say("在重庆读大学的，一档多少钱", "premium")
    away = at(XINGYI, date(2022, 1, 20)).say("在四川读大学的，一档多少钱", "premium")
    assert "280元" in first_line(here)
    assert "280元" not in first_line(away)
