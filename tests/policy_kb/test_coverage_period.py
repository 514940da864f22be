"""From when until when a payment covers, on the days where that changes, and where the notice does not say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from held_notices import clauses, day, known, ruled, rules_applied, rules_of, when

from policy_kb.coverage import add_months, cover, payable
from policy_kb.decision import Cover, Decision, TwoDays
from policy_kb.model import CoverageRule, WaitingRule
from policy_kb.times import AfterPayment, Growth


def paid(notice: str, text: str, **facts: object) -> Decision[Cover]:
    return cover(rules_of(notice), known(**facts), day(text))


def covering(starts: Any, ends: Any = None, waiting: tuple[WaitingRule, ...] = ()) -> Any:
    rule = CoverageRule(id="cover", cites=(), starts=day(starts) if starts[:2] == "20" else starts, ends=ends)
    return ruled(coverage=(rule,), waiting=waiting)


@pytest.mark.parametrize(
    ("notice", "text", "facts", "safe"),
    [
        ("suixi-2022", "2021-12-31", {}, "2022-01-01"),
        ("suixi-2022", "2022-01-01", {"migrant_worker": True}, "2022-01-02"),
        ("suixi-2022", "2022-02-28", {"migrant_worker": True}, "2022-03-01"),
        ("huaiyuan-2025", "2024-12-31", {}, "2025-01-01"),
        ("huaiyuan-2025", "2025-02-28", {"migrant_worker": True}, "2025-03-01"),
        ("huaiyuan-2025", "2025-06-30", {"migrant_worker": False, "category": ["刑满释放人员"]}, "2025-07-01"),
        ("mancheng-2023", "2022-12-25", {}, "2023-01-01"),
        ("xingyi-2022", "2022-02-28", {"student": "none"}, "2022-01-01"),
        ("xingyi-2022", "2022-09-15", {"student": "graduate", "university_here": True}, "2022-09-01"),
    ],
)
def test_cover_starts_as_the_clause_says(notice: str, text: str, facts: dict[str, object], safe: str) -> None:
    decision = paid(notice, text, **facts)
    assert decision.value is not None
    assert decision.value.starts is not None
    assert (decision.outcome, decision.value.starts.safe) == ("decided", day(safe))


@pytest.mark.parametrize(
    ("text", "safe", "other"), [("2022-03-01", "2022-05-31", "2022-05-30"), ("2022-09-30", "2022-12-30", "2022-12-29")]
)
def test_full_ninety_days_are_counted_both_ways_the_later_first(text: str, safe: str, other: str) -> None:
    facts = {"student": "none", "category": [], "gap_months": 12, "newborn": False}
    value = paid("xingyi-2022", text, **facts).value
    assert value == Cover(TwoDays(day(safe), day(other)), day("2022-12-31"), waits_days=90)


def test_the_exempt_do_not_wait_though_no_day_is_given() -> None:
    for facts in ({"newborn": True}, {"gap_months": 3, "newborn": False}, {"category": ["农村低收入人口"]}):
        value = paid("xingyi-2022", "2022-04-01", student="none", **facts).value
        assert value == Cover(None, day("2022-12-31"), at_once=True), facts


def test_a_gap_just_over_three_months_is_no_exemption() -> None:
    value = paid("xingyi-2022", "2022-04-01", student="none", category=[], newborn=False, gap_months=3.02).value
    assert value is not None
    assert value.waits_days == 90


def test_an_ordinary_person_who_pays_too_late_is_told_nothing() -> None:
    decision = paid("suixi-2022", "2022-01-01", migrant_worker=False, category=[], previous_status="resident")
    assert (decision.outcome, decision.value) == ("silent", None)
    assert paid("mancheng-2023", "2022-12-26").outcome == "silent"
    assert paid("xingyi-2022", "2022-10-01", student="none").outcome == "silent"


def test_what_turns_on_having_worked_away_is_asked() -> None:
    decision = paid("huaiyuan-2025", "2025-01-15", category=[])
    assert decision.ask == "migrant_worker"
    assert [one.decision.outcome for one in decision.branches] == ["decided", "silent"]


def test_without_a_day_of_payment_each_stretch_of_days_is_followed_up() -> None:
    decision = cover(rules_of("mancheng-2023"), {})
    assert decision.ask == "paid_on"
    assert [(one.value, one.decision.outcome) for one in decision.branches] == [
        (day("2022-12-25"), "decided"),
        (day("2022-12-26"), "silent"),
    ]


def test_the_end_not_stated_is_not_made_up() -> None:
    value = paid("suixi-2022", "2021-11-01").value
    assert value is not None
    assert value.ends is None
    assert "五" in clauses(paid("suixi-2022", "2021-11-01"))


@pytest.mark.parametrize("text", ["2019-05-01", "2020-12-31", "2023-01-01", "2030-05-01"])
def test_a_payment_of_other_years_is_no_payment_for_this_one(text: str) -> None:
    assert paid("suixi-2022", text, migrant_worker=True) == Decision("silent")
    assert not payable(rules_of("suixi-2022"), day(text))


def test_an_open_ended_late_rule_ends_with_the_year() -> None:
    facts = {"category": ["退役军人"], "migrant_worker": False}
    assert paid("huaiyuan-2025", "2025-12-30", **facts).outcome == "decided"
    assert paid("huaiyuan-2025", "2026-01-01", **facts).outcome == "silent"


@pytest.mark.parametrize(
    ("starts", "safe", "other"),
    [
        ("day_of_payment", "2031-02-28", None),
        ("day_after_payment", "2031-03-01", None),
        ("2031-04-01", "2031-04-01", None),
    ],
)
def test_every_way_to_start_is_understood(starts: str, safe: str, other: str | None) -> None:
    value = cover(covering(starts), {}, day("2031-02-28")).value
    assert value == Cover(TwoDays(day(safe), day(other) if other else None), None)


@pytest.mark.parametrize(
    ("counts_from", "text", "safe", "other"),
    [
        (None, "2031-02-28", "2031-05-29", "2031-05-28"),
        ("day_of_payment", "2031-02-28", "2031-05-28", None),
        ("day_after_payment", "2031-02-28", "2031-06-01", None),
        ("day_after_payment", "2031-03-10", "2031-06-11", None),
        (day("2031-01-01"), "2030-10-08", "2031-04-01", None),
    ],
)
def test_a_wait_counts_from_the_day_the_notice_names(counts_from: Any, text: str, safe: str, other: str | None) -> None:
    wait = WaitingRule(id="wait", cites=(), months=3)
    for starts, waiting in ((AfterPayment(months=3), ()), ("after_waiting", (wait,))):
        rule = CoverageRule(id="cover", cites=(), starts=starts, counts_from=counts_from)  # type: ignore[arg-type]
        value = cover(ruled(coverage=(rule,), waiting=waiting), {}, day(text)).value
        assert value == Cover(TwoDays(day(safe), day(other) if other else None), None, waits_months=3)


def test_months_after_payment_end_with_the_month_where_it_is_short() -> None:
    rules = ruled(coverage=(CoverageRule(id="cover", cites=(), starts=AfterPayment(months=3)),))
    value = cover(rules, {}, day("2030-11-30")).value
    assert value == Cover(TwoDays(day("2031-03-01"), day("2031-02-28")), None, waits_months=3)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2031-01-31", 1, "2031-02-28"), ("2032-01-31", 1, "2032-02-29"), ("2031-12-15", 1, "2032-01-15"),
        ("2031-03-31", -1, "2031-02-28"), ("2031-05-05", 0, "2031-05-05"), ("2030-11-30", 15, "2032-02-29"),
    ],
)  # fmt: skip
def test_months_are_added_to_the_same_day_or_the_months_last(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


def test_cover_from_birth_needs_the_birth_date() -> None:
    assert cover(covering("day_of_birth"), {}, day("2031-02-28")).ask == "birth_date"
    value = cover(covering("day_of_birth"), known(birth_date="2031-01-05"), day("2031-02-28")).value
    assert value == Cover(TwoDays(day("2031-01-05")), None)


def test_after_waiting_the_wait_is_added_to_the_day_of_payment() -> None:
    wait = WaitingRule(id="wait", cites=(), months=3, more=Growth("missed_years", months=1))
    rules = covering("after_waiting", "end_of_year", (wait,))
    value = cover(rules, known(missed_years=2), day("2031-03-10")).value
    assert value == Cover(TwoDays(day("2031-08-11"), day("2031-08-10")), day("2031-12-31"), waits_months=5)
    assert cover(rules, {}, day("2031-03-10")).ask == "missed_years"


def test_after_no_wait_cover_starts_at_once() -> None:
    rules = covering("after_waiting", "end_of_year", (WaitingRule(id="none", cites=()),))
    assert cover(rules, {}, day("2031-03-10")).value == Cover(None, day("2031-12-31"), at_once=True)


def test_where_no_wait_is_set_for_the_person_only_the_end_is_known() -> None:
    rules = covering(
        "after_waiting", "end_of_year", (WaitingRule(id="long", cites=(), when=when(gap_months=">3"), months=6),)
    )
    decision = cover(rules, known(gap_months=1), day("2031-03-10"))
    assert (decision.outcome, decision.value) == ("silent", Cover(None, day("2031-12-31")))
    assert rules_applied(decision) == ["cover"]


def test_cover_that_would_start_after_its_end_is_not_promised() -> None:
    rules = ruled(coverage=(CoverageRule(id="cover", cites=(), starts=AfterPayment(days=90), ends="end_of_year"),))
    last = date(2031, 12, 31).toordinal() - 91
    assert cover(rules, {}, date.fromordinal(last)).outcome == "decided"
    too_late = cover(rules, {}, date.fromordinal(last + 1))
    assert (too_late.outcome, too_late.value, rules_applied(too_late)) == ("silent", None, ["cover"])


def test_no_rule_no_cover() -> None:
    assert cover(ruled(), {}, day("2031-01-05")) == Decision("silent")
