"""Newborns: the last day both ways it can be counted, what follows after it, which years to pay, whom the notice means."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from held_notices import clauses, day, known, ruled, rules_applied, rules_of, when

from policy_kb.decision import Cover, Decision, NewbornDecision, TwoDays
from policy_kb.model import NewbornRule, PremiumRule
from policy_kb.newborn import newborn, newborn_fee


def born(notice: str, birth: str | None, today: str, **facts: object) -> Decision[NewbornDecision]:
    more = {"birth_date": birth} if birth else {}
    return newborn(rules_of(notice), known(**more, **facts), day(today))


def decided(notice: str, birth: str, today: str, **facts: object) -> NewbornDecision:
    decision = born(notice, birth, today, **facts)
    assert decision.outcome == "decided"
    assert decision.value is not None
    return decision.value


DEADLINE = NewbornRule(id="deadline", cites=(), kind="deadline", days=90, starts="day_of_birth")
LATE = NewbornRule(id="late", cites=(), kind="late", starts="day_after_payment")


@pytest.mark.parametrize(
    ("notice", "birth", "safe", "other"),
    [
        ("suixi-2022", "2022-01-01", "2022-03-31", "2022-04-01"),
        ("suixi-2022", "2021-12-31", "2022-03-30", "2022-03-31"),
        ("huaiyuan-2025", "2024-02-29", "2024-05-28", "2024-05-29"),
        ("xingyi-2022", "2022-12-31", "2023-03-30", "2023-03-31"),
        ("mancheng-2023", "2022-11-30", "2023-05-28", "2023-05-29"),
    ],
)
def test_the_last_day_is_counted_with_and_without_the_day_of_birth(
    notice: str, birth: str, safe: str, other: str
) -> None:
    assert decided(notice, birth, birth).deadline == TwoDays(day(safe), day(other))


def test_paid_in_time_covers_from_birth() -> None:
    value = decided("suixi-2022", "2022-01-01", "2022-03-31")
    assert (value.in_time, value.starts) == (True, "day_of_birth")
    assert value.cover == Cover(TwoDays(day("2022-01-01")), None)


def test_on_the_day_in_time_by_one_count_only_the_late_start_is_the_safe_one() -> None:
    value = decided("suixi-2022", "2022-01-01", "2022-04-01")
    assert value.in_time is True
    assert value.cover == Cover(TwoDays(day("2022-04-02"), day("2022-01-01")), None)


def test_paid_late_covers_from_the_day_after() -> None:
    value = decided("suixi-2022", "2022-01-01", "2022-04-02")
    assert (value.in_time, value.starts) == (False, "day_after_payment")
    assert value.cover == Cover(TwoDays(day("2022-04-03")), None)


def test_the_day_of_payment_counts_not_the_day_of_asking() -> None:
    assert decided("suixi-2022", "2022-01-01", "2022-08-01", paid_on="2022-03-31").in_time is True


def test_late_where_the_notice_says_nothing_of_it_has_no_start() -> None:
    value = decided("mancheng-2023", "2023-01-01", "2023-08-01")
    assert (value.in_time, value.starts, value.cover) == (False, None, None)


def test_without_a_birth_date_the_days_alone_are_told() -> None:
    for notice, days in (("suixi-2022", 90), ("huaiyuan-2025", 90), ("xingyi-2022", 90), ("mancheng-2023", 180)):
        decision = born(notice, None, "2022-05-01")
        assert decision.value is not None
        assert (decision.outcome, decision.value.days, decision.value.deadline) == ("decided", days, None)


def test_a_guardians_payment_covers_the_late_child_from_birth() -> None:
    decision = born("xingyi-2022", "2022-03-01", "2022-08-01", guardian_insured=True)
    assert decision.value is not None
    assert (decision.value.in_time, decision.value.automatic) == (False, True)
    assert (decision.value.starts, decision.value.cover) == ("day_of_birth", Cover(TwoDays(day("2022-03-01")), None))
    assert rules_applied(decision) == ["newborn-deadline", "newborn-automatic"]
    assert "三（一）" in clauses(decision)


def test_without_a_guardians_payment_the_late_child_has_no_start() -> None:
    value = decided("xingyi-2022", "2022-03-01", "2022-08-01", guardian_insured=False)
    assert (value.automatic, value.cover) == (False, None)


def test_late_it_turns_on_the_guardian_and_what_holds_anyway_is_told() -> None:
    decision = born("xingyi-2022", "2022-03-01", "2022-08-01")
    assert (decision.outcome, decision.ask) == ("depends", "guardian_insured")
    assert [one.decision.value.automatic for one in decision.branches if one.decision.value] == [True, False]
    assert decision.value is not None
    assert (decision.value.in_time, decision.value.deadline) == (False, TwoDays(day("2022-05-29"), day("2022-05-30")))
    assert (decision.value.cover, decision.value.automatic) == (None, None)


def test_in_time_nobody_is_asked_about_the_guardian() -> None:
    value = decided("xingyi-2022", "2022-03-01", "2022-05-01")
    assert (value.in_time, value.automatic) == (True, None)
    assert value.cover == Cover(TwoDays(day("2022-03-01")), day("2022-12-31"))


@pytest.mark.parametrize(
    ("birth", "outcome"), [("2021-12-31", "silent"), ("2022-01-01", "decided"), ("2022-12-31", "decided")]
)
def test_a_notice_for_the_births_of_one_year_is_silent_on_others_and_cites_why(birth: str, outcome: str) -> None:
    decision = born("xingyi-2022", birth, birth)
    assert decision.outcome == outcome
    assert "二（一）" in clauses(decision)


@pytest.mark.parametrize("birth", ["2019-05-01", "2020-12-31", "2023-01-01", "2031-01-01"])
def test_a_child_of_quite_other_years_is_no_newborn_of_this_notice(birth: str) -> None:
    assert born("suixi-2022", birth, birth).outcome == "silent"


def test_births_of_the_year_before_pay_both_years_where_the_notice_says_so() -> None:
    value = decided("huaiyuan-2025", "2024-10-01", "2024-11-01")
    assert (value.years, value.fees) == ((2024, 2025), ((2024, Decimal(380)), (2025, Decimal(400))))
    assert decided("huaiyuan-2025", "2025-01-01", "2025-01-02").fees == ((2025, Decimal(400)),)


def test_both_years_are_due_where_birth_and_payment_straddle_the_year() -> None:
    straddling = decided("mancheng-2023", "2022-12-20", "2023-01-05")
    assert (straddling.years, straddling.fees) == ((2022, 2023), ((2022, None), (2023, Decimal(350))))
    assert decided("mancheng-2023", "2022-12-20", "2022-12-31").years == (2022,)


def test_a_fee_not_set_apart_is_the_general_premium_of_the_notices_year_only() -> None:
    assert decided("suixi-2022", "2022-02-01", "2022-02-02").fees == ((2022, Decimal(320)),)
    assert decided("suixi-2022", "2021-12-01", "2021-12-02").fees == ((2021, None),)


def test_a_fee_that_turns_on_the_tier_is_left_open_without_asking() -> None:
    assert decided("xingyi-2022", "2022-02-01", "2022-02-02").fees == ((2022, None),)
    assert decided("xingyi-2022", "2022-02-01", "2022-02-02", tier="一档").fees == ((2022, Decimal(320)),)


def test_the_fee_is_told_without_a_birth_date() -> None:
    own = NewbornRule(id="fee", cites=(), kind="fee", year=2031, amount=Decimal(370))
    rules = ruled(newborn=(DEADLINE, own), premium=(PremiumRule(id="all", cites=(), amount=Decimal(400)),))
    assert newborn_fee(rules, {}, 2031) == Decimal(370)
    assert newborn_fee(rules, {}, 2030) is None


@pytest.mark.parametrize(
    ("counts", "safe", "other"),
    [(None, "2031-05-01", "2031-05-02"), (True, "2031-05-01", None), (False, "2031-05-02", None)],
)
def test_a_notice_may_say_whether_the_day_of_birth_counts(counts: bool | None, safe: str, other: str | None) -> None:
    rule = replace(DEADLINE, birth_day_counts=counts)
    rules = ruled(newborn=(rule, LATE))
    value = newborn(rules, known(birth_date="2031-02-01"), day("2031-02-02")).value
    assert value is not None
    assert value.deadline == TwoDays(day(safe), day(other) if other else None)
    days = (day(other or safe), day(other or safe) + timedelta(days=1))
    in_time = [newborn(rules, known(birth_date="2031-02-01"), on).value for on in days]
    assert [one.in_time for one in in_time if one] == [True, False]


def test_a_newborn_pays_no_students_and_no_elders_premium() -> None:
    premium = (
        PremiumRule(id="students", cites=(), when=when(student="pupil"), amount=Decimal(100)),
        PremiumRule(id="elders", cites=(), when=when(age={"on": "2031-01-01", "is": ">=60"}), amount=Decimal(200)),
        PremiumRule(id="all", cites=(), amount=Decimal(300)),
    )
    value = newborn(
        ruled(newborn=(DEADLINE,), premium=premium), known(birth_date="2031-02-01"), day("2031-02-02")
    ).value
    assert value is not None
    assert value.fees == ((2031, Decimal(300)),)


def test_rules_that_differ_in_days_ask_for_what_tells_them_apart() -> None:
    local = NewbornRule(
        id="local", cites=(), kind="deadline", days=180, when=when(hukou="local"), starts="day_of_birth"
    )
    decision = newborn(ruled(newborn=(local, DEADLINE)), {}, day("2031-02-02"))
    assert decision.ask == "hukou"
    assert {one.value: one.decision.value.days for one in decision.branches if one.decision.value} == {
        "local": 180,
        "nonlocal": 90,
    }


def test_a_deadline_left_to_another_paper_names_it() -> None:
    rule = NewbornRule(id="deadline", cites=(), kind="deadline", left_to="省里的办法")
    decision = newborn(ruled(newborn=(rule,)), known(birth_date="2031-02-01"), day("2031-02-02"))
    assert (decision.outcome, decision.document) == ("left_to", "省里的办法")


def test_lateness_left_to_another_paper_names_it() -> None:
    late = NewbornRule(id="late", cites=(), kind="late", left_to="省里的办法")
    decision = newborn(ruled(newborn=(DEADLINE, late)), known(birth_date="2031-02-01"), day("2031-08-01"))
    assert (decision.outcome, decision.document) == ("decided", "省里的办法")


def test_a_start_that_is_not_stated_is_not_made_up() -> None:
    rule = NewbornRule(id="deadline", cites=(), kind="deadline", days=90)
    value = newborn(ruled(newborn=(rule,)), known(birth_date="2031-02-01"), day("2031-02-02")).value
    assert value is not None
    assert (value.in_time, value.starts, value.cover) == (True, None, None)


def test_a_county_with_automatic_cover_and_no_deadline_is_understood() -> None:
    automatic = NewbornRule(
        id="automatic", cites=(), kind="automatic", when=when(guardian_insured=True), starts="day_of_birth"
    )
    rules = ruled(newborn=(automatic,))
    value = newborn(rules, known(birth_date="2031-02-01", guardian_insured=True), day("2031-12-02")).value
    assert value is not None
    assert (value.automatic, value.deadline, value.in_time) == (True, None, None)
    assert newborn(rules, known(birth_date="2031-02-01", guardian_insured=False), day("2031-12-02")).outcome == "silent"


def test_a_notice_without_rules_for_newborns_is_silent() -> None:
    assert newborn(ruled(), known(birth_date="2031-02-01"), day("2031-02-02")) == Decision("silent")
    assert newborn(rules_of("dazhu-2022"), {}, day("2022-02-02")).outcome == "silent"
