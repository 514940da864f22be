"""A break in 职工医保 lasts until the day on which 居民医保 is paid, whenever that is named."""

from __future__ import annotations

from datetime import date

import pytest
from sound_reply import faults_of
from talk import SUIXI, at, first_line

NO_WAIT = "不用等，不设等待期"


@pytest.mark.parametrize(
    ("later", "waits"),
    [("要是拖到4月底才交呢", True), ("要是3月20号才交呢", False), ("4月20号才交呢", True), ("要是明天交呢", False)],
)
def test_a_later_payment_makes_the_break_longer(later: str, waits: bool) -> None:
    talk = at(SUIXI, date(2022, 2, 15))
    told = talk.say("我在厂里职工医保连着交了三年 12月底停的 现在参加居民医保还要等吗", "waiting_period")
    assert first_line(told) == NO_WAIT
    reply = talk.say(later, "waiting_period")
    assert ("6个月" in reply.text) is waits
    assert (first_line(reply) == NO_WAIT) is not waits
    assert not faults_of(reply)


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("职工医保交了三年 断了两个月 下下个月底交要等吗", True),
        ("职工医保交了三年 9月20号停的 12月20号交要等吗", False),
        ("职工医保交了三年 9月20号停的 12月21号交要等吗", True),
    ],
)
def test_break_and_payment_told_at_once(text: str, waits: bool) -> None:
    reply = at(SUIXI, date(2021, 11, 5)).say(text, "waiting_period")
    assert ("6个月" in first_line(reply) or "6个月" in reply.text.splitlines()[1]) is waits
