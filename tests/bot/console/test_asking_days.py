"""The picture over payment days: what it says for each notice, for late payers, newborns and closed days."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from bot.composition import knowledge
from bot.console.asking.payment_days import WIDTH, Bar, bars
from dialogues.state import State
from policy_kb.facts import FactValue


def told(notice: str, topic: str = "premium", on: date | None = None, **said: FactValue) -> tuple[Bar, ...]:
    kb = knowledge()
    policy = kb.notices[notice]
    return bars(kb, policy, State(said=said), topic, on or date(policy.rules.year - 1, 11, 20))


def rows(notice: str, topic: str = "premium", **said: FactValue) -> list[tuple[str, str, str, str]]:
    return [(one.first.isoformat(), one.kind, one.pays, one.covers) for one in told(notice, topic, **said)]


@pytest.mark.parametrize("notice", sorted(knowledge().notices))
@pytest.mark.parametrize("said", [{}, {"category": ("低保对象",)}, {"newborn": True, "birth_date": date(2022, 1, 5)}])
def test_the_stretches_follow_one_another_without_a_gap_up_to_the_years_end(
    notice: str, said: dict[str, FactValue]
) -> None:
    found = told(notice, **said)
    for one, after in itertools.pairwise(found):
        assert (after.first - one.last).days == 1
    if found:
        assert found[-1].last == date(knowledge().notices[notice].rules.year, 12, 31)
        assert found[0].x == 0
        assert found[-1].x + found[-1].width == pytest.approx(WIDTH, abs=4)
    assert sum(one.today for one in found) <= 1


def test_suixi_late_payers_are_told_who_may_and_from_when() -> None:
    assert rows("suixi-2022") == [
        ("2021-10-01", "open", "交320元", "2022年1月1日起能用"),
        ("2022-01-01", "part", "只有在外务工返乡能缴：交320元", "缴费第二天起能用"),
        (
            "2022-03-01",
            "part",
            "过了缴费期，一般不能缴。另有规定的：允许在非集中参保期参保缴费的人；集中参保期过后才认定的定额资助对象",
            "看是什么人",
        ),
    ]


def test_mancheng_closed_days_stand_between_and_say_when_it_goes_on() -> None:
    found = rows("mancheng-2023", category=("低保对象",))
    assert found[0][1:] == ("open", "交35元", "2023年1月1日起能用")
    assert found[1] == ("2022-11-26", "shut", "结算期，不办缴费，2022年12月1日起再缴", "—")
    assert found[2][0] == "2022-12-01"
    assert "河北省有关规定" in found[3][2]


def test_xingyi_tiers_waiting_and_subsidy_are_told() -> None:
    found = rows("xingyi-2022")
    assert found[0][1:3] == ("shut", "还没开始，2021年12月1日起缴")
    assert found[1] == ("2021-12-01", "open", "一档：交320元；二档：交695元", "2022年1月1日起能用")
    assert found[2][3] == "缴费满90天后能用（3月1日缴，2022年5月31日起；6月30日缴，2022年9月29日起）"
    assert "另加财政补助那一份" in found[3][2]
    assert found[4][1:3] == ("shut", "过了缴费期，不能缴")
    assert rows("xingyi-2022", tier="二档")[1][2] == "交695元"


def test_dazhu_says_what_its_notice_leaves_open() -> None:
    found = rows("dazhu-2022")
    assert found[0][1:] == ("open", "交320元", "从哪天起通知没有写")
    assert found[1][1] == "part"
    assert "《达州市城乡居民基本医疗保险管理办法》" in found[1][2]


def test_huaiyuan_late_payers_of_a_category_are_told_by_what_opens_it() -> None:
    late = rows("huaiyuan-2025", category=("低保对象",))[2]
    assert late[1] == "part"
    assert "今年新认定" in late[2]
    assert "不是自己的原因" in late[2]
    assert late[3] == "缴费第二天起能用"


@pytest.mark.parametrize(
    ("notice", "birth", "until", "late"),
    [
        ("suixi-2022", date(2022, 1, 5), "2022-04-05", "超过期限：缴费第二天起能用，之前花的不算"),
        ("huaiyuan-2025", date(2025, 1, 5), "2025-04-05", "超过期限：缴费第二天起能用，之前花的不算"),
        ("mancheng-2023", date(2023, 1, 5), "2023-07-04", "超过期限：从哪天起通知没有写"),
    ],
)
def test_a_newborn_has_days_of_its_own_with_the_doubtful_one_marked(
    notice: str, birth: date, until: str, late: str
) -> None:
    in_time, doubtful, after = rows(notice, "newborn", birth_date=birth)
    assert (in_time[0], in_time[1]) == (birth.isoformat(), "open")
    assert in_time[3].startswith("从出生那天")
    assert (doubtful[0], doubtful[1]) == (until, "part")
    assert "先问清楚" in doubtful[3]
    assert (after[1], after[3]) == ("part", late)


def test_a_late_newborn_of_xingyi_hangs_on_the_guardian() -> None:
    after = rows("xingyi-2022", "newborn", birth_date=date(2022, 1, 5))[-1]
    assert "父母交了：随监护人自动参保" in after[3]
    assert "父母没交：超过期限" in after[3]


@pytest.mark.parametrize("birth", [date(2019, 1, 5), date(2030, 1, 1)])
def test_a_birth_that_the_notice_does_not_speak_of_has_no_picture(birth: date) -> None:
    assert told("suixi-2022", "newborn", birth_date=birth) == ()


def test_questions_that_hang_on_no_day_have_no_picture() -> None:
    assert told("suixi-2022", "refund") == ()
    assert told("suixi-2022", "newborn") == ()


def test_long_before_the_window_only_the_last_weeks_are_shown() -> None:
    assert told("suixi-2022", on=date(2021, 1, 1))[0].first == date(2021, 8, 2)
