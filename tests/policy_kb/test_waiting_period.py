"""The waiting period: who has none, how long it is, how it grows and shrinks, and where the notice is silent."""

from __future__ import annotations

import pytest
from held_notices import clauses, known, ruled, rules_of, when

from policy_kb.decision import Decision, Wait
from policy_kb.model import Rules, WaitingRule
from policy_kb.times import Growth
from policy_kb.waiting_period import waiting_period


def wait(notice: str, **facts: object) -> Decision[Wait]:
    return waiting_period(rules_of(notice), known(**facts))


GROWING = WaitingRule(
    id="growing",
    cites=(),
    months=3,
    more=Growth("missed_years", months=1),
    less=Growth("years_paid_back", months=1),
    at_least=3,
)


def grown(missed: int, back: int, rule: WaitingRule = GROWING) -> Wait | None:
    return waiting_period(ruled(waiting=(rule,)), known(missed_years=missed, years_paid_back=back)).value


@pytest.mark.parametrize(
    ("months", "gap", "expected"),
    [
        (24, 3, Wait()),
        (30, 0.5, Wait()),
        (24, 3.02, Wait(months=6)),
        (24, 12, Wait(months=6)),
        (6, 4, Wait(months=6)),
    ],
)
def test_a_break_of_employee_insurance_decides_by_its_length(months: int, gap: float, expected: Wait) -> None:
    decision = wait("suixi-2022", previous_status="employee", employee_months=months, gap_months=gap, category=[])
    assert (decision.outcome, decision.value) == ("decided", expected)
    assert clauses(decision) == ["六（四）"]


def test_under_two_years_with_a_short_break_is_not_regulated() -> None:
    assert (
        wait("suixi-2022", previous_status="employee", employee_months=23, gap_months=2, category=[]).outcome
        == "silent"
    )


def test_former_soldiers_do_not_wait() -> None:
    assert wait("suixi-2022", category=["退役军人"], employee_months=0, gap_months=0).value == Wait()


def test_a_long_break_is_decided_without_asking_how_long_one_was_insured() -> None:
    assert wait("suixi-2022", previous_status="employee", gap_months=5, category=[]).value == Wait(months=6)


def test_a_short_break_is_asked_about_the_months_insured() -> None:
    decision = wait("suixi-2022", previous_status="employee", gap_months=2, category=[])
    assert decision.ask == "employee_months"
    assert [one.decision.outcome for one in decision.branches] == ["silent", "decided"]


def test_those_who_pay_in_the_main_window_do_not_wait() -> None:
    assert wait("xingyi-2022", paid_on="2022-02-28").value == Wait()
    assert wait("xingyi-2022", paid_on="2022-03-01", category=[], gap_months=9, newborn=False).value == Wait(days=90)
    assert wait("xingyi-2022", paid_on="2022-03-01", gap_months=3).value == Wait()


def test_a_notice_without_waiting_rules_is_silent() -> None:
    assert waiting_period(rules_of("huaiyuan-2025"), {}) == Decision("silent")
    assert waiting_period(rules_of("mancheng-2023"), {}) == Decision("silent")


@pytest.mark.parametrize(
    ("missed", "back", "months"), [(0, 0, 3), (1, 0, 4), (4, 0, 7), (4, 2, 5), (4, 4, 3), (1, 9, 3)]
)
def test_a_wait_grows_with_each_missed_year_and_shrinks_with_each_paid_back_to_its_floor(
    missed: int, back: int, months: int
) -> None:
    assert grown(missed, back) == Wait(months=months)


def test_a_wait_never_falls_below_nothing() -> None:
    rule = WaitingRule(id="r", cites=(), months=1, less=Growth("years_paid_back", months=2))
    assert grown(0, 5, rule) == Wait()


def test_a_wait_in_days_grows_in_days_and_a_floor_in_months_leaves_it_alone() -> None:
    rule = WaitingRule(id="r", cites=(), days=30, more=Growth("missed_years", days=10), at_least=3)
    assert grown(2, 0, rule) == Wait(days=50)


def test_years_that_are_not_known_are_asked_for() -> None:
    rules: Rules = ruled(waiting=(GROWING,))
    assert waiting_period(rules, {}).ask == "missed_years"
    assert waiting_period(rules, known(missed_years=2)).ask == "years_paid_back"


def test_the_exempt_are_not_asked_how_many_years_they_missed() -> None:
    exempt = WaitingRule(id="exempt", cites=(), when=when(newborn=True))
    rules = ruled(waiting=(exempt, GROWING))
    assert waiting_period(rules, known(newborn=True)).value == Wait()
    assert waiting_period(rules, {}).ask == "newborn"
