"""What holds for every notice, person and day, tried on persons made at random (the same ones each time)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeAlias

import pytest
from held_notices import CATEGORIES, NOTICES, rules_of
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from other_counties import other_policy

from policy_kb.choosing import leaves
from policy_kb.conditions import InCategory, OneOf, Within
from policy_kb.coverage import cover
from policy_kb.decision import Decision
from policy_kb.facts import Facts, FactValue
from policy_kb.model import Rules
from policy_kb.newborn import newborn
from policy_kb.premium import due
from policy_kb.reading import all_rules
from policy_kb.waiting_period import waiting_period
from policy_kb.window import window_on

Person: TypeAlias = dict[str, FactValue]
RULES = {**{name: rules_of(name) for name in NOTICES}, "other-county": other_policy()[0].rules}
# without shrinking: decisions are large to print, and each example is small already
LAW = settings(derandomize=True, deadline=None, max_examples=30, database=None, phases=(Phase.generate,))
STUDENTS = ("none", "preschool", "pupil", "university", "freshman", "graduate")
GROWN = ("missed_years", "years_paid_back")
"""Facts by whose units a wait grows or shrinks: a branch is for its own value only."""
notices = pytest.mark.parametrize("notice", RULES)


def days(rules: Rules, years_before: int = 1, years_after: int = 0) -> st.SearchStrategy[date]:
    """Days of the cover year and the year before, those about its rules' days more often."""
    edges = {bound for rule in all_rules(rules) for leaf in leaves(rule.when) if isinstance(leaf, Within)
             for bound in (leaf.low, leaf.high) if isinstance(bound, date)}  # fmt: skip
    edges |= {bound for one in rules.windows for bound in (one.opens, one.closes) if bound}
    beside = sorted(edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1))
    first, last = date(rules.year - years_before, 1, 1), date(rules.year + years_after, 12, 31)
    held = [one for one in beside if first <= one <= last]
    return st.one_of(st.dates(first, last), *([st.sampled_from(held)] if held else []))


def categories() -> st.SearchStrategy[tuple[str, ...]]:
    """No category, one, or two."""
    names = st.sampled_from(list(CATEGORIES.by_name))
    return st.lists(names, max_size=2, unique=True).map(tuple)


def persons(rules: Rules, of: st.SearchStrategy[tuple[str, ...]] | None = None) -> st.SearchStrategy[Person]:
    """Persons of whom every fact is known that a rule of the engine's questions looks at."""
    months = st.integers(0, 40)
    return st.fixed_dictionaries(
        {
            "category": categories() if of is None else of,
            "tier": st.sampled_from([one.tier for one in rules.tiers] or ["一档"]),
            "birth_date": st.dates(date(rules.year - 80, 1, 1), date(rules.year, 12, 31)),
            "student": st.sampled_from(STUDENTS),
            "previous_status": st.sampled_from(("none", "resident", "employee")),
            "employee_months": months,
            "gap_months": months,
            "missed_years": st.integers(0, 6),
            "years_paid_back": st.integers(0, 6),
            **{name: st.booleans() for name in ("university_here", "migrant_worker", "newborn", "own_fault", "newly_certified",
                                                "guardian_insured", "first_time", "has_certificate")},
        }
    )  # fmt: skip


def part(person: Person, names: set[str]) -> Facts:
    return {name: value for name, value in person.items() if name in names}


def told(decision: Decision[Any]) -> tuple[object, ...]:
    """What an answer would say of a decision; not the day of payment's own share in it."""
    value = decision.value
    if value is not None and hasattr(value, "pays"):
        value = (value.standard, value.assistance, value.pays)
    if value is not None and hasattr(value, "state"):
        value = (value.state, value.full_price, value.closes if value.state == "open" else None)
    return (decision.outcome, value, decision.document)


@notices
@LAW
@given(data=st.data())
def test_assistance_never_raises_what_is_paid_and_sums_add_up(notice: str, data: st.DataObject) -> None:
    rules = RULES[notice]
    person = data.draw(persons(rules))
    decision = due(rules, person, CATEGORIES)
    ordinary = due(rules, {**person, "category": ()}, CATEGORIES)
    if decision.outcome == "decided":
        assert decision.value is not None
        assert ordinary.value is not None
        assert 0 <= decision.value.pays <= decision.value.standard
        assert decision.value.pays + decision.value.assistance == decision.value.standard
        assert decision.value.pays <= ordinary.value.pays
    else:
        assert decision.outcome in ("silent", "left_to", "depends")


@notices
@LAW
@given(data=st.data())
def test_paying_later_never_starts_cover_earlier(notice: str, data: st.DataObject) -> None:
    rules = RULES[notice]
    person = data.draw(persons(rules))
    # graduates who pay in September are covered from the first of that month, earlier than had they paid in August
    assume(person["student"] != "graduate")
    one, other = sorted((data.draw(days(rules)), data.draw(days(rules))))
    first, later = cover(rules, person, one).value, cover(rules, person, other).value
    if first and later and first.starts and later.starts:
        assert first.starts.safe <= later.starts.safe, (one, other)


@notices
@LAW
@given(data=st.data())
def test_a_newborn_enrolled_later_is_never_covered_earlier(notice: str, data: st.DataObject) -> None:
    rules = RULES[notice]
    person = data.draw(persons(rules)) | {"birth_date": data.draw(days(rules))}
    one, other = sorted((data.draw(days(rules, 1, 1)), data.draw(days(rules, 1, 1))))
    first, later = newborn(rules, person, one).value, newborn(rules, person, other).value
    if first and later and first.cover and later.cover and first.cover.starts and later.cover.starts:
        assert first.cover.starts.safe <= later.cover.starts.safe, (one, other)
        assert first.in_time or not later.in_time


