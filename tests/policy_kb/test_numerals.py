"""What may be read from Chinese official text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.chinese_number import chinese_number
from policy_kb.computed import compute
from policy_kb.numerals import Reading, Years, figures, number, readings

YEARS = Years((2022, 2021))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("320元", ("元", Decimal(320))),
        ("320元/人•年", ("元", Decimal(320))),
        ("三百二十元", ("元", Decimal(320))),
        ("1070元", ("元", Decimal(1070))),
        ("1,070元", ("元", Decimal(1070))),
        ("15412.50元", ("元", Decimal("15412.5"))),
        ("2万元", ("元", Decimal(20000))),
        ("300块", ("元", Decimal(300))),
        ("12月31日", ("md", (12, 31))),
        ("12月31日", ("day", date(2021, 12, 31))),
        ("2021年12月1日", ("day", date(2021, 12, 1))),
        ("二〇二一年十二月三十一日", ("day", date(2021, 12, 31))),
        ("2021年10月", ("ym", (2021, 10))),
        ("2月底", ("day", date(2022, 2, 28))),
        ("2024年2月底", ("day", date(2024, 2, 29))),
        ("90天", ("天", Decimal(90))),
        ("90日", ("天", Decimal(90))),
        ("满90日", ("天", Decimal(90))),
        ("九十日", ("天", Decimal(90))),
        ("180天", ("天", Decimal(180))),
        ("6个月", ("月", Decimal(6))),
        ("六个月", ("月", Decimal(6))),
        ("半年", ("月", Decimal(6))),
        ("连续2年", ("年", Decimal(2))),
        ("连续2年", ("月", Decimal(24))),
        ("70%", ("%", Decimal("0.7"))),
        ("百分之七十", ("%", Decimal("0.7"))),
        ("九成", ("%", Decimal("0.9"))),
        ("县财政补贴一半", ("%", Decimal("0.5"))),
        ("给予全额资助", ("%", Decimal(1))),
        ("每月1日至25日", ("天", Decimal(25))),
        ("26日至月末", ("天", Decimal(31))),
        ("60周岁", ("岁", Decimal(60))),
        ("2022年度", ("y", 2022)),
        ("12393", ("n", Decimal(12393))),
    ],
)
def test_a_figure_is_readable(text: str, reading: Reading) -> None:
    assert reading in readings(text, YEARS)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("1320元", ("元", Decimal(320))),
        ("12月31日", ("天", Decimal(12))),
        ("3个月", ("天", Decimal(3))),
        ("90日", ("元", Decimal(90))),
        ("2021年12月31日", ("day", date(2022, 12, 31))),
        ("13月1日", ("m", 13)),
    ],
)
def test_nothing_else_is_readable(text: str, reading: Reading) -> None:
    assert reading not in readings(text, YEARS)


def test_a_day_without_a_year_has_the_year_of_the_full_date_before_it() -> None:
    found = readings("从2021年10月开始,至12月31日结束", YEARS)
    assert ("day", date(2021, 12, 31)) in found
    assert ("day", date(2022, 12, 31)) not in found


def test_a_day_earlier_in_the_year_than_the_date_before_it_may_be_the_next_years() -> None:
    assert ("day", date(2022, 2, 28)) in readings("2021年12月1日至2月28日", YEARS)


def test_a_new_sentence_forgets_the_year() -> None:
    found = readings("至2019年1月1日.12月31日前", YEARS)
    assert ("day", date(2021, 12, 31)) in found
    assert ("day", date(2019, 12, 31)) not in found


def test_everyday_turns_of_phrase_state_nothing() -> None:
    assert [figure.words for figure in figures("同一户一年一次,一网通办,第二天到账,第3步") if not figure.vague] == []


def test_figures_keep_their_place() -> None:
    text = "资助280元,个人缴40元"
    assert [text[figure.start : figure.end] for figure in figures(text)] == ["280元", "40元"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百二十", 320), ("三百二", 320), ("一百零五", 105), ("一千零七十", 1070), ("十五", 15), ("两千", 2000),
        ("二〇二二", 2022), ("三万五", 35000), ("一万五千四百一十二", 15412), ("零", 0),
    ],
)  # fmt: skip
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize("text", ["", "百十千", "三三百", "万", "三百二十元"])
def test_what_is_no_chinese_numeral(text: str) -> None:
    assert chinese_number(text) is None


@given(st.integers(min_value=0, max_value=10**9))
def test_arabic_digits_are_read_with_and_without_separators(value: int) -> None:
    assert number(str(value)) == value
    assert number(f"{value:,}") == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [("320 - 280", 40), ("400 - 20", 380), ("320 * 90%", 288), ("695 - 320 * 70%", 471), ("1070 / 2 + 5", 540)],
)
def test_computed_figures(expression: str, value: int) -> None:
    assert compute(expression).value == value


@pytest.mark.parametrize("expression", ["", "320", "320 -", "- 320 1", "320 - x", "320 / 0", "__import__('os')"])
def test_what_is_no_calculation(expression: str) -> None:
    with pytest.raises(ValueError, match="no calculation"):
        compute(expression)
