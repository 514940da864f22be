"""Messages in every form people type or speak come out in one form, and noise never hides what was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalise import EDGE, LONGEST, READ_WHOLE, clipped, normalise, without_fillers


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("醫保繳費要交多少錢？？？", "医保缴费要交多少钱？"),
        ("城 乡 居 民 医 保", "城乡居民医保"),
        ("ＡＢＣ１２３", "ABC123"),
        ("低保户要交多少😀呢~~", "低保户要交多少呢"),
        ("\ud800 医保", "医保"),
        ("医\u200b保\u202e\x00费", "医保费"),
        ("①", "1"),
        ("320.5元,交吗", "320.5元，交吗"),
        ("交1,000元", "交1,000元"),
        ("2022-03-08", "2022-03-08"),
        ("我是大学生 工作还没找到 医保断了", "我是大学生，工作还没找到，医保断了"),
        ("低保户，断了，能补缴吗 几天以后能用", "低保户，断了，能补缴吗，几天以后能用"),
        ("号码 110105 19491231 002X", "号码110105 19491231 002X"),
        ("是这样的么", "是这样的么"),
        ("程序依据哪份文件", "程序依据哪份文件"),
        ("看著急", "看着急"),
        ("浪个办嘛", "啷个办嘛"),
        ("囊个才能交起", "啷个才能交起"),
        ("那个浪个性", "那个浪个性"),
        ("著名的医院", "著名的医院"),
        ("第一行\r\n\r\n 第二行", "第一行\n第二行"),
        ("等等……医保呢。。。", "等等，医保呢"),
    ],
)
def test_one_form_for_every_way_of_writing(raw: str, clean: str) -> None:
    assert normalise(raw).text == clean
    assert normalise(raw).fault is None


@pytest.mark.parametrize("raw", ["", "   ", "？？", "😀😀😀", "\n\t", "\u200b\ufeff", "\ud83d"])
def test_nothing_readable_is_the_fault_empty(raw: str) -> None:
    assert normalise(raw).fault == "empty"


def test_a_message_above_the_limit_is_too_long_and_one_at_the_limit_is_not() -> None:
    assert normalise("医" * (LONGEST + 1)).fault == "too_long"
    assert normalise("医" * LONGEST).fault is None


def test_of_a_very_long_letter_both_ends_are_kept() -> None:
    text = "甲" * READ_WHOLE + "乙"
    assert clipped(text) == "甲" * EDGE + "。" + "甲" * (EDGE - 1) + "乙"
    assert clipped("甲" * READ_WHOLE) == "甲" * READ_WHOLE


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("喂，您好，请问一下，我外婆特困", "我外婆特困"),
        ("请问一下今年收多少", "今年收多少"),
        ("那个特困呢", "特困呢"),
        ("这个月交行吗", "这个月交行吗"),
        ("那个月交的", "那个月交的"),
        ("老师收不收医保费", "老师收不收医保费"),
        ("师傅，医保在哪交", "医保在哪交"),
        # never when they are all there is
        ("你好", "你好"),
        ("喂", "喂"),
        ("那个", "那个"),
        ("在吗", "在吗"),
    ],
)
def test_fillers_go_unless_they_are_all_there_is(text: str, left: str) -> None:
    assert without_fillers(text) == left


@given(st.text(max_size=300))
def test_any_text_is_cleaned_without_an_error_and_cleaning_settles(raw: str) -> None:
    once = normalise(raw)
    assert not any(0xD800 <= ord(c) <= 0xDFFF for c in once.text)
    assert (once.fault == "empty") == (not any(c.isalnum() for c in once.text))
