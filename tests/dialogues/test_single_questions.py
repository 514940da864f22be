"""Single questions get the whole answer, under the right headline: refunds by reason, joining after work, lost cards, ages."""

from __future__ import annotations

from datetime import date

import pytest
from sound_reply import faults_of
from talk import DAZHU, HUAIYUAN, IN_SEASON, MANCHENG, SUIXI, XINGYI, at, first_line, knowledge, paid, resident

DAYS = {knowledge().notices[one].rules.region: day for one, day in IN_SEASON.items()}
FIRST = [
    # a refund for a reason of which the notice is silent: the headline names the reason
    (MANCHENG, "refund", "俺爹上月刚交了350 人前两天没了 这钱给退不", "通知没有写去世了退不退", "not_covered"),
    (MANCHENG, "refund", "俺娘昨儿咽气了 交的钱能要回来不", "通知没有写去世了退不退", "not_covered"),
    (SUIXI, "refund", "交重了可退", "通知没有写交重了退不退", "not_covered"),
    (SUIXI, "refund", "进厂了 交的320可能退", "通知没有写参加了职工医保退不退", "not_covered"),
    (DAZHU, "refund", "我妈交了320 前天没了 钱退不退嘛", "通知没有写去世了退不退", "not_covered"),
    (HUAIYUAN, "refund", "俺爹交了400 前天没了 钱能退吗", "待遇期没开始能退，开始后不再退", "answered"),
    # may one join after 职工医保
    (
        DAZHU,
        "transfer",
        "上个月辞职了 职工医保停了 22年可以交居民医保不",
        "大竹户籍、没有职工医保的，都能参",
        "answered",
    ),
    (
        DAZHU,
        "eligibility",
        "从厂里出来了 单位医保断了 能参加居民医保不",
        "大竹户籍、没有职工医保的，都能参",
        "answered",
    ),
    (SUIXI, "employee_insurance", "98年辞职的职工怎么办理社保和医保", "本县户口、没在别处参保的，都能参保", "answered"),
    (HUAIYUAN, "how_to_register", "从单位辞职后医疗保险怎么办", "不属于应参加职工医保的，就可以参保", "answered"),
    # a lost card, money to come, years missed, what is in fashion
    (XINGYI, "window_late", "学生保险掉了可以补吗 补办须要那些证件", "通知没有写卡丢了怎么补", "not_covered"),
    (HUAIYUAN, "card", "交220元返110元到卡上 为什么迟迟不到卡上", "通知没有写退补的钱哪天到", "not_covered"),
    (SUIXI, "window_late", "医保有两年未交现要迁到外地要不要补交", "通知没有写断了的年份要不要补", "not_covered"),
    (
        HUAIYUAN,
        "how_to_register",
        "想给自己办一份医疗保险 现在比较火的是什么",
        "商业保险我不能答，我只管居民医保。",
        "refused",
    ),
    # a child older than the deadline when it is enrolled
    (HUAIYUAN, "newborn_cover", "娃生下来三个半月了才来交 从哪天报", "超过90天才办的，从缴费次日起享受", "answered"),
    (MANCHENG, "newborn_cover", "孩子七个月了才办 住院能报不", "通知没有写超过180天怎么办", "not_covered"),
    # the way to pay that was named, or refused
    (DAZHU, "how_to_pay", "支付宝啷个交", "支付宝点“市民中心”“社保”“社保缴费”", "answered"),
    (SUIXI, "how_to_pay", "不用微信能咋交", "能，村（居）委会可以代办", "answered"),
    # who belongs to a category, whose case is its own, who pays
    (HUAIYUAN, "assistance", "没领证的双女户能补不", "通知写的是已领取独（双）女户证的", "answered"),
    (HUAIYUAN, "assistance", "重点优抚的钱谁出", "重点优抚对象全额补贴，先交400元", "answered"),
    (HUAIYUAN, "window_late", "儿子满18了还补吗", "儿子补到18周岁，父母也补一半", "answered"),
    (SUIXI, "premium_total", "筹资一共多少钱", "筹资标准每人900元", "answered"),
    (DAZHU, "notice_number", "达州市管理办法是哪个文号", "管理办法是达市府办〔2019〕42号印发的", "answered"),
    (XINGYI, "window_late", "5月份补交好多钱", "一档交320元，二档交695元", "answered"),
    (MANCHENG, "target", "返贫致贫人口交多少", "返贫致贫人口自己交35元", "answered"),
]


