"""The sweep over payment days: stretches without gap or overlap, each day of which is decided alike."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from held_notices import CATEGORIES, NOTICES, day, known, ruled, rules_of

from policy_kb.coverage import cover
from policy_kb.decision import PaidWhen
from policy_kb.model import CoverageRule, Rules, WindowRule
from policy_kb.payment_days import when_paid
from policy_kb.premium import due
from policy_kb.times import AfterPayment
from policy_kb.window import window_on

PERSON = {
    "category": [], "tier": "一档", "student": "none", "migrant_worker": False, "newly_certified": False, "newborn": False,
    "gap_months": 12, "employee_months": 0, "previous_status": "resident", "own_fault": True,
}  # fmt: skip


def swept(rules: Rules, first: str, last: str, **facts: object) -> tuple[PaidWhen, ...]:
    return when_paid(rules, known(**{**PERSON, **facts}), day(first), day(last), CATEGORIES)


def states(found: tuple[PaidWhen, ...]) -> list[tuple[str, str, str]]:
    return [
        (str(one.first), str(one.last), one.window.value.state if one.window.value else one.window.outcome)
        for one in found
    ]


def test_paying_in_time_and_as_a_returning_migrant() -> None:
    found = swept(rules_of("suixi-2022"), "2021-09-01", "2022-03-31", migrant_worker=True)
    assert states(found) == [
        ("2021-09-01", "2021-09-30", "before"),
        ("2021-10-01", "2021-12-31", "open"),
        ("2022-01-01", "2022-02-28", "open"),
        ("2022-03-01", "2022-03-31", "after"),
    ]
    assert [one.cover.outcome for one in found] == ["decided", "decided", "decided", "silent"]


def test_closed_days_of_each_month_are_stretches_of_their_own() -> None:
    assert states(swept(rules_of("mancheng-2023"), "2022-11-01", "2023-01-31")) == [
        ("2022-11-01", "2022-11-25", "open"),
        ("2022-11-26", "2022-11-30", "closed_days"),
        ("2022-12-01", "2022-12-25", "open"),
        ("2022-12-26", "2023-01-31", "after"),
    ]


def test_the_full_price_begins_a_new_stretch() -> None:
    found = swept(rules_of("xingyi-2022"), "2021-12-01", "2022-10-31")
    told = [(str(one.first), one.due.value.bears_subsidy) for one in found if one.due.value]
    assert told == [("2021-12-01", False), ("2022-03-01", False), ("2022-07-01", True), ("2022-10-01", False)]


def test_where_cover_would_begin_after_its_end_a_new_stretch_begins() -> None:
    window = WindowRule(id="main", cites=(), kind="main", opens=date(2031, 1, 1), closes=date(2031, 12, 31))
    rule = CoverageRule(id="cover", cites=(), starts=AfterPayment(days=30), ends="end_of_year")
    found = when_paid(ruled(windows=(window,), coverage=(rule,)), {}, date(2031, 11, 1), date(2031, 12, 31), CATEGORIES)
    assert [(str(one.first), one.cover.outcome) for one in found] == [
        ("2031-11-01", "decided"),
        ("2031-12-01", "silent"),
    ]


def test_an_unknown_fact_stays_open_in_its_stretch_only() -> None:
    facts = {name: value for name, value in PERSON.items() if name != "migrant_worker"}
    found = when_paid(rules_of("huaiyuan-2025"), known(**facts), day("2024-12-01"), day("2025-04-30"), CATEGORIES)
    assert [(str(one.first), one.window.ask) for one in found] == [
        ("2024-12-01", None),
        ("2025-01-01", "migrant_worker"),
        ("2025-03-01", None),
    ]


def test_a_single_day_is_a_stretch() -> None:
    assert states(swept(rules_of("suixi-2022"), "2021-12-31", "2021-12-31")) == [("2021-12-31", "2021-12-31", "open")]


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("migrant", [True, False])
def test_every_day_of_a_stretch_is_decided_as_its_first(notice: str, migrant: bool) -> None:
    rules = rules_of(notice)
    first, last = date(rules.year - 1, 8, 1), date(rules.year, 12, 31)
    facts = known(**{**PERSON, "migrant_worker": migrant})
    found = when_paid(rules, facts, first, last, CATEGORIES)
    assert (found[0].first, found[-1].last) == (first, last)
    for one, following in pairwise(found):
        assert following.first - one.last == timedelta(days=1)
    for one in found:
        for step in range((one.last - one.first).days + 1):
            today = one.first + timedelta(days=step)
            here = {**facts, "paid_on": today}
            assert due(rules, here, CATEGORIES).value == one.due.value, today
            assert cover(rules, here).outcome == one.cover.outcome, today
            window = window_on(rules, here, today).value
            assert (window and window.state) == (one.window.value and one.window.value.state), today
