"""ID numbers: what is taken, what is refused and why, and how one is shown."""

from __future__ import annotations

from datetime import date

import pytest
from people import GUILAN, id_number
from stdnum.cn import ric

from bot.errors import BadIdNumber
from bot.records.id_number import masked_id, read_id_number
from bot.records.person_name import fault_of_name, masked_name, tidy_name

TODAY = date(2021, 12, 1)


def valid(first17: str) -> str:
    return first17 + ric.calc_check_digit(first17 + "0")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "没有身份证号"),
        ("34069919500307", "14位"),
        ("王桂兰", "不该有的字"),
        (GUILAN[:-1] + ("1" if GUILAN[-1] != "1" else "2"), "校验位不对"),
        ("340699195003081000", "Excel"),
        ("3.40699195003071E+17", "科学计数法"),
        (valid("34069919501307123"), "不是日历上的日子"),
        (valid("34069920211202123"), "还没到"),
        (valid("34069918001202123"), "太早"),
        (valid("99069919501202123"), "前两位"),
    ],
)
def test_a_number_that_cannot_be_one_is_refused_with_the_reason_and_never_repeated(text: str, reason: str) -> None:
    with pytest.raises(BadIdNumber, match=reason) as caught:
        read_id_number(text, TODAY)
    assert len(text) < 14 or text[6:14] not in str(caught.value)


@pytest.mark.parametrize("region", ["810000", "820000", "830000", "710000", "911100", "110103", "340699"])
def test_residence_permits_and_abolished_counties_are_taken(region: str) -> None:
    number = valid(f"{region}19500307123")
    assert read_id_number(number, TODAY).text == number


def test_a_number_is_read_however_it_is_written() -> None:
    number = valid("34069919500307105")
    wide = number.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    for text in (number, number.lower(), wide, spaced, f"'{number}", f"\ufeff{number}\t"):
        assert read_id_number(text, TODAY).text == number


def test_an_old_number_of_15_digits_becomes_that_of_18() -> None:
    found = read_id_number("340699500307123", TODAY)
    assert (found.text, found.was_old, found.birth_date) == (id_number(), True, date(1950, 3, 7))


def test_a_number_shows_its_first_and_last_character_only() -> None:
    found = read_id_number(GUILAN, TODAY)
    assert found.masked == f"3{'*' * 16}{GUILAN[-1]}"
    assert GUILAN not in repr(found)
    assert masked_id("12") == "**"


@pytest.mark.parametrize(
    ("text", "name"),
    [("王 桂　兰", "王桂兰"), ("古丽.阿依", "古丽·阿依"), ("古丽•阿依", "古丽·阿依"), ("Li  Lei", "Li Lei")],
)
def test_a_name_has_one_spelling(text: str, name: str) -> None:
    assert tidy_name(text) == name
    assert fault_of_name(name) is None


@pytest.mark.parametrize("name", ["", "王3", "=SUM(A1)", "<b>", "王" * 61, "、", "王\x00兰"])
def test_what_is_no_name_is_told(name: str) -> None:
    assert fault_of_name(name)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王", "*"), ("王兰", "王*"), ("王桂兰", "王*兰"), ("古丽·阿依", "古***依"), ("周桂英（虚构）", "周*英")],
)
def test_a_name_is_masked(name: str, shown: str) -> None:
    assert masked_name(name) == shown
