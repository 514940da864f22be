"""Every threshold and day of every rule, just before, on and just after: the engine decides as a plain reading of the rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import plain_reading as plain
import pytest
from held_notices import CATEGORIES, NOTICES, rules_of
from other_counties import other_policy
from plain_reading import Person, Raw

from policy_kb.coverage import cover
from policy_kb.facts import Facts
from policy_kb.knowledge import ROOT
from policy_kb.model import Rules
from policy_kb.newborn import newborn
from policy_kb.premium import due
from policy_kb.waiting_period import waiting_period
from policy_kb.window import window_on

DAY = timedelta(days=1)
ALL = (*NOTICES, "other-county")


@cache
def written(notice: str) -> tuple[Rules, Raw]:
    """The rules as the engine has them and as YAML gives them."""
    if notice == "other-county":
        policy, folder = other_policy()
        return policy.rules, plain.read(folder / "policy.yml")
    return rules_of(notice), plain.read(ROOT / "notices" / notice / "policy.yml")


def baseline(raw: Raw) -> Person:
    """A wholly known person whom no special rule is for, who pays on the first day of the main window."""
    opens = min((one["opens"] for one in plain.windows(raw)), default=date(raw["year"], 1, 1))
    return {
        "category": (), "category_complete": True, "tier": "一档", "age": 40, "birth_date": date(raw["year"] - 40, 6, 15),
        "paid_on": opens, "hukou": "local", "residence_permit": False, "origin": "mainland", "works_here": True,
        "insured_elsewhere": False, "employee_insured": False, "hard_to_join_employee": False, "employee_months": 0,
        "employed": False,
        "gap_months": 999, "migrant_worker": False, "student": "none", "university_here": False, "guardian_insured": False,
        "newborn": False, "first_time": False, "helpless_online": False, "own_fault": True, "newly_certified": False,
        "has_certificate": True, "cover_started": False, "missed_years": 0, "years_paid_back": 0, "unbroken_years": 0,
        "previous_status": "resident", "joins_employee_now": False,
    }  # fmt: skip


def persons(raw: Raw, *sections: str) -> Iterator[Person]:
    """For each rule: somebody it is for, and the same with each thing it asks moved just beside its bounds."""
    plainly = baseline(raw)
    yield plainly
    for section in sections:
        for rule in raw.get(section) or []:
            fitting = satisfying(plainly, rule.get("when"))
            yield fitting
            for name, wanted in plain.leaves(rule.get("when")):
                for value in plain.beside(name, wanted):
                    yield {**fitting, plain.fact(name, wanted): value}


def satisfying(person: Person, when: Raw | None) -> Person:
    """The person with the values a rule asks for, of alternatives each in turn until it holds."""
    for name, wanted in plain.leaves(when):
        if not plain.holds({name: wanted}, person):
            fits = [
                one
                for one in plain.beside(name, wanted)
                if plain.holds({name: wanted}, {**person, plain.fact(name, wanted): one})
            ]
            person = {**person, plain.fact(name, wanted): fits[0]}
        if plain.holds(when, person):
            break
    return person


def known(person: Person, *without: str) -> Facts:
    return {name: value for name, value in person.items() if name not in without}


def edges(raw: Raw) -> list[date]:
    """The days about every day that the rule file names, and about the ends of its years."""
    year = raw["year"]
    found = {date(year - 1, 1, 1), date(year, 1, 1), date(year, 12, 31), date(year + 1, 1, 1)}
    for one in plain.windows(raw):
        found |= {one["opens"], one["closes"]}
    for section in ("windows", "coverage", "waiting", "newborn", "premium"):
        for rule in raw.get(section) or []:
            found |= {value for value in (rule.get("starts"), rule.get("ends")) if isinstance(value, date)}
            for name, wanted in plain.leaves(rule.get("when")):
                if name in ("paid_on", "birth_date") and not isinstance(wanted, dict):
                    found |= {bound for _, bound in plain.bounds(wanted)}
    ends = {date(year, month, 28) + DAY * step for month in range(1, 13) for step in (-3, -2, 0, 1, 2, 3)}
    return sorted({day + DAY * step for day in found for step in (-1, 0, 1)} | ends)


@pytest.mark.parametrize("notice", ALL)
def test_windows_open_and_close_as_written(notice: str) -> None:
    rules, raw = written(notice)
    for person in persons(raw, "windows"):
        for day in edges(raw):
            decision = window_on(rules, known(person), day)
            state = decision.value.state if decision.value else decision.outcome
            assert state == plain.window_state(raw, person, day), (day, person)


@pytest.mark.parametrize("notice", ALL)
def test_cover_starts_and_ends_as_written_for_each_day_of_payment(notice: str) -> None:
    rules, raw = written(notice)
    for person in persons(raw, "coverage", "waiting"):
        for day in edges(raw):
            decision = cover(rules, known(person, "paid_on"), day)
            value = decision.value
            found: Any = None
            if decision.outcome == "decided" and value:
                found = ("at_once" if value.at_once else value.starts and value.starts.safe, value.ends)
            assert found == plain.cover(raw, {**person, "paid_on": day}), (day, person)


@pytest.mark.parametrize("notice", ALL)
def test_waits_are_as_long_as_written(notice: str) -> None:
    rules, raw = written(notice)
    for person in persons(raw, "waiting"):
        for missed in (0, 1, 4):
            for back in (0, 1, 9):
                here = {**person, "missed_years": missed, "years_paid_back": back}
                value = waiting_period(rules, known(here)).value
                assert (value and (value.months, value.days)) == plain.wait(raw, here), here


@pytest.mark.parametrize("notice", ALL)
def test_each_category_pays_what_is_written_in_each_tier(notice: str) -> None:
    rules, raw = written(notice)
    for person in persons(raw, "premium", "assistance"):
        for tier in [one["tier"] for one in raw.get("tiers") or []] or ["一档"]:
            for category in [(), *((name,) for name in CATEGORIES.by_name if not CATEGORIES[name].ordinary)]:
                here = {**person, "tier": tier, "category": category}
                decision = due(rules, known(here), CATEGORIES)
                expected = plain.pays(raw, here)
                if isinstance(expected, int | float):
                    assert decision.outcome == "decided", here
                    assert decision.value is not None
                    assert decision.value.pays == Decimal(str(expected)), here
                else:
                    assert decision.outcome in ("left_to", "silent"), here
                    assert (decision.value is None) == (
                        expected == "unknown" or plain.first(raw["premium"], here) is None
                    ), here


def births(year: int) -> list[date]:
    """First, last and middle days of each month of both years, and the days about 29 February of leap years."""
    found = {date(at, month, day) for at in (year - 1, year) for month in range(1, 13) for day in (1, 15, 28)}
    found |= {date(at, month, 1) - DAY for at in (year - 1, year, year + 1) for month in range(1, 13)}
    found |= {date(at, 3, 1) - DAY * back for at in (year - 1, year) for back in (1, 2)}
    found |= {date(year - 2, 12, 31), date(year + 1, 1, 1)}
    return sorted(found)


@pytest.mark.parametrize("notice", ALL)
@pytest.mark.parametrize("insured", [True, False])
def test_newborns_are_in_time_to_the_day(notice: str, insured: bool) -> None:
    rules, raw = written(notice)
    lengths = {rule["days"] for rule in raw.get("newborn") or [] if rule.get("days")}
    for birth in births(raw["year"]):
        for days in lengths or {90}:
            for step in (-days, -2, -1, 0, 1, 300):
                paid = birth + DAY * (days + step)
                person = {
                    **baseline(raw),
                    "birth_date": birth,
                    "guardian_insured": insured,
                    "newborn": True,
                    "paid_on": paid,
                }
                decision = newborn(rules, known(person), paid)
                found = _told(decision.value) if decision.outcome == "decided" else None
                assert found == newborn_plainly(raw, person), (birth, paid)


def _told(value: Any) -> tuple[Any, ...]:
    cover = value.cover and value.cover.starts and (value.cover.starts.safe, value.cover.starts.other)
    return (value.deadline and (value.deadline.safe, value.deadline.other), value.in_time, cover, value.years)


def newborn_plainly(raw: Raw, person: Person) -> tuple[Any, ...] | None:
    """The last days, whether the payment is in time, from when it covers, and the years to pay for."""
    rules, birth, paid = raw.get("newborn"), person["birth_date"], person["paid_on"]
    rule = plain.first(rules, person, kind="deadline")
    if rule is None or not rule.get("days") or birth.year not in (raw["year"] - 1, raw["year"]):
        return None
    safe, other = birth + DAY * (rule["days"] - 1), birth + DAY * rule["days"]
    late = plain.first(rules, person, kind="late")
    late_start = plain.start(late["starts"], person) if late and late.get("starts") else None
    from_birth = plain.start(rule["starts"], person) if rule.get("starts") else None
    if paid <= other:
        doubtful = paid > safe and late_start and from_birth
        starts = (late_start, from_birth) if doubtful else from_birth and (from_birth, None)
    else:
        automatic = plain.first(rules, person, kind="automatic")
        begins = plain.start(automatic["starts"], person) if automatic else late_start
        starts = begins and (begins, None)
    years = (birth.year, birth.year + 1) if plain.first(rules, person, kind="both_years") else (birth.year,)
    return (safe, other), paid <= other, starts, years
