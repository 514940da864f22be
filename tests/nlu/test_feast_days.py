"""Feasts and days beside them, words that mean a payment, and who works away, as people say them."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.circumstances import read_circumstances
from nlu.dates import read_dates

TODAY = date(2024, 12, 20)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("元旦当天去交", date(2025, 1, 1)),
        ("元旦第二天才交", date(2025, 1, 2)),
        ("国庆头一天交的", date(2024, 9, 30)),
        ("跨年夜交", date(2024, 12, 31)),
        ("阳历年那天交", date(2025, 1, 1)),
        ("元月5号交", date(2025, 1, 5)),
        ("大年初三去交", date(2025, 1, 31)),
        ("今年最后一天交", date(2024, 12, 31)),
        ("二月份最后一天交", date(2025, 2, 28)),
        ("月底最后一天交", date(2024, 12, 31)),
        ("十月一交的", date(2024, 10, 1)),
        ("双十一交的", date(2024, 11, 11)),
    ],
)
def test_a_feast_is_a_day(text: str, first: date) -> None:
    (found,) = read_dates(text, TODAY).mentions
    assert (found.first, found.last, found.role) == (first, first, "paid")


@pytest.mark.parametrize("text", ["翻年再补", "翻了年去补", "开了年交", "过了年也能补", "过完年交"])
def test_the_turn_of_the_year_is_the_next_one(text: str) -> None:
    (found,) = read_dates(text, TODAY).mentions
    assert found.first.year == 2025
    assert found.precision == "month"


@pytest.mark.parametrize("text", ["十月一起交", "一年级", "过了年龄", "最后一天是几号"])
def test_what_only_sounds_like_a_feast_is_none(text: str) -> None:
    assert all(one.precision != "day" for one in read_dates(text, TODAY).mentions)


@pytest.mark.parametrize(
    "text",
    [
        "1月1号才弄得成",
        "后天去弄",
        "6月20号钱才到账",
        "拖到明天整得成不",
        "要是挨到3月5号呢",
        "28号上午到家，当天就缴医保",
        "4月5号再去行不",
    ],
)
def test_words_for_doing_it_mean_the_payment(text: str) -> None:
    (found,) = read_dates(text, TODAY).mentions
    assert found.role == "paid"


@pytest.mark.parametrize("text", ["5号弄丢了卡", "5号退款到账", "28号到家，当天住院"])
def test_other_doings_are_no_payment(text: str) -> None:
    assert all(one.role != "paid" for one in read_dates(text, TODAY).mentions)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我在苏州跑外卖的", True),
        ("在义乌干活的", True),
        ("俺都在宁波厂里打零工", True),
        ("没出过远门打工", False),
        ("一直搁家种大棚", False),
        ("在地里干活", None),
        ("在镇上干活", None),
        ("在医院做保洁", None),
    ],
)
def test_who_works_away_by_the_work(text: str, value: bool | None) -> None:
    assert {one.fact: one.value for one in read_circumstances(text)}.get("migrant_worker") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("幺女3月15号生的，我年前居民医保就交了", True),
        ("孙女儿3月生的，我居民医保交了", None),
        ("娃3月生的，我居民医保交了没", None),
        ("我跟她爸都是厂里买的职工医保，没买居民的", False),
    ],
)
def test_what_a_newborns_parents_paid(text: str, value: bool | None) -> None:
    assert {one.fact: one.value for one in read_circumstances(text)}.get("guardian_insured") == value
