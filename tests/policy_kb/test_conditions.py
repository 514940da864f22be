"""Conditions: what is unknown stays unknown, bounds are exact, ages near a cut-off are not guessed."""

from __future__ import annotations

from datetime import date

import pytest
from fictional_county import VOCABULARY
from held_notices import day, known, when

from policy_kb.choosing import births, missing
from policy_kb.conditions import ALWAYS, AgeOn, Within, interval, years_between
from policy_kb.errors import FactFault


def test_no_condition_holds_for_everybody() -> None:
    assert ALWAYS.holds({}) is True
    assert ALWAYS.needs == ()


def test_a_fact_that_is_not_known_leaves_a_condition_open() -> None:
    assert when(migrant_worker=True).holds({}) is None
    assert when(gap_months="<=3").holds({}) is None
    assert when(category=["特困人员"]).holds({}) is None
    assert when(paid_on="..2031-12-31").holds({}) is None


def test_one_false_part_decides_all_even_beside_an_unknown_one() -> None:
    both = when(migrant_worker=True, gap_months="<=3")
    assert both.holds(known(gap_months=4)) is False
    assert both.holds(known(gap_months=3)) is None
    assert both.holds(known(gap_months=3, migrant_worker=True)) is True


def test_one_true_part_decides_alternatives_even_beside_an_unknown_one() -> None:
    either = when(any=[{"migrant_worker": True}, {"student": "university"}])
    assert either.holds(known(student="university")) is True
    assert either.holds(known(student="none")) is None
    assert either.holds(known(student="none", migrant_worker=False)) is False


def test_the_opposite_of_unknown_is_unknown() -> None:
    negated = when(**{"not": {"category": ["特困人员"]}})
    assert negated.holds({}) is None
    assert negated.holds(known(category=[])) is True
    assert negated.holds(known(category=["特困人员"])) is False


def test_a_person_known_to_be_nobody_special_is_in_no_category() -> None:
    assert when(category=["低保对象"]).holds(known(category=[])) is False
    assert when(category=["低保对象"]).holds(known(category=["普通居民"])) is False


def test_a_narrower_category_is_enough_a_wider_one_leaves_it_open() -> None:
    assert when(category=["低保对象"]).holds(known(category=["农村低保对象"])) is True
    assert when(category=["农村低保对象"]).holds(known(category=["低保对象"])) is None
    assert when(category=["农村低保对象"]).holds(known(category=["城市低保对象"])) is False


def test_a_category_that_may_be_another_is_asked_never_assumed() -> None:
    assert when(category=["农村低收入人口"]).holds(known(category=["特困人员"])) is None
    assert when(category=["农村低收入人口"]).holds(known(category=["城市低保对象"])) is None
    assert when(category=["农村低收入人口"]).holds(known(category=["独女户"])) is False


def test_a_person_with_no_further_category_is_not_in_a_narrower_one() -> None:
    facts = known(category=["低保对象"], category_complete=True)
    assert when(category=["农村低保对象"]).holds(facts) is False


def test_the_kind_once_told_closes_the_wider_question() -> None:
    assert when(category=["重度残疾人"]).holds(known(category=["残疾人"])) is None
    assert when(category=["重度残疾人"]).holds(known(category=["残疾人", "轻度残疾人"])) is False


def test_two_categories_that_make_up_a_third_put_the_person_in_it() -> None:
    assert when(category=["脱贫人口低保对象"]).holds(known(category=["脱贫人口", "低保对象"])) is True
    assert when(category=["脱贫不稳定人口"]).holds(known(category=["监测人口", "脱贫人口"])) is True


@pytest.mark.parametrize(
    ("written", "inside", "outside"),
    [
        ("<=3", [0, 3], [3.1, 4]),
        ("<3", [0, 2.9], [3]),
        (">=24", [24, 30], [23.9]),
        (">3", [3.02, 4], [3]),
        ("3..6", [3, 6], [2, 7]),
        ("..31", [0, 31], [32]),
        ("5..", [5, 99], [4]),
        ("7", [7], [6, 8]),
    ],
)
def test_bounds_of_numbers_are_exact(written: str, inside: list[float], outside: list[float]) -> None:
    condition = when(gap_months=written)
    assert all(condition.holds(known(gap_months=value)) is True for value in inside)
    assert all(condition.holds(known(gap_months=value)) is False for value in outside)


