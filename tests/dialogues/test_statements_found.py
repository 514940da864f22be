"""Which statement, or which silence, of two notices a plain question finds, asked in other words than it is written for."""

from __future__ import annotations

from datetime import date

import pytest
from talk import HUAIYUAN, MANCHENG, at, first_line

AUTUMN_2024, AUTUMN_2022 = date(2024, 11, 25), date(2022, 12, 5)


@pytest.mark.parametrize(
    ("facet", "asked", "outcome", "first"),
    [
        ("assistance_how", "双女户退的钱 是去镇政府领还是等着打卡", "answered", "找所在乡镇（街道），由它们统计退补"),
        ("how_to_pay", "皖事通打开先点哪", "not_covered", "通知没有写手机上每一步点哪里"),
        ("how_to_pay", "支付宝进去先点哪个再点哪个", "not_covered", "通知没有写手机上每一步点哪里"),
        ("pay_proxy", "老头子不会用智能机 儿子在上海 谁能替我们弄", "answered", "找村（社区）工作人员指导操作"),
        (
            "staff_duty",
            "医保收缴中民政、财政、卫健三个部门各自职责是什么",
            "answered",
            "税务牵头征缴，其他部门各管一块",
        ),
        ("staff_schedule", "镇里隔几天公布进度 税务局又隔几天", "answered", "县税务局每两周，乡镇（街道）每周"),
        ("staff_schedule", "督导一个月来几回", "not_covered", "通知没有写督查哪天来、多久一次"),
        ("pay_problem", "交错了人 交到我姐名下了咋整", "not_covered", "通知没有写交错了人怎么办"),
        ("duplicate", "我有退休金 也要交居民医保吗", "not_covered", "通知没有写领退休金的人怎么参保"),
    ],
)
def test_what_huaiyuan_says_and_does_not_say(facet: str, asked: str, outcome: str, first: str) -> None:
    reply = at(HUAIYUAN, AUTUMN_2024).say(asked, facet)
    assert (reply.outcome, first_line(reply)) == (outcome, first)


@pytest.mark.parametrize(
    ("facet", "asked", "outcome", "first"),
    [
        ("pay_problem", "输号那一步老说证件号错 我尾号带x", "answered", "证件号码里的字母要大写"),
        ("pay_receipt", "单位非要个盖公章的缴费凭据", "answered", "要《个人缴费证明》的到税务局换开"),
        ("pay_proxy", "俺村离乡里远 有没有人上门收", "not_covered", "通知没有写上门收费"),
        ("newborn_how", "起了个乳名 大名没想好 能先登上不", "answered", "要用孩子的真实姓名和身份证明登记"),
        ("whole_household", "我俩身体棒 就给孙女交一份中不", "answered", "要，同一户口簿符合条件的必须同时参保"),
        ("student", "满城校区的学生 老家在石家庄 该在哪交", "answered", "在学校交，由河北工艺美术职业学院组织"),
        ("transfer", "下岗了 户口在满城 改成居民医保中不", "answered", "满城户籍、没有职工医保的，可以参保"),
        ("transfer", "从厂里辞职了 职工医保断了 居民医保怎么接", "not_covered", "通知没有写职工转居民怎么接续"),
        ("refund", "年后去厂里上班有职工保了 居民的350退不退", "not_covered", "通知没有写进厂了退不退居民医保"),
        ("staff_conduct", "外村都给补 咱村书记是不是把钱贪了", "answered", "有条件的村集体可以给予资助"),
        ("card", "医保本找不到了 要不要补一个", "not_covered", "通知没有写医保卡丢了怎么补"),
    ],
)
def test_what_mancheng_says_and_does_not_say(facet: str, asked: str, outcome: str, first: str) -> None:
    reply = at(MANCHENG, AUTUMN_2022).say(asked, facet)
    assert (reply.outcome, first_line(reply)) == (outcome, first)


def test_no_refund_is_promised_to_whoever_gives_another_reason_than_assistance() -> None:
    for asked in ("老人交了钱十二月走了 能退不", "孩子没了 交的钱退不退"):
        reply = at(MANCHENG, AUTUMN_2022).say(asked, "refund")
        assert (first_line(reply), reply.outcome) == ("通知没有写去世了退不退", "not_covered")
    reply = at(MANCHENG, AUTUMN_2022).say("在北京交了社保 满城这边交的能退吗", "refund")
    assert first_line(reply) == "通知只写了困难群众多交的可以退"
    assert "能不能退，通知没有写" in reply.text


def test_the_last_year_of_a_graduate_is_told_by_its_day() -> None:
    reply = at(MANCHENG, AUTUMN_2022).say("2022年7月毕业 大一时一次交了三年 能用到哪天", "student")
    assert "2022年12月31日" in reply.text
    assert "二（四）" in reply.text


def test_who_has_no_insurance_at_home_is_not_told_of_those_who_have() -> None:
    reply = at(HUAIYUAN, AUTUMN_2024).say("我在怀远打工三年 老家河南没交医保 能在这交吗", "eligibility")
    assert first_line(reply) == "能，在本县常住或打工、原籍没参保就行"
    assert "原籍已参保的不能" not in reply.text
