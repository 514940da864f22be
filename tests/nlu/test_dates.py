"""Days as people name them, against the day of the message."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.cover_years import read_years
from nlu.dates import Dates, read_dates
from nlu.understanding import DateMention, YearMention


def _read(text: str, day: str) -> Dates:
    return read_dates(text, date.fromisoformat(day))


def _one(text: str, day: str) -> DateMention:
    (mention,) = _read(text, day).mentions
    return mention


@pytest.mark.parametrize(
    ("text", "today", "first", "role"),
    [
        # the words of relation
        ("今天交", "2022-03-10", "2022-03-10", "paid"),
        ("昨儿生的", "2022-03-01", "2022-02-28", "birth"),
        ("前天生的", "2022-03-01", "2022-02-27", "birth"),
        ("大前天生的", "2022-01-01", "2021-12-29", "birth"),
        ("明天交行吗", "2021-12-31", "2022-01-01", "paid"),
        ("三天前生的", "2022-03-02", "2022-02-27", "birth"),
        ("上个月15号生的", "2022-01-10", "2021-12-15", "birth"),
        ("下个月3号交", "2021-12-10", "2022-01-03", "paid"),
        ("这个月8号交的", "2022-03-10", "2022-03-08", "paid"),
        ("上礼拜三生的", "2022-03-05", "2022-02-23", "birth"),
        # written out
        ("2022年3月8号生的", "2022-11-01", "2022-03-08", "birth"),
        ("22年3月8日生的", "2022-11-01", "2022-03-08", "birth"),
        ("二〇二二年三月八日生的", "2022-11-01", "2022-03-08", "birth"),
        ("2022-03-08", "2022-11-01", "2022-03-08", "other"),
        ("2022/3/8生", "2022-11-01", "2022-03-08", "birth"),
        ("2022.03.08出生", "2022-11-01", "2022-03-08", "birth"),
        ("22.03.08生的", "2022-11-01", "2022-03-08", "birth"),
        ("20220308出生的", "2022-11-01", "2022-03-08", "birth"),
        ("1950年3月7日出生", "2022-11-01", "1950-03-07", "birth"),
        ("五八年八月三号出生", "2022-11-01", "1958-08-03", "birth"),
        ("3.8生的", "2022-11-01", "2022-03-08", "birth"),
        # a birth lies behind
        ("9月8号下地的", "2024-10-20", "2024-09-08", "birth"),
        ("12月30号生的", "2023-01-03", "2022-12-30", "birth"),
        ("12月30号生的", "2022-12-30", "2022-12-30", "birth"),
        ("六月三号出生", "2022-06-02", "2021-06-03", "birth"),
        ("8号生的", "2022-11-01", "2022-10-08", "birth"),
        ("三十一号生的", "2022-09-20", "2022-08-31", "birth"),
        ("预产期3月5号", "2022-12-01", "2023-03-05", "birth"),
        # a payment lies behind or ahead
        ("1月2号交", "2022-12-28", "2023-01-02", "paid"),
        ("12月25号交的", "2023-01-05", "2022-12-25", "paid"),
        ("假如1月9号交的", "2021-12-15", "2022-01-09", "paid"),
        ("要是9月1号交的", "2021-11-15", "2021-09-01", "paid"),
        ("打算3月1号再交", "2022-03-05", "2023-03-01", "paid"),
        ("11月28号刚交了费", "2022-12-20", "2022-11-28", "paid"),
        # the lunar calendar
        ("腊月二十八交的", "2022-03-10", "2022-01-30", "paid"),
        ("去年腊月二十八生的", "2022-06-01", "2022-01-30", "birth"),
        ("正月初六生的", "2022-03-10", "2022-02-06", "birth"),
        ("三月初五生的", "2022-05-10", "2022-04-05", "birth"),
        ("四月廿三生的", "2022-06-10", "2022-05-23", "birth"),
        ("农历八月十五生的", "2023-10-22", "2023-09-29", "birth"),
        ("闰二月初三生的", "2023-06-01", "2023-03-24", "birth"),
        ("腊月三十生的", "2022-06-01", "2022-01-31", "birth"),
        ("十月二十生的", "2022-11-01", "2022-10-20", "birth"),
        ("大年初一生的", "2023-05-22", "2023-01-22", "birth"),
        ("除夕生的", "2023-05-22", "2023-01-21", "birth"),
        ("今年过年，初四才回来", "2022-02-08", "2022-01-31", "other"),
        # feasts
        ("五一生的", "2022-11-01", "2022-05-01", "birth"),
        ("国庆节生的", "2022-11-01", "2022-10-01", "birth"),
        ("元旦交行吗", "2021-12-20", "2022-01-01", "paid"),
        ("清明生的", "2022-06-01", "2022-04-05", "birth"),
        ("中秋生的", "2022-11-01", "2022-09-10", "birth"),
    ],
)
def test_a_day_is_found_with_the_part_it_plays(text: str, today: str, first: str, role: str) -> None:
    mention = _read(text, today).mentions[0]
    assert (mention.first.isoformat(), mention.role) == (first, role)


@pytest.mark.parametrize(
    ("text", "today", "first", "last", "precision"),
    [
        ("如果等到5月份再交呢", "2022-02-10", "2022-05-01", "2022-05-31", "month"),
        ("7月呢", "2022-02-10", "2022-07-01", "2022-07-31", "month"),
        ("这都三月了才办", "2023-03-09", "2023-03-01", "2023-03-31", "month"),
        ("五月间交的", "2022-05-18", "2022-05-01", "2022-05-31", "month"),
        ("等我忙完都二月份了", "2024-11-25", "2025-02-01", "2025-02-28", "month"),
        ("下个月六月份搬家", "2023-05-20", "2023-06-01", "2023-06-30", "month"),
        ("去年底交的", "2022-03-10", "2021-12-01", "2021-12-31", "month"),
        ("月底交", "2022-02-10", "2022-02-21", "2022-02-28", "month"),
        ("正月间交的", "2022-03-05", "2022-02-01", "2022-03-02", "month"),
        ("腊月二十几才放假", "2024-11-25", "2025-01-19", "2025-01-28", "month"),
        ("年前没赶上", "2023-01-28", "2022-12-08", "2023-01-21", "month"),
        ("半个月前生的", "2022-03-01", "2022-02-12", "2022-02-16", "month"),
        ("两年前", "2022-06-01", "2020-01-01", "2020-12-31", "year"),
    ],
)
def test_a_stretch_has_its_first_and_last_day(text: str, today: str, first: str, last: str, precision: str) -> None:
    mention = _one(text, today)
    assert (mention.first.isoformat(), mention.last.isoformat(), mention.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("元旦以后交的", "after"),
        ("过了五月才办的", "after"),
        ("12月25号之前交", "before"),
        ("3月前交", "before"),
        ("3月交", "on"),
    ],
)
def test_before_and_after_are_told_apart(text: str, bound: str) -> None:
    assert _one(text, "2022-11-20").bound == bound


@pytest.mark.parametrize(
    "text", ["4月31日生的", "二月三十", "13月5号", "9月31号交", "2022年2月29日", "32号交", "2022-02-30"]
)
def test_an_impossible_day_is_a_fault_and_no_mention(text: str) -> None:
    assert _read(text, "2022-03-10") == Dates((), ("no_such_day",))


def test_the_29th_of_february_is_a_day_in_a_leap_year() -> None:
    assert _one("2024年2月29日生的", "2024-03-10").first == date(2024, 2, 29)
    assert _one("2月29号生的", "2024-03-10").first == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["3022年3月8号", "1022年3月8日生", "2202年1月1号"])
def test_a_year_centuries_off_is_a_fault(text: str) -> None:
    assert _read(text, "2022-03-10").faults == ("far_date",)


@pytest.mark.parametrize(
    "text",
    [
        "开春交",
        "断了3个月",
        "交了三年",
        "十一个月",
        "满月",
        "每月交",
        "到底交多少",
        "320元",
        "90天内",
        "三级残疾",
        "坐月子",
        "一档",
        "十来年前",
    ],
)
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    assert _read(text, "2022-06-01") == Dates()


def test_what_somebody_told_to_pay_or_did_not_pay_is_no_day_of_payment() -> None:
    assert _one("前天会计喊我去交", "2024-12-08").role == "other"
    assert _one("今天都还没交上", "2025-06-28").role == "other"


def test_an_expected_role_goes_to_a_date_that_has_none() -> None:
    (mention,) = read_dates("十二月一号", date(2022, 6, 9), "birth").mentions
    assert (mention.first, mention.role) == (date(2021, 12, 1), "birth")


@pytest.mark.parametrize(
    ("text", "year", "relative"),
    [
        ("2022年度医保", 2022, False),
        ("22年的我没交，能补吗", 2022, False),
        ("今年没交，能补吗", 2022, True),
        ("明年的医保我交了没", 2023, True),
        ("去年交了多少", 2021, True),
        ("二〇二三年的医保", 2023, False),
        ("2023医保交多少", 2023, False),
        ("那2023呢", 2023, False),
        ("明年要交多少", 2023, True),
        ("今年还要不要登记", 2022, True),
        ("下一年度", 2023, True),
    ],
)
def test_a_year_of_cover_is_told_by_name(text: str, year: int, relative: bool) -> None:
    (mention,) = read_years(text, date(2022, 11, 20), [])
    assert isinstance(mention, YearMention)
    assert (mention.year, mention.relative) == (year, relative)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("去年离职的", "other"),
        ("2022年生的", "birth"),
        ("58年的人", "birth"),
        ("前年嫁过来", "other"),
        ("去年没交", "other"),
        ("去年在邮政交过", "other"),
        ("我22年的没交", "other"),
    ],
)
def test_the_year_of_an_event_is_a_date_and_no_year_of_cover(text: str, role: str) -> None:
    (mention,) = read_years(text, date(2022, 11, 20), [])
    assert isinstance(mention, DateMention)
    assert (mention.precision, mention.role) == ("year", role)


@pytest.mark.parametrize("text", ["今年七十三了", "大学四年", "交了15年", "十来年前", "比去年涨了多少"])
def test_ages_and_spans_are_no_years(text: str) -> None:
    assert read_years(text, date(2022, 11, 20), []) == []
