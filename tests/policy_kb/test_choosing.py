"""Choosing among rules with partial facts: asked is only what changes the answer, and each of its values is followed up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from held_notices import CATEGORIES, day, known, ruled, rules_of, when

from policy_kb.choosing import Undecided, cut_points, facts_with, leaves, pick, settle, stretches
from policy_kb.conditions import Within
from policy_kb.coverage import cover
from policy_kb.decision import Decision
from policy_kb.facts import Facts
from policy_kb.model import CoverageRule, PremiumRule, TierRule, WaitingRule
from policy_kb.premium import due, standard
from policy_kb.times import Growth
from policy_kb.waiting_period import waiting_period


def premium(name: str, amount: int, **condition: object) -> PremiumRule:
    return PremiumRule(id=name, cites=(), when=when(**condition), amount=Decimal(amount))


def standard_of(rules: tuple[PremiumRule, ...], **facts: object) -> Decision[Decimal]:
    return standard(ruled(premium=rules), known(**facts))


def test_the_first_rule_that_holds_is_taken() -> None:
    rules = (premium("students", 100, student="pupil"), premium("all", 200))
    assert pick(rules, known(student="pupil")) is rules[0]
    assert pick(rules, known(student="none")) is rules[1]


def test_an_earlier_rule_that_may_hold_keeps_a_later_one_from_deciding() -> None:
    rules = (premium("students", 100, student="pupil"), premium("all", 200))
    with pytest.raises(Undecided) as raised:
        pick(rules, {})
    assert raised.value.needs == ("student",)


def test_no_rule_may_hold() -> None:
    assert pick((premium("students", 100, student="pupil"),), known(student="none")) is None


def test_nobody_is_asked_for_a_fact_that_cannot_change_the_result() -> None:
    rules = (premium("students", 200, student="pupil"), premium("all", 200))
    decision = standard_of(rules)
    assert (decision.outcome, decision.value, decision.ask) == ("decided", Decimal(200), None)
    assert [step.rule for step in decision.steps] == ["students", "all"]


def test_a_fact_that_changes_the_result_is_asked_for_with_what_follows_from_each_of_its_values() -> None:
    decision = standard_of((premium("migrants", 100, migrant_worker=True), premium("all", 200)))
    assert (decision.outcome, decision.ask) == ("depends", "migrant_worker")
    assert {one.value: one.decision.value for one in decision.branches} == {True: Decimal(100), False: Decimal(200)}


def test_each_value_of_a_choice_is_followed_up_not_only_those_named_in_rules() -> None:
    decision = standard_of((premium("students", 100, student=["pupil", "preschool"]), premium("all", 200)))
    assert {one.value: one.decision.value for one in decision.branches} == {
        "pupil": 100, "preschool": 100, "none": 200, "university": 200, "freshman": 200, "graduate": 200,
    }  # fmt: skip


def test_only_the_tiers_that_the_notice_offers_are_followed_up() -> None:
    tiers = tuple(TierRule(id=f"tier-{at}", cites=(), tier=tier) for at, tier in enumerate(("一档", "二档")))
    rules = ruled(premium=(premium("one", 320, tier="一档"), premium("two", 695, tier="二档")), tiers=tiers)
    decision = standard(rules, {})
    assert [(one.value, one.decision.value) for one in decision.branches] == [("一档", 320), ("二档", 695)]


def test_an_interval_is_followed_up_on_each_side_of_its_bounds() -> None:
    decision = standard_of((premium("short", 100, gap_months="<=3"), premium("long", 200)))
    assert [(one.value, one.decision.value) for one in decision.branches] == [(3, 100), (4, 200)]


def test_a_cut_off_age_is_asked_as_the_birth_date() -> None:
    elderly = premium("elderly", 100, age={"on": "2031-01-01", "is": ">=60"})
    decision = standard_of((elderly, premium("all", 200)))
    assert decision.ask == "birth_date"
    assert [(one.value, one.decision.value) for one in decision.branches] == [
        (day("1971-01-01"), 100),
        (day("1971-01-02"), 200),
    ]
    assert standard_of((elderly, premium("all", 200)), age=60).ask == "birth_date"
    assert standard_of((elderly, premium("all", 200)), age=70).value == 100


def test_facts_without_bounds_in_the_rules_are_asked_without_branches() -> None:
    grown = WaitingRule(id="grown", cites=(), months=3, more=Growth("missed_years", months=1))
    decision = waiting_period(ruled(waiting=(grown,)), {})
    assert (decision.outcome, decision.ask, decision.branches) == ("depends", "missed_years", ())
    daily = CoverageRule(id="daily", cites=(), starts="day_after_payment")
    assert cover(ruled(coverage=(daily,)), {}).ask == "paid_on"


def test_values_tried_never_stand_for_all_where_the_result_moves_with_the_value() -> None:
    none_missed = WaitingRule(id="none-missed", cites=(), when=when(missed_years="<=0"), months=4)
    grown = WaitingRule(id="grown", cites=(), months=3, more=Growth("missed_years", months=1))
    decision = waiting_period(ruled(waiting=(none_missed, grown)), {})
    assert (decision.outcome, decision.ask) == ("depends", "missed_years")
    assert [one.decision.value.months for one in decision.branches if one.decision.value] == [4, 4]


def test_a_fact_that_no_rule_at_hand_names_is_asked_without_branches() -> None:
    def compute(facts: Facts) -> Decision[int]:
        if "category" not in facts:
            raise Undecided(("category",))
        return Decision("decided", 1)

    assert settle(compute, {}, ()) == Decision("depends", ask="category")


def test_several_facts_that_do_not_matter_are_all_passed_over() -> None:
    rules = (
        premium("a", 200, migrant_worker=True),
        premium("b", 200, newborn=True),
        premium("c", 200, student="pupil"),
        premium("all", 200),
    )
    assert standard_of(rules).value == 200


def test_the_fact_asked_for_is_one_that_is_not_yet_known() -> None:
    rules = (premium("a", 100, migrant_worker=True, newborn=True), premium("all", 200))
    assert standard_of(rules, migrant_worker=True).ask == "newborn"
    assert standard_of(rules, newborn=True).ask == "migrant_worker"
    assert standard_of(rules, newborn=False).value == 200


def test_branches_agreeing_in_sum_but_not_in_document_are_not_merged() -> None:
    def compute(facts: Facts) -> Decision[int]:
        if "newborn" not in facts:
            raise Undecided(("newborn",))
        return Decision("left_to", document="甲" if facts["newborn"] else "乙")

    decision = settle(compute, {}, (premium("a", 1, newborn=True),))
    assert [one.decision.document for one in decision.branches] == ["甲", "乙"]


def test_a_bare_wider_category_is_followed_up_in_the_kinds_it_can_be() -> None:
    decision = due(rules_of("suixi-2022"), known(category=["脱贫人口"]), CATEGORIES)
    pays = {one.value: one.decision.value.pays for one in decision.branches if one.decision.value}
    assert pays == {("脱贫人口低保对象",): 40, ("脱贫不稳定人口",): 160, (): 320}


def test_a_wider_category_whose_kinds_are_all_named_leaves_no_rest() -> None:
    decision = due(rules_of("mancheng-2023"), known(category=["监测人口"]), CATEGORIES)
    pays = {one.value: one.decision.value.pays for one in decision.branches if one.decision.value}
    assert pays == {
        ("脱贫不稳定人口",): 35, ("脱贫突发严重困难人口",): 35, ("边缘易致贫人口",): 70, ("突发严重困难人口",): 70,
    }  # fmt: skip


def test_a_wider_category_whose_kinds_all_get_the_same_is_decided() -> None:
    facts = known(category=["监测人口"], student="none", tier="一档")
    decision = due(rules_of("xingyi-2022"), facts, CATEGORIES)
    assert decision.value is not None
    assert (decision.outcome, decision.value.pays, decision.value.category) == ("decided", 96, "监测人口")


def test_leaves_of_a_condition_are_its_plain_tests() -> None:
    condition = when(any=[{"newborn": True}, {"not": {"gap_months": ">3"}}], migrant_worker=True)
    assert [leaf.needs for leaf in leaves(condition)] == [("newborn",), ("gap_months",), ("migrant_worker",)]
    assert [leaf.needs for leaf in leaves(condition, known(migrant_worker=True))] == [("newborn",), ("gap_months",)]
    assert leaves(condition, known(migrant_worker=False)) == []


def test_truth_changes_only_at_cut_points() -> None:
    bounds = [Within("paid_on", day("2031-01-01"), day("2031-02-28")), Within("paid_on", high=day("2030-12-31"))]
    assert cut_points(bounds) == [day("2031-01-01"), day("2031-03-01")]
    assert cut_points([Within("gap_months", low=3, open_low=True), Within("gap_months", high=6)]) == [4, 7]
    assert cut_points([Within("gap_months", high=3, open_high=True)]) == [3]


def test_a_span_of_days_is_divided_without_gap_or_overlap() -> None:
    found = stretches(date(2031, 1, 1), date(2031, 1, 31), [date(2031, 1, 1), date(2031, 1, 11), date(2032, 1, 1)])
    assert [(one.first.day, one.last.day) for one in found] == [(1, 10), (11, 31)]


def test_facts_that_are_none_are_left_unknown() -> None:
    assert facts_with(known(newborn=True), paid_on=None, tier="一档") == {"newborn": True, "tier": "一档"}