@notices
@LAW
@given(data=st.data())
def test_nothing_is_decided_outside_the_notices_year(notice: str, data: st.DataObject) -> None:
    rules = RULES[notice]
    person, paid = data.draw(persons(rules)), data.draw(days(rules, 4, 4))
    decision, window = cover(rules, person, paid), window_on(rules, person, paid).value
    if decision.outcome == "decided":
        assert paid.year in (rules.year - 1, rules.year)
        assert decision.value is not None
        if decision.value.starts:
            assert date(rules.year, 1, 1) <= decision.value.starts.safe <= date(rules.year, 12, 31)
        assert decision.value.ends is None or decision.value.ends.year == rules.year
    if window is not None and paid.year not in (rules.year - 1, rules.year):
        assert window.state in ("before", "after")
    born = newborn(rules, {**person, "birth_date": paid}, paid)
    assert born.outcome == "silent" or paid.year in (rules.year - 1, rules.year)


@notices
@LAW
@given(data=st.data())
def test_learning_a_further_fact_never_contradicts_what_was_decided(notice: str, data: st.DataObject) -> None:
    rules = RULES[notice]
    person = data.draw(persons(rules)) | {"paid_on": data.draw(days(rules))}
    names = st.sets(st.sampled_from(sorted(person)))
    little = data.draw(names)
    more = little | data.draw(names)
    day = data.draw(days(rules))
    birth = {"birth_date": data.draw(days(rules))}
    for ask in (
        lambda facts: due(rules, facts, CATEGORIES),
        lambda facts: cover(rules, facts),
        lambda facts: waiting_period(rules, facts),
        lambda facts: window_on(rules, facts, day),
        lambda facts: newborn(rules, {**facts, **birth, "paid_on": day}, day),
    ):
        before, after = ask(part(person, little)), ask(part(person, more))
        if before.outcome not in ("depends", "silent"):
            known = told(before)
            assert told(after) == known or _filled(before, after), (little, more, told(before), told(after))


def _filled(before: Decision[Any], after: Decision[Any]) -> bool:
    """Whether `after` only fills what a newborn's decision left open (fee by tier, the guardian's insurance)."""
    if not hasattr(before.value, "fees") or after.value is None or before.outcome != after.outcome:
        return False
    fees = zip(before.value.fees, after.value.fees, strict=True)
    same = ("days", "deadline", "in_time", "starts", "cover", "years")
    return all(one in (other, (other[0], None)) for one, other in fees) and all(
        getattr(before.value, name) == getattr(after.value, name) for name in same
    )


@notices
@LAW
@given(data=st.data())
def test_the_branches_of_an_open_decision_cover_each_value(notice: str, data: st.DataObject) -> None:
    rules = RULES[notice]
    named = [leaf.names for rule in all_rules(rules) for leaf in leaves(rule.when) if isinstance(leaf, InCategory)]
    held = st.sampled_from([(), *((name,) for names in named for name in names)])
    person = data.draw(persons(rules, held)) | {"paid_on": data.draw(days(rules))}
    facts = part(person, data.draw(st.sets(st.sampled_from(sorted(person)))))
    day = data.draw(days(rules))
    for ask in (
        lambda facts: due(rules, facts, CATEGORIES),
        lambda facts: waiting_period(rules, facts),
        lambda facts: window_on(rules, facts, day),
    ):
        decision = ask(facts)
        assert (decision.outcome == "depends") == (decision.ask is not None)
        if decision.branches and not (decision.ask == "category" and "category" in facts):
            assert decision.ask is not None
            value = person[decision.ask]
            followed = _branch(decision, value)
            if followed is None and decision.ask == "category":
                continue  # a category that these rules do not name
            assert followed is not None, (decision.ask, value)
            more = {"category_complete": True} if decision.ask == "category" else {}
            found = ask({**facts, decision.ask: value, **more})
            assert (followed.outcome, followed.ask) == (found.outcome, found.ask)
            if decision.ask not in GROWN:
                assert told(followed) == told(found)


def _branch(decision: Decision[Any], value: Any) -> Decision[Any] | None:
    """The branch for a value: itself, of a stretch of numbers or days the one that begins it."""
    exact = [one.decision for one in decision.branches if one.value == value]
    if exact or isinstance(value, bool | str | tuple):
        return exact[0] if exact else None
    started = [one.decision for one in decision.branches if one.value <= value]  # type: ignore[operator]
    return started[-1] if started else decision.branches[0].decision


@notices
@LAW
@given(data=st.data())
def test_equal_facts_give_equal_decisions(notice: str, data: st.DataObject) -> None:
    rules = RULES[notice]
    person = data.draw(persons(rules)) | {"paid_on": data.draw(days(rules))}
    facts = part(person, data.draw(st.sets(st.sampled_from(sorted(person)))))
    turned = dict(reversed(list(facts.items())))
    day = data.draw(days(rules))
    assert cover(rules, facts) == cover(rules, turned)
    assert waiting_period(rules, facts) == waiting_period(rules, turned)
    assert window_on(rules, facts, day) == window_on(rules, turned, day)
    assert newborn(rules, facts, day) == newborn(rules, turned, day)
    backwards = {**facts, "category": tuple(reversed(facts["category"]))} if "category" in facts else facts  # type: ignore[arg-type]
    assert told(due(rules, facts, CATEGORIES)) == told(due(rules, backwards, CATEGORIES))


@notices
def test_every_choice_that_rules_ask_for_has_the_values_of_its_fact(notice: str) -> None:
    rules = RULES[notice]
    asked = [leaf for rule in all_rules(rules) for leaf in leaves(rule.when) if isinstance(leaf, OneOf)]
    for leaf in asked:
        assert all(isinstance(value, bool) or value in leaf.among for value in leaf.values), leaf