def test_days_of_an_interval_count_on_both_sides() -> None:
    condition = when(paid_on="2031-01-01..2031-02-28")
    held = {
        text: condition.holds(known(paid_on=text)) for text in ("2030-12-31", "2031-01-01", "2031-02-28", "2031-03-01")
    }
    assert list(held.values()) == [False, True, True, False]


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins; swap its ends"):
        interval("gap_months", "6..3", None)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"weather": "fine"}, "no fact weather"),
        ({"category": ["皇帝"]}, "no category 皇帝"),
        ({"tier": "四档"}, "tier cannot be '四档'; use one of 一档, 二档, 三档"),
        ({"migrant_worker": "yes"}, "use true or false"),
        ({"gap_months": {"on": "2031-01-01", "is": ">3"}}, "gap_months takes no mapping"),
        ({"paid_on": "soon"}, "Invalid isoformat string"),
    ],
)
def test_a_condition_that_cannot_be_read_says_what_would_mend_it(raw: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        when(**raw)


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        ("1965-01-01", "2025-01-01", 60),
        ("1965-01-02", "2025-01-01", 59),
        ("2000-02-29", "2025-02-28", 24),
        ("2000-02-29", "2025-03-01", 25),
        ("2000-02-29", "2024-02-29", 24),
        ("2031-05-05", "2031-05-05", 0),
    ],
)
def test_years_of_age_turn_on_the_birthday_itself(birth: str, on: str, years: int) -> None:
    assert years_between(day(birth), day(on)) == years


def test_age_on_a_cut_off_day_is_taken_from_the_birth_date() -> None:
    elderly = when(age={"on": "2031-01-01", "is": ">=60"})
    assert elderly.holds(known(birth_date="1971-01-01")) is True
    assert elderly.holds(known(birth_date="1971-01-02")) is False
    assert elderly.holds({}) is None


def test_an_age_given_in_years_decides_only_away_from_the_cut_off() -> None:
    elderly = when(age={"on": "2031-01-01", "is": ">=60"})
    answers = {age: elderly.holds(known(age=age)) for age in (58, 59, 60, 61)}
    assert answers == {58: False, 59: None, 60: None, 61: True}
    assert missing(elderly, known(age=60)) == ("birth_date",)
    assert elderly.holds(known(age=60, birth_date="1970-06-01")) is True


@pytest.mark.parametrize("written", [">=60", ">60", "<60", "<=60", "60..65", "60"])
@pytest.mark.parametrize("on", ["2031-01-01", "2032-02-29", "2031-12-31"])
def test_the_days_of_birth_of_an_age_are_those_with_that_age(written: str, on: str) -> None:
    age = AgeOn(day(on), interval("age", written, None))
    span = births(age)
    for year in range(1964, 1975):
        for month, of_month in ((1, 1), (1, 2), (2, 28), (3, 1), (12, 30), (12, 31)):
            born = date(year, month, of_month)
            assert span.contains(born) == age.holds({"birth_date": born}), born


def test_only_facts_that_can_change_a_condition_are_missing() -> None:
    condition = when(migrant_worker=True, any=[{"student": "none"}, {"newborn": True}])
    assert missing(condition, known(student="none")) == ("migrant_worker",)
    assert missing(condition, known(migrant_worker=True, student="pupil")) == ("newborn",)
    assert missing(when(category=["农村低保对象"]), known(category=["低保对象"])) == ("category",)


def test_conditions_are_equal_by_what_they_say() -> None:
    assert when(tier="一档") == when(tier=["一档"])
    assert when(category=["特困人员"]) == when(category=["特困人员"])
    assert when(tier="一档") != when(tier="二档")
    assert Within("age", 1, 2) == Within("age", 1, 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weather", "fine"), ("tier", "四档"), ("newborn", 1), ("age", True), ("birth_date", "yesterday"),
        ("category", "低保对象"), ("category", [3]),
    ],
)  # fmt: skip
def test_a_fact_the_engine_does_not_know_is_refused(name: str, value: object) -> None:
    with pytest.raises(FactFault, match=name):
        VOCABULARY.facts.accept({name: value})
