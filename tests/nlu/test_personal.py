"""Nothing personal is left in the text that others read, and identity numbers are checked as GB 11643 wants."""

from __future__ import annotations

from datetime import date

import pytest
from stdnum.cn import ric

from nlu.personal import CARD, ID, NAME, PHONE, is_identity_number, screen

TODAY = date(2022, 11, 1)


def _number(first_17: str) -> str:
    """An identity number with its right check digit; the persons are invented."""
    return first_17 + ric.calc_check_digit(first_17 + "0")


VALID = _number("11010519491231002")
FUTURE = _number("11010520221102001")


@pytest.mark.parametrize(
    ("text", "screened"),
    [
        (f"身份证{VALID[:6]} {VALID[6:14]} {VALID[14:]}查一下", f"身份证{ID}查一下"),
        (f"{VALID[:6]}-{VALID[6:10]}-{VALID[10:14]}-{VALID[14:]}", ID),
        (f"号码{VALID.lower()}，", f"号码{ID}，"),
        ("110105491231002", ID),
        ("电话13812345678打我", f"电话{PHONE}打我"),
        ("138 1234 5678", PHONE),
        ("0561-6888123", PHONE),
        ("卡号6222021234567890128", f"卡号{CARD}"),
        ("我叫王桂兰", f"我叫{NAME}"),
        ("姓名：欧阳娜娜，帮我查", f"姓名：{NAME}，帮我查"),
        ("名字是李四的查一下", f"名字是{NAME}的查一下"),
        ("我妈叫刘桂芬，今年70", f"我妈叫{NAME}，今年70"),
        (f"我是王桂兰，身份证{VALID}", f"我是{NAME}，身份证{ID}"),
        ("李建国交了吗", f"{NAME}交了吗"),
        ("帮我查一下张伟的医保交了没有", f"帮我查一下{NAME}的医保交了没有"),
        ("我们村周小明2022年交没交", f"我们村{NAME}2022年交没交"),
        ("王芳家的交了没", f"{NAME}家的交了没"),
        ("看看欧阳建国的参保状态", f"看看{NAME}的参保状态"),
        # not personal
        ("马上交了吗", "马上交了吗"),
        ("农合还买吗", "农合还买吗"),
        ("于去年交了钱了没", "于去年交了钱了没"),
        ("那单位交了没有", "那单位交了没有"),
        ("江苏的医保交了吗", "江苏的医保交了吗"),
        ("交了350 320 400 280 695", "交了350 320 400 280 695"),
        ("20220308 20220401", "20220308 20220401"),
        ("我叫什么", "我叫什么"),
        ("名字写错了，建华的华", "名字写错了，建华的华"),
        ("村里叫我交钱", "村里叫我交钱"),
        ("打12393", "打12393"),
        ("身份证后四位1234", "身份证后四位1234"),
    ],
)
def test_personal_values_give_way_to_placeholders(text: str, screened: str) -> None:
    found = screen(text, TODAY)
    assert found.text == screened
    assert not found.bad_id


def test_values_are_handed_on_in_the_order_of_their_placeholders() -> None:
    found = screen(f"我叫王桂兰，电话13812345678，身份证{VALID}", TODAY)
    assert found.text == f"我叫{NAME}，电话{PHONE}，身份证{ID}"
    assert found.values == ("王桂兰", "13812345678", VALID)


@pytest.mark.parametrize(
    "text", [f"身份证{VALID[:-1]}1", "身份证11010519491231", f"我的号{FUTURE}", "身份证99999919491231002X"]
)
def test_a_wrong_identity_number_is_hidden_and_said_to_be_wrong(text: str) -> None:
    found = screen(text, TODAY)
    assert found.bad_id
    assert ID in found.text
    assert not any(len(run) > 6 for run in "".join(c if c.isdigit() else " " for c in found.text).split())


@pytest.mark.parametrize(
    "first_17", ["81000019940823002", "82000019900101001", "83000019920130002", "32022319900101001"]
)
def test_numbers_that_python_stdnum_refuses_are_taken(first_17: str) -> None:
    # residents' permits of Hong Kong, Macau and Taiwan; a county code that was abolished
    assert is_identity_number(_number(first_17), TODAY)


@pytest.mark.parametrize(
    "number", [FUTURE, _number("11010519490231002"), VALID[:-1] + "2", "1101054912310", "001105491231002"]
)
def test_numbers_that_cannot_be_are_refused(number: str) -> None:
    assert not is_identity_number(number, TODAY)


def test_a_child_born_today_has_a_number_and_one_born_tomorrow_has_not() -> None:
    assert is_identity_number(_number("11010520221101001"), TODAY)
    assert not is_identity_number(FUTURE, TODAY)
