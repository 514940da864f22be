"""Which cover year is meant: in the payment season this year's premium is for the next one; a year without a notice is said so."""

from __future__ import annotations

from datetime import date

import pytest
from talk import HUAIYUAN, MANCHENG, SUIXI, XINGYI, at, first_line, knowledge, question

from dialogues.cover_year import cover_year, suggested_year
from dialogues.state import State


def year_of(text: str, today: date, place: str = SUIXI, facet: str = "premium", state: State | None = None) -> int:
    asked = question(text, facet, today=today)
    return cover_year(asked, state or State(place=place), facet, knowledge(), place, today)


@pytest.mark.parametrize("month", [10, 11, 12])
def test_in_the_last_quarter_this_years_insurance_is_next_years_cover(month: int) -> None:
    assert year_of("今年的医保交多少", date(2021, month, 20)) == 2022
    assert year_of("医保交多少", date(2021, month, 20)) == 2022


@pytest.mark.parametrize("month", [1, 3, 6, 8])
def test_before_the_season_it_is_this_years(month: int) -> None:
    assert year_of("今年的医保交多少", date(2022, month, 20)) == 2022


def test_in_the_season_a_year_without_notice_is_not_replaced_by_the_last_one() -> None:
    assert year_of("今年交多少", date(2022, 11, 5)) == 2023
    assert knowledge().policy_for(SUIXI, 2023) is None


@pytest.mark.parametrize(
    ("text", "year"), [("2021年度交多少", 2021), ("2023年的交多少", 2023), ("2022年度医保交多少", 2022)]
)
def test_a_year_named_by_its_number_is_that_year(text: str, year: int) -> None:
    assert year_of(text, date(2021, 11, 5)) == year


def test_next_year_is_next_year() -> None:
    assert year_of("明年交多少", date(2022, 3, 1)) == 2023
    assert year_of("明年的医保交多少", date(2021, 11, 5)) == 2022


def test_a_year_named_before_holds_for_what_follows() -> None:
    state = State(place=SUIXI, year=2023)
    assert year_of("那低保呢", date(2021, 11, 5), state=state) == 2023


@pytest.mark.parametrize(
    "text",
    [
        "来电人说他是脱贫户 2021年脱的 交多少",
        "我2020年评上的低保 医保交多少",
        "2019年考到这边的大学 今年六月毕业 交多少",
        "俺是2018年嫁过来的 交多少",
        "2020年3月查出的病 交多少",
    ],
)
def test_a_year_in_which_something_happened_is_no_cover_year(text: str) -> None:
    assert year_of(text, date(2022, 12, 1), MANCHENG) == 2023


def test_this_year_asked_after_the_next_is_that_of_the_calendar() -> None:
    talk = at(MANCHENG, date(2023, 10, 15))
    assert talk.say("明年2024年的医保一个人交多少", "premium").outcome == "not_covered"
    assert first_line(talk.say("那今年的呢", "premium")) == "2023年度每人交350元"


@pytest.mark.parametrize("place", [SUIXI, MANCHENG, HUAIYUAN, XINGYI])
@pytest.mark.parametrize("month", range(1, 13))
def test_the_year_suggested_is_this_or_the_next_and_never_jumps_back(place: str, month: int) -> None:
    held = knowledge().policies_of(place)[0].notice.year
    before = suggested_year(knowledge(), place, date(held - 1, month, 15), "premium")
    assert before in (held - 1, held)
    assert suggested_year(knowledge(), place, date(held, min(month, 9), 15), "premium") == held


def test_a_window_that_opens_soon_is_what_a_question_in_september_is_about() -> None:
    assert suggested_year(knowledge(), HUAIYUAN, date(2024, 8, 20), "premium") == 2025
    assert suggested_year(knowledge(), HUAIYUAN, date(2024, 9, 20), "window") == 2025


def test_a_treatment_in_the_season_is_of_the_running_year() -> None:
    assert suggested_year(knowledge(), SUIXI, date(2022, 11, 5), "benefits") == 2022
    assert suggested_year(knowledge(), SUIXI, date(2022, 11, 5), "premium") == 2023


@pytest.mark.parametrize("text", ["2023年要交多少", "低保户2023年交多少"])
def test_a_year_without_notice_names_the_year_held_and_none_of_its_figures(text: str) -> None:
    reply = at(SUIXI).say(text, "premium")
    assert reply.outcome == "not_covered"
    assert first_line(reply) == "没有濉溪县2023年度的文件"
    assert "2022年度" in reply.text
    assert not [figure for figure in ("320", "40元", "580", "280") if figure in reply.text]
    assert knowledge().hotline in reply.text


def test_a_named_year_stays_until_this_year_is_asked_about() -> None:
    talk = at(SUIXI)
    assert "没有濉溪县2023年度" in talk.say("2023年要交多少", "premium").text
    assert "没有濉溪县2023年度" in talk.say("那低保呢", "premium").text
    assert first_line(talk.say("那今年低保要交多少", "premium")) == "低保对象自己交40元"
    assert first_line(talk.say("特困呢", "premium")) == "特困人员自己不用交（0元）"


def test_every_answer_says_which_year_it_is_for() -> None:
    assert "2022年度" in at(SUIXI).say("交多少", "premium").text
