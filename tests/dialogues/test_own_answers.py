"""What the bot answers from a bound record: spells of categories, days left, refunds, later payment, the household."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sound_reply import faults_of
from talk import DAZHU, HUAIYUAN, IN_SEASON, MANCHENG, SUIXI, TODAY, XINGYI, at, first_line, knowledge, paid, resident

from dialogues.record import CategorySpell, EmployeeSpell, Enrolment, Record, Relative
from dialogues.registered_category import meanings
from dialogues.reply import Reply
from policy_kb.knowledge import KnowledgeBase

OLD = date(1950, 3, 7)
ENDED = CategorySpell("低保对象", date(2019, 1, 1), date(2021, 3, 31), "县民政局")


def kb() -> KnowledgeBase:
    return knowledge()


def sound(reply: Reply) -> Reply:
    assert not faults_of(reply), reply.text
    assert "依据：《" in reply.text or reply.outcome in ("refused", "asked")
    return reply


def child(name: str, born: date, *enrolled: Enrolment) -> Record:
    return Record(name, born, enrolments=enrolled, resident=born.year)


def family(*records: Record, kin: str = "child", untold: int = 0) -> Record:
    return Record("王桂兰", OLD, family=tuple(Relative(one, kin) for one in records), untold=untold, resident=1)


@pytest.mark.parametrize(
    ("since", "until", "on", "holds"),
    [
        (None, None, TODAY, True),
        (TODAY, TODAY, TODAY, True),
        (date(2021, 11, 6), None, TODAY, False),
        (None, date(2021, 11, 4), TODAY, False),
        (None, date(2021, 11, 5), TODAY, True),
    ],
)
def test_both_days_of_a_spell_count(since: date | None, until: date | None, on: date, holds: bool) -> None:
    assert CategorySpell("低保对象", since, until).holds(on) is holds
    assert Record(spells=(CategorySpell("低保对象", since, until),)).words(on) == (("低保对象",) if holds else ())


def test_a_spell_tells_more_than_the_bare_word() -> None:
    record = Record(categories=("低保对象", "重度残疾人"), spells=(ENDED,))
    assert record.words(date(2021, 3, 31)) == ("重度残疾人", "低保对象")
    assert record.words(TODAY) == ("重度残疾人",)


def test_a_category_that_ended_is_told_with_its_day_and_who_certifies() -> None:
    talk = at(SUIXI, record=Record("王桂兰", OLD, spells=(ENDED,)))
    reply = sound(talk.say("我是低保，要交多少", "premium"))
    assert "档案里的低保对象到2021年3月31日为止。" in reply.text
    assert "档案里登记的是普通居民，和您说的不一样；以县民政局认定的为准。" in reply.text
    assert "按档案里登记的算，自己交320元。" in reply.text
    assert "低保对象" in first_line(reply)


def test_a_category_that_ended_gives_no_assistance_any_more() -> None:
    reply = sound(at(SUIXI, record=Record("王桂兰", OLD, spells=(ENDED,))).say("我要交多少", "premium"))
    assert first_line(reply) == "2022年度每人交320元"


def test_a_category_on_its_last_day_still_counts() -> None:
    spell = CategorySpell("低保对象", None, TODAY)
    reply = sound(at(SUIXI, record=Record("王桂兰", OLD, spells=(spell,))).say("我要交多少", "premium"))
    assert first_line(reply) == "低保对象自己交40元"


def ambiguous() -> str:
    """A register word that means several categories."""
    words = [word for one in kb().categories.by_name.values() for word in one.aliases]
    return next(word for word in words if len(kb().categories.named(word)) == 2)


def test_a_register_word_of_several_meanings_is_not_taken_for_the_first() -> None:
    word = ambiguous()
    record = Record(categories=(word,))
    assert "category" not in record.facts(kb().categories, 2022, TODAY)
    assert len(record.readings(kb().categories, TODAY)) == 2
    assert record.unclear(kb().categories, TODAY) == (word,)


@pytest.mark.parametrize(("place", "notice"), [(SUIXI, "suixi-2022"), (HUAIYUAN, "huaiyuan-2025")])
def test_what_is_due_is_told_for_each_meaning_of_an_unclear_word(place: str, notice: str) -> None:
    word = ambiguous()
    reply = at(place, IN_SEASON[notice], resident(word, born=OLD)).say("我要交多少", "premium")
    assert not faults_of(reply)
    assert f"档案里登记的“{word}”" in reply.text
    for name in kb().categories.named(word):
        assert name in reply.text


def test_a_register_word_nobody_knows_is_told() -> None:
    reply = sound(at(SUIXI, record=resident("光荣户", born=OLD)).say("我要交多少", "premium"))
    assert "档案里登记的“光荣户”不知道算通知里的哪一类" in reply.text


def test_the_channel_and_the_days_left_are_told() -> None:
    enrolled = Enrolment(2022, "paid", date(2021, 10, 20), Decimal(320), None, "微信")
    reply = sound(at(SUIXI, record=resident(born=OLD, enrolled=[enrolled])).say("我交了没有", "my_record"))
    assert "王*兰的档案里2021年10月20日通过微信缴费320元。" in reply.text
    assert "还有57天" in reply.text


def test_what_the_record_lacks_is_said() -> None:
    reply = sound(at(SUIXI, record=resident(born=OLD, enrolled=[paid(2022, None)])).say("我交了没有", "my_record"))
    assert "没有记缴费的日期" in reply.text
    assert "没有记缴了多少" in reply.text


def test_two_payments_of_one_year_are_one_too_many() -> None:
    twice = [paid(2022, 320, date(2021, 10, 20)), paid(2022, 320, date(2021, 11, 1))]
    talk = at(SUIXI, record=resident(born=OLD, enrolled=twice))
    reply = sound(talk.say("我交了没有", "my_record"))
    assert first_line(reply) == "2022年度已经缴了640元"
    assert "一共记了2笔" in reply.text
    assert "多交了320元" in reply.text
    refund = talk.say("交重了能退吗", "refund")
    assert not faults_of(refund)
    assert first_line(refund) == "多交了320元（交640元，应交320元）"


@pytest.mark.parametrize(
    ("place", "notice"),
    [(SUIXI, "suixi-2022"), (DAZHU, "dazhu-2022"), (MANCHENG, "mancheng-2023"), (HUAIYUAN, "huaiyuan-2025")],
)
def test_paid_as_anybody_and_due_as_a_helped_person_is_told_whatever_the_notice_says(place: str, notice: str) -> None:
    today, year = IN_SEASON[notice], kb().notices[notice].rules.year
    record = resident("特困人员", born=OLD, enrolled=[paid(year, 1000, today - timedelta(days=1))])
    reply = at(place, today, record).say("我是不是交多了，能退吗", "refund")
    assert not faults_of(reply)
    assert first_line(reply).startswith("多交了") or notice == "dazhu-2022"


def test_a_refund_that_the_notice_leaves_out_still_tells_what_was_paid_too_much() -> None:
    record = resident("低保对象", born=OLD, enrolled=[paid(2022, 320, date(2021, 10, 20))])
    reply = at(SUIXI, record=record).say("我交多了能退吗", "refund")
    assert first_line(reply) == "多交了280元（交320元，应交40元）"
    assert not faults_of(reply)


def test_the_wait_that_is_left_is_told_in_days() -> None:
    record = resident(born=OLD, enrolled=[paid(2022, 320, date(2022, 4, 15))])
    talk = at(XINGYI, date(2022, 6, 1), record)
    reply = sound(talk.say("还要等多久才能报", "waiting_period"))
    assert "还要等44天" in reply.text
    later = sound(at(XINGYI, date(2022, 8, 1), record).say("还要等多久才能报", "waiting_period"))
    assert "已经等满了" in later.text


def test_a_newborns_deadline_is_told_in_days() -> None:
    reply = sound(at(SUIXI, record=resident(born=date(2021, 9, 1))).say("我家娃最晚哪天办", "newborn_deadline"))
    assert "还有24天" in reply.text
    last = at(SUIXI, date(2021, 11, 29), resident(born=date(2021, 9, 1)))
    assert "是最后一天" in sound(last.say("我家娃最晚哪天办", "newborn_deadline")).text


def test_what_changes_with_a_later_payment_is_told_to_who_has_not_paid() -> None:
    talk = at(XINGYI, date(2022, 1, 20), resident(born=OLD, spell=EmployeeSpell(0, date(2020, 1, 1))))
    reply = talk.say("我交了没有", "my_record")
    assert not faults_of(reply)
    assert "缴：待遇从2022年1月1日起" in reply.text
    assert "2022年3月1日到" in reply.text


def test_who_has_paid_is_not_told_to_pay() -> None:
    talk = at(SUIXI, record=resident(born=OLD, enrolled=[paid(2022, 320, date(2021, 10, 20))]))
    assert "已经在2021年10月20日缴了，不用再缴" in sound(talk.say("哪天截止", "window")).text
    assert "2021年10月20日已经缴了320元" in sound(talk.say("我要交多少", "premium")).text


def test_a_guardian_is_asked_which_child_and_hears_of_that_one() -> None:
    older, younger = (
        child("王大明", date(2012, 5, 1), paid(2022, 320, date(2021, 10, 1))),
        child("王小明", date(2016, 5, 1)),
    )
    talk = at(SUIXI, record=family(older, younger))
    asked = talk.say("我娃交了吗", "my_record")
    assert asked.outcome == "asked"
    assert asked.choices == ("王*明（2012年生）", "王*明（2016年生）")
    assert first_line(sound(talk.say("1"))) == "王*明2022年度已经缴了320元"
    assert talk.say("我娃交了吗", "my_record").outcome == "asked"
    assert first_line(sound(talk.say("王*明（2016年生）"))) == "王*明还没有2022年度的缴费记录"


def test_one_child_needs_no_picking() -> None:
    reply = sound(at(SUIXI, record=family(child("王小明", date(2016, 5, 1)))).say("我娃交了吗", "my_record"))
    assert first_line(reply) == "王*明还没有2022年度的缴费记录"


def test_the_newborn_of_the_family_has_its_own_deadline() -> None:
    reply = sound(at(SUIXI, record=family(child("王宝", date(2021, 9, 1)))).say("我家娃最晚哪天办", "newborn_deadline"))
    assert first_line(reply) == "最晚2021年11月29日办好缴好"


def test_an_adult_in_ones_care_is_told_by_the_kinship_on_record() -> None:
    mother = child("李秀英", date(1940, 1, 1), paid(2022, 320, date(2021, 10, 1)))
    talk = at(SUIXI, record=family(mother, kin="parent"))
    assert first_line(sound(talk.say("我妈交了吗", "my_record"))) == "李*英2022年度已经缴了320元"
    assert talk.say("我老公交了吗", "my_record").outcome == "refused"


def test_the_household_has_a_line_each_and_what_is_not_paid_yet() -> None:
    record = family(child("王小明", date(2016, 5, 1), paid(2022, 320, date(2021, 10, 1))), untold=1)
    reply = sound(at(SUIXI, record=record).say("我们一家一共要交多少钱", "premium"))
    assert first_line(reply) == "2个人一共640元（2022年度）"
    assert "您本人：按标准交320元，还没有缴费记录。" in reply.text
    assert "王*明（2016年生）：按标准交320元，2021年10月1日已缴320元。" in reply.text
    assert "还没缴的1个人一共320元。" in reply.text
    assert "户里另外1个人的档案只告诉他们本人" in reply.text


def test_a_household_that_is_described_is_not_that_of_the_record() -> None:
    record = family(child("王小明", date(2016, 5, 1)))
    reply = at(SUIXI, record=record).say("我家三口人，一个低保，一共要交多少", "premium")
    assert "您本人" not in reply.text


def test_the_family_of_a_record_hides_names_when_it_is_printed() -> None:
    assert "王桂兰" not in repr(family(child("王小明", date(2016, 5, 1))))
    assert "王小明" not in repr(family(child("王小明", date(2016, 5, 1))))


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("俺孙子还来得及不", "window"),
        ("我孙子要交多少", "premium"),
        ("我孙子的待遇哪天开始", "coverage"),
        ("我孙子能退费吗", "refund"),
    ],
)
def test_whose_payment_it_is_stands_beside_it(text: str, facet: str) -> None:
    record = family(child("王小明", date(2016, 5, 1), paid(2022, 999, date(2021, 10, 1))), kin="grandchild")
    reply = sound(at(SUIXI, record=record).say(text, facet))
    assert "王*明的档案里" in reply.text


def test_a_category_that_is_only_said_makes_no_overpayment() -> None:
    talk = at(SUIXI, record=resident(born=OLD, enrolled=[paid(2022, 320, date(2021, 10, 20))]))
    assert "多交" not in talk.say("我是低保，要交多少", "premium").text
    assert "多交了280元" not in talk.say("我能退费吗", "refund").text


def test_whoever_has_paid_hears_when_the_wait_is_over_where_no_rule_sets_one() -> None:
    talk = at(SUIXI, record=resident(born=OLD, enrolled=[paid(2022, 320, date(2021, 10, 20))]))
    assert first_line(sound(talk.say("还要等多久才能报销", "waiting_period"))) == "待遇从2022年1月1日起"


def test_what_if_after_ones_own_record_is_about_cover() -> None:
    talk = at(XINGYI, date(2022, 1, 20), resident(born=OLD))
    talk.say("我交了吗", "my_record")
    assert "2022年3月10日缴费的" in sound(talk.say("要是3月10号才交呢", "window")).text


def test_who_pays_first_and_is_paid_back_is_not_told_to_pay_nothing() -> None:
    today, record = IN_SEASON["huaiyuan-2025"], resident("重点优抚对象", born=OLD)
    reply = sound(at(HUAIYUAN, today, record).say("我交了吗", "my_record"))
    assert "先交400元，之后退补400元" in reply.text
    assert "不用自己交" not in reply.text


def test_who_paid_first_as_the_notice_says_has_not_paid_too_much() -> None:
    today = IN_SEASON["huaiyuan-2025"]
    record = resident("重点优抚对象", born=OLD, enrolled=[paid(2025, 400, today)])
    talk = at(HUAIYUAN, today, record)
    for text, facet in (("我交了吗", "my_record"), ("我要交多少", "premium"), ("我能退费吗", "refund")):
        assert "多交" not in talk.say(text, facet).text.replace("交多了", "")


def test_an_open_tier_is_told_with_each_sum() -> None:
    reply = sound(at(XINGYI, IN_SEASON["xingyi-2022"], resident(born=OLD)).say("我交了吗", "my_record"))
    assert "要交多少：一档320元，二档695元。" in reply.text
    record = family(child("王小明", date(2016, 5, 1)))
    asked = sound(at(XINGYI, IN_SEASON["xingyi-2022"], record).say("我家一共要交多少", "premium"))
    assert "您本人：一档交320元或二档交695元" in asked.text


def test_a_babys_record_makes_a_question_on_time_one_on_the_newborn() -> None:
    record = resident(born=date(2021, 9, 1))
    assert first_line(sound(at(SUIXI, record=record).say("俺家娃还来得及不", "window"))) == "最晚2021年11月29日办好缴好"
    grown = at(SUIXI, record=resident(born=date(2019, 9, 1))).say("俺家娃还来得及不", "window")
    assert "截止" in first_line(sound(grown))


def test_who_asks_what_is_due_hears_that_it_is_not_paid() -> None:
    reply = sound(at(SUIXI, record=resident(born=OLD)).say("我要交多少", "premium"))
    assert "档案里还没有2022年度的缴费记录。" in reply.text


def test_a_helped_person_who_asks_until_when_hears_what_is_due() -> None:
    reply = sound(at(SUIXI, record=resident("特困人员", born=OLD)).say("我是不是漏了", "window"))
    assert "按档案里的身份（特困人员），全额资助，不用自己交（0元）。" in reply.text


def test_a_wait_that_every_payment_from_now_on_has_is_told() -> None:
    reply = sound(at(XINGYI, date(2022, 3, 5), resident(born=OLD)).say("我医保还没交，现在怎么办", "my_record"))
    assert "待遇从2022年6月4日起" in reply.text


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("城乡重度（一、二级）残疾人员", ("重度残疾人",)),
        ("重度残疾人（一级）", ("重度残疾人",)),
        ("农村分散特困供养人员", ("特困人员",)),
        ("低保对象", ("低保对象",)),
        ("非低保对象", ()),
        ("已退出监测对象", ()),
        ("光荣户", ()),
        ("", ()),
    ],
)
def test_a_register_word_is_understood_as_the_notice_writes_it(word: str, meant: tuple[str, ...]) -> None:
    assert meanings(word, kb().categories) == meant


def test_a_spell_of_employee_insurance_of_which_the_notice_says_nothing_is_told() -> None:
    record = resident(born=OLD, spell=EmployeeSpell(18, date(2021, 9, 30)))
    reply = sound(at(SUIXI, record=record).say("我转成居民医保要等几个月才能报", "waiting_period"))
    assert "职工医保连续缴了18个月，2021年9月30日断的；这种情况要不要等，通知没有写。" in reply.text
