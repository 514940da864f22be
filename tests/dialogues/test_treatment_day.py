"""A day on which somebody sees a doctor is held against the first day of cover, and is no day of payment."""

from __future__ import annotations

from datetime import date

import pytest
from talk import HUAIYUAN, MANCHENG, SUIXI, XINGYI, Talk, at, first_line, paid, question, resident

from dialogues.state import State
from dialogues.treatment_day import of_treatment, treatment_day


def _paying_in_january() -> Talk:
    talk = at(SUIXI, date(2021, 12, 20))
    talk.say("俺在昆山打工，过年才回去", "window")
    talk.say("要是明年1月20号交呢，从哪天能报", "coverage")
    return talk


def test_a_day_before_cover_is_told_first_and_one_in_it_too() -> None:
    talk = _paying_in_january()
    before = talk.say("那1月10号要是先看了病，那个钱可给报", "coverage")
    assert first_line(before) == "2022年1月10日不能报，1月21日起才能报"
    assert "不给结算" in before.text
    assert first_line(talk.say("那1月25号呢", "window")) == "2022年1月25日在享受期内，能按规定报"


def test_a_day_of_payment_tried_next_is_again_one_of_payment() -> None:
    talk = _paying_in_january()
    talk.say("那1月10号住院能报吗", "coverage")
    assert first_line(talk.say("要是2月20号交呢", "window")) == "待遇从2022年2月21日起"


def test_whether_the_day_of_payment_counts_leaves_one_day_doubtful() -> None:
    talk = at(XINGYI, date(2022, 3, 5))
    talk.say("4月1号交好久能报", "coverage")
    assert first_line(talk.say("6月30号住院报得不", "coverage")) == "2022年6月30日说不准，7月1日起稳妥"


def test_the_payment_on_record_is_what_a_day_of_treatment_is_held_against() -> None:
    record = resident(enrolled=[paid(2023, 350, date(2022, 11, 20))])
    talk = at(MANCHENG, date(2022, 12, 20), record)
    assert first_line(talk.say("我12月30号住院能报吗", "benefits")).startswith("2022年12月30日不能报")
    assert first_line(talk.say("1月2号呢", "off_topic", confidence=0.3)).startswith("2023年1月2日在享受期内")


def test_paying_and_being_ill_on_one_day_leaves_the_payment_as_told() -> None:
    talk = at(SUIXI, date(2022, 2, 12))
    reply = talk.say("俺2月10号交的，打工回来的，2月10号当天住的院，给报不", "coverage")
    assert first_line(reply) == "2022年2月10日不能报，2月11日起才能报"


@pytest.mark.parametrize(
    ("text", "earlier", "day"),
    [
        ("2月5号看病能报吗", "", date(2022, 2, 5)),
        ("2月5号交，能报吗", "", None),
        ("2月5号呢", "2月1号住院报不报", date(2022, 2, 5)),
        ("2月5号交呢", "2月1号住院报不报", None),
        ("2月5号呢", "2月1号交哪天能报", None),
        ("娃2月5号生的，住院能报不", "", None),
    ],
)
def test_a_day_is_one_of_treatment_by_the_words_behind_it(text: str, earlier: str, day: date | None) -> None:
    asked = question(text, "coverage", today=date(2022, 1, 20))
    assert treatment_day(asked, earlier) == day
    assert of_treatment(asked, State(question=earlier), goes_on=True) == (day is not None)


def test_a_day_without_its_month_is_of_the_month_told() -> None:
    talk = at(HUAIYUAN, date(2024, 11, 8))
    talk.say("我在外打工，1月15号交哪天能用", "coverage")
    assert first_line(talk.say("20号交呢", "window", confidence=0.4)) == "待遇从2025年1月21日起"
    assert first_line(talk.say("25号住院呢", "coverage")).startswith("2025年1月25日在享受期内")


def test_a_later_day_of_the_running_month_stays_in_it() -> None:
    talk = at(MANCHENG, date(2022, 11, 10))
    talk.say("11月20号能交吗", "window")
    assert first_line(talk.say("那25号呢", "window")).startswith("2022年11月25日可以缴")
