"""Two days of payment held against one another in money, and a day on which only some can pay."""

from __future__ import annotations

from datetime import date

import pytest
from talk import HUAIYUAN, MANCHENG, XINGYI, at, first_line

JUNE = date(2022, 6, 29)


@pytest.mark.parametrize("text", ["我6月29号交和7月1号交，钱上有啥子区别？", "低保户6月29号交和7月1号交，价钱一样不"])
def test_the_day_from_which_the_subsidy_is_borne_too_is_told_first(text: str) -> None:
    reply = at(XINGYI, JUNE).say(text, "premium_tiers")
    assert first_line(reply) == "7月1日缴，财政补助那份也要自己出"
    assert "全额由个人承担" in reply.text
    assert "三（一）" in {one.clause for one in reply.citations}


def test_without_a_word_of_money_cover_leads_and_the_subsidy_is_told_with_it() -> None:
    reply = at(XINGYI, JUNE).say("6月29号交和7月1号交有啥区别", "premium_tiers")
    assert first_line(reply) == "6月29日缴：9月28日起，7月1日缴：9月30日起"
    assert "不享受财政补助" in reply.text


def test_the_same_sum_on_both_days_is_said_to_be_the_same() -> None:
    reply = at(MANCHENG, date(2022, 11, 10)).say("11月20号交和12月20号交钱一样吗", "window")
    assert first_line(reply) == "交的钱一样，都是350元"


def test_who_alone_can_pay_on_a_day_is_named() -> None:
    reply = at(HUAIYUAN, date(2024, 11, 8)).say("12月31号交和1月5号交有啥区别", "window")
    assert "2025年1月5日只有这些人能缴：春节返乡的外出务工人员" in reply.text
