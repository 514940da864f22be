"""Years not paid, paid back and paid without a break in residents' insurance, told from breaks in 职工医保."""

from __future__ import annotations

import pytest

from nlu.durations import read_durations
from nlu.lapses import read_lapses


def lapses(text: str) -> dict[str, object]:
    return {one.fact: one.value for one in read_lapses(text, read_durations(text))}


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        ("断了两年，今天交要等几个月", 2),
        ("五年没交了还能交吗", 5),
        ("断保三年了", 3),
        ("停了一年半", 2),
        ("去年没交，今年补要等吗", 1),
        ("去年前年都没交", 2),
        ("上一年忘了交", 1),
    ],
)
def test_years_not_paid_are_rounded_up(text: str, missed: int) -> None:
    assert lapses(text) == {"missed_years": missed}


def test_of_the_residents_insurance_nothing_is_taken_for_a_break_of_the_other() -> None:
    assert lapses("合作医疗断了两年") == {"missed_years": 2, "previous_status": "resident"}
    assert lapses("去年居民医保没交") == {"missed_years": 1, "previous_status": "resident"}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("把那两年补上", {"years_paid_back": 2}),
        ("补交三年的钱", {"years_paid_back": 3}),
        ("断了四年，补两年还等多久", {"missed_years": 4, "years_paid_back": 2}),
        ("连续交了6年农合有奖励吗", {"unbroken_years": 6}),
    ],
)
def test_years_paid_back_and_unbroken_are_read(text: str, known: dict[str, int]) -> None:
    assert lapses(text) == known


@pytest.mark.parametrize(
    "text",
    [
        "从厂里出来断了两年",
        "职工医保停了一年",
        "断了五个月",
        "连续交了三年，断了两个月",
        "一年交多少",
        "去年交了没有",
        "去年交了今年还没交",
    ],
)
def test_of_employees_insurance_and_of_months_nothing_is_said(text: str) -> None:
    assert lapses(text) == {}
