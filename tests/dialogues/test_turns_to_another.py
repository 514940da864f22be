"""A turn that leaves the one asked about before: another category, the public share, a town, another day, both places."""

from __future__ import annotations

from datetime import date

import pytest
from talk import HUAIYUAN, IN_SEASON, MANCHENG, SUIXI, XINGYI, Talk, at, first_line

from nlu.normalise import normalise

IN_HUAIYUAN, IN_MANCHENG = IN_SEASON["huaiyuan-2025"], IN_SEASON["mancheng-2023"]


@pytest.mark.parametrize("text", ["他又问那孤儿呢", "那孤儿呢", "还问孤儿的呢"])
@pytest.mark.parametrize(
    ("before", "facet"),
    [("我侄子事实无人抚养，也是低保，给不给资助", "assistance"), ("又是低保又是监测户的交多少", "assistance_double")],
)
def test_another_category_after_two_of_one_person_stands_alone(before: str, facet: str, text: str) -> None:
    talk = at(HUAIYUAN, IN_HUAIYUAN)
    talk.say(before, facet)
    assert first_line(talk.say(text, "assistance", confidence=0.2)) == "孤儿自己不用交（0元）"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("脱贫户，也是低保", "脱贫人口、低保对象自己交35元"),
        ("俺家是脱贫户，也吃低保，交多少", "脱贫人口、低保对象自己交35元"),
    ],
)
def test_categories_joined_by_also_are_one_persons(text: str, first: str) -> None:
    assert first_line(at(MANCHENG, IN_MANCHENG).say(text, "assistance")) == first


def test_categories_asked_about_each_are_told_each() -> None:
    reply = at(HUAIYUAN, IN_HUAIYUAN).say("低保和监测户两样各交多少", "assistance")
    assert first_line(reply) == "低保对象交60元，监测人口交200元"


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("他又问那孤儿呢", "那孤儿呢"),
        ("对方还想问下，几号截止", "几号截止"),
        ("又问了村里说要交40", "又问了村里说要交40"),
        ("顺便问下落款是哪天", "顺便问下落款是哪天"),
    ],
)
def test_who_relays_a_question_is_not_asked_about(raw: str, left: str) -> None:
    assert normalise(raw).text == left


def test_the_rise_of_the_public_share_is_told_first() -> None:
    talk = at(HUAIYUAN, IN_HUAIYUAN)
    talk.say("个人交的比去年涨多少", "premium_change")
    assert first_line(talk.say("财政那块呢，涨多少", "premium_total")) == "财政补助比上年涨30元"
    assert first_line(talk.say("国家给补多少", "premium_total")) == "财政每人补助670元"


@pytest.fixture
def of_the_county() -> Talk:
    """After questions on the share and the target of all 濉溪."""
    talk = at(SUIXI)
    talk.say("全县参保率要达到多少", "target")
    talk.say("任务数合计多少人", "target")
    return talk


def test_a_town_after_the_county_is_told_with_target_and_share(of_the_county: Talk) -> None:
    reply = of_the_county.say("刘桥镇呢", "target", confidence=0.4)
    assert "60785" in reply.text
    assert "99%" in reply.text


def test_the_greatest_after_a_share_is_that_of_the_targets(of_the_county: Talk) -> None:
    of_the_county.say("刘桥镇参保率多少", "target")
    assert first_line(of_the_county.say("哪个镇最多", "target")) == "参保任务数最多：铁佛镇，136471"
    assert "99%" in first_line(of_the_county.say("哪个镇参保率最高", "target"))


def test_a_later_day_after_a_price_asks_whether_one_can_pay() -> None:
    talk = at(XINGYI, date(2021, 12, 1))
    talk.say("一个人要交多少钱", "premium")
    reply = talk.say("那我明年3月份才交要得不", "coverage", confidence=0.3)
    assert first_line(reply).startswith("2022年3月1日可以缴")
    assert "满90日" in reply.text


def test_both_places_paid_is_a_matter_of_its_own() -> None:
    talk = at(SUIXI)
    talk.say("儿子在合肥上大学，在哪交", "student")
    assert "不允许重复参保" in first_line(talk.say("那他要是两边都交了呢", "duplicate"))
