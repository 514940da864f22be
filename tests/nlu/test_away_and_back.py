"""Who works away and comes home, who is insured at another place, and days that could lie in several years."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.circumstances import read_circumstances
from nlu.dates import read_dates

TODAY = date(2022, 2, 20)


def _stated(text: str) -> dict[str, str | bool | int]:
    return {one.fact: one.value for one in read_circumstances(text)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("老公从福建回家过年，还没缴", True),
        ("儿子回屋头过年了", True),
        ("我们两口子不打工", False),
        ("他没打过工", False),
        ("能不能像打工的那样延期", None),
        ("跟农民工同样待遇不", None),
        ("孩子上大学，放寒假回来过年", None),
        ("大学生，平时在外打工", True),
    ],
)
def test_who_works_away(text: str, value: bool | None) -> None:
    assert _stated(text).get("migrant_worker") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("那边大学统一收了", True),
        ("外省学校已经代收了医保费", True),
        ("娘家那边早就交过", True),
        ("那边交了多少", None),
        ("老家交过吗", None),
    ],
)
def test_who_is_insured_at_another_place(text: str, value: bool | None) -> None:
    assert _stated(text).get("insured_elsewhere") == value


def test_a_day_without_a_year_keeps_its_other_years() -> None:
    (found,) = read_dates("10月3号缴呢", TODAY).mentions
    assert {one.year for one in (found.first, *found.others)} == {2021, 2022, 2023}
    assert not found.told


def test_a_year_that_was_said_leaves_no_other() -> None:
    (found,) = read_dates("2021年10月3号缴的", TODAY).mentions
    assert found.others == ()
    assert found.told


def test_the_leap_day_of_a_year_without_one_is_no_day() -> None:
    assert read_dates("能拖到2月29号不", date(2021, 11, 5)).faults == ("no_such_day",)
    assert read_dates("娃2月29号生的", date(2021, 11, 5)).faults == ()