@pytest.mark.parametrize(("place", "facet", "text", "first", "outcome"), FIRST)
def test_the_headline_answers_the_very_question(place: str, facet: str, text: str, first: str, outcome: str) -> None:
    reply = at(place, DAYS[place]).say(text, facet)
    assert (first_line(reply), reply.outcome) == (first, outcome), reply.text
    assert not faults_of(reply)


def test_a_card_that_is_gone_is_no_death() -> None:
    reply = at(HUAIYUAN, DAYS[HUAIYUAN]).say("交费的票据没了 还能退吗", "refund")
    assert "死亡" not in first_line(reply)
    assert "人去世" not in reply.text


def test_after_work_the_rule_on_passing_over_stands_second() -> None:
    reply = at(SUIXI, DAYS[SUIXI]).say("下岗了 职工医保没了 还能参加居民医保吗", "eligibility")
    assert "满2年、断3个月内不用等" in reply.text.split("\n", 2)[2]
    silent = at(DAZHU, DAYS[DAZHU]).say("下岗了 职工医保没了 还能参加居民医保吗", "eligibility")
    assert "通知没有写职工医保和居民医保怎么转" in silent.text


def test_how_soon_one_is_covered_after_a_break_stays_a_question_on_the_wait() -> None:
    reply = at(SUIXI, DAYS[SUIXI]).say("职工医保断了五个月 现在参加居民医保要等多久", "waiting_period")
    assert first_line(reply) == "要等6个月"


def test_both_clauses_of_a_question_are_answered() -> None:
    reply = at(HUAIYUAN, DAYS[HUAIYUAN]).say(
        "我是乡镇经办的，资助补贴人员名单由谁汇总下发给我们，我们拿到后先做什么", "staff_duty"
    )
    assert "医保局汇总" in reply.text
    assert "剔除双重身份" in reply.text


def test_a_second_clause_brings_no_statement_on_another_town_or_office() -> None:
    reply = at(HUAIYUAN, DAYS[HUAIYUAN]).say("常坟镇的督查是哪个局包片 负责人是谁", "staff_duty")
    assert "刘维新" in reply.text
    assert "祖家国" not in reply.text


PAID_IN_FEBRUARY = resident(enrolled=(paid(2022, 320, date(2022, 2, 18)),))
VAGUE = [
    "我在杭州打工 过年回来才交的医保 我哪天能报",
    "在外打工 2月里交的 从哪天能报",
    "在外打工 正月里交的钱 多会儿能报",
]


@pytest.mark.parametrize("text", VAGUE)
def test_a_payment_told_of_no_day_is_the_one_on_record(text: str) -> None:
    reply = at(SUIXI, date(2022, 2, 25), PAID_IN_FEBRUARY).say(text, "coverage")
    assert first_line(reply) == "待遇从2022年2月19日起"


def test_a_payment_supposed_is_not_the_one_on_record() -> None:
    reply = at(SUIXI, date(2022, 2, 25), PAID_IN_FEBRUARY).say("在外打工 要是2月26号才交呢 从哪天能报", "coverage")
    assert "2022年2月27日" in reply.text


def test_a_month_of_payment_gives_no_single_first_day() -> None:
    reply = at(HUAIYUAN, DAYS[HUAIYUAN]).say("打工的一月份交了啥时候能报", "coverage")
    assert "自缴费次日起" in first_line(reply)
    assert "1月2日" not in reply.text


def test_the_day_of_payment_is_counted_out_where_only_the_person_is_open() -> None:
    reply = at(SUIXI, date(2022, 2, 25)).say("2月18号交的，哪天能报", "coverage")
    assert "2022年2月19日" in reply.text
