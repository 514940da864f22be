"""What a person pays: every category of the notices, several at once, tiers, and what no notice at hand gives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from held_notices import CATEGORIES, clauses, known, ruled, rules_applied, rules_of, when

from policy_kb.decision import Decision, Due
from policy_kb.facts import Facts
from policy_kb.model import AssistanceRule, CombinationRule, PremiumRule, Rules, TierRule
from policy_kb.premium import due, standard


def owed(notice: str, *categories: str, **facts: object) -> Decision[Due]:
    return due(rules_of(notice), known(category=list(categories), **facts), CATEGORIES)


def fictional(*assistance: AssistanceRule, combination: str | None = None, premium: int = 400) -> Rules:
    rule: Any = combination
    return ruled(
        premium=(PremiumRule(id="standard", cites=(), amount=Decimal(premium)),),
        assistance=assistance,
        combination=CombinationRule(id="combination", cites=(), rule=rule, note="两种身份") if combination else None,
    )


def aid(category: str, gives: Any, **more: Any) -> AssistanceRule:
    gives = Decimal(gives) if isinstance(gives, int) else gives
    return AssistanceRule(
        id=f"aid-{gives}-{len(category)}", cites=(), when=when(category=[category]), gives=gives, **more
    )


@pytest.mark.parametrize(
    ("notice", "category", "pays", "clause"),
    [
        ("suixi-2022", "特困人员", 0, "四（一）"),
        ("suixi-2022", "低保对象", 40, "四（二）"),
        ("suixi-2022", "返贫致贫人口", 70, "四（三）"),
        ("suixi-2022", "脱贫不稳定人口", 160, "四（四）"),
        ("suixi-2022", "监测人口", 160, "四（四）"),
        ("suixi-2022", "稳定脱贫人口", 320, "四（四）"),
        ("huaiyuan-2025", "特困人员", 0, "二（二）"),
        ("huaiyuan-2025", "低保对象", 60, "二（二）"),
        ("huaiyuan-2025", "监测人口", 200, "二（二）"),
        ("huaiyuan-2025", "重点优抚对象", 0, "二（三）"),
        ("huaiyuan-2025", "独男户", 200, "二（三）"),
        ("mancheng-2023", "脱贫人口低保对象", 35, "二（二）"),
        ("mancheng-2023", "城市低保对象", 35, "二（二）"),
        ("mancheng-2023", "稳定脱贫人口", 70, "二（二）"),
        ("mancheng-2023", "边缘易致贫人口", 70, "二（二）"),
    ],
)
def test_a_person_in_one_category_pays_what_the_clause_says(notice: str, category: str, pays: int, clause: str) -> None:
    decision = owed(notice, category)
    assert decision.value is not None
    assert (decision.outcome, decision.value.pays) == ("decided", pays)
    assert clause in clauses(decision)


@pytest.mark.parametrize(
    ("category", "first", "second"),
    [
        ("特困人员", 0, 375), ("孤儿", 0, 375), ("低保对象", 32, 375), ("重度残疾人", 96, 375),
        ("在乡重点优抚对象", 96, 375), ("脱贫不稳定人口", 96, 375), ("稳定脱贫人口", 220, 595),
    ],
)  # fmt: skip
def test_with_tiers_each_tier_has_its_own_sum(category: str, first: int, second: int) -> None:
    decision = owed("xingyi-2022", category, student="none")
    assert decision.ask == "tier"
    assert [(one.value, one.decision.value.pays) for one in decision.branches if one.decision.value] == [
        ("一档", first),
        ("二档", second),
    ]


def test_a_tier_that_the_notice_does_not_offer_has_no_price() -> None:
    assert owed("xingyi-2022", student="none", tier="三档").outcome == "silent"


def test_students_of_the_cities_universities_have_their_own_premium() -> None:
    student = owed("xingyi-2022", student="university", university_here=True, tier="一档")
    elsewhere = owed("xingyi-2022", student="university", university_here=False, tier="一档")
    assert [one.value.pays for one in (student, elsewhere) if one.value] == [280, 320]


def test_what_is_left_to_another_paper_has_no_sum() -> None:
    decision = owed("suixi-2022", "重点优抚对象")
    assert (decision.outcome, decision.value, decision.document) == ("left_to", None, "有关文件")
    assert "四（五）" in clauses(decision)


def test_a_category_the_notice_does_not_name_is_silence_beside_the_standard() -> None:
    decision = owed("suixi-2022", "独女户")
    assert decision.value is not None
    assert (decision.outcome, decision.value.standard, decision.value.assistance) == ("silent", 320, 0)


def test_a_person_of_whom_no_category_is_known_is_asked_for_it() -> None:
    decision = due(rules_of("suixi-2022"), {}, CATEGORIES)
    assert decision.ask == "category"
    pays = {one.value: one.decision.value.pays for one in decision.branches if one.decision.value}
    assert (pays[()], pays[("特困人员",)], pays[("低保对象",)]) == (320, 0, 40)


def test_nobody_special_pays_the_standard() -> None:
    for notice, pays in (("suixi-2022", 320), ("huaiyuan-2025", 400), ("mancheng-2023", 350)):
        value = owed(notice).value
        assert value is not None
        assert (value.pays, value.assistance, value.category) == (pays, 0, None)
        assert owed(notice, "普通居民").value == value


def test_without_assistance_rules_the_category_does_not_matter() -> None:
    assert due(fictional(), {}, CATEGORIES).value == Due(2031, Decimal(400), Decimal(0), Decimal(400))


def test_two_categories_that_make_up_a_named_one_count_as_that_one() -> None:
    decision = owed("mancheng-2023", "稳定脱贫人口", "低保对象")
    assert decision.value is not None
    assert (decision.value.pays, decision.value.category) == (35, "脱贫人口低保对象")
    assert owed("suixi-2022", "脱贫人口", "低保对象").value == owed("suixi-2022", "脱贫人口低保对象").value
    assert owed("suixi-2022", "监测人口", "脱贫人口").value == owed("suixi-2022", "脱贫不稳定人口").value


def test_a_composite_that_no_rule_names_does_not_hide_that_two_rules_hold() -> None:
    rules = fictional(aid("低保对象", 300), aid("脱贫人口", 100), combination="silent")
    assert due(rules, known(category=["脱贫人口", "低保对象"]), CATEGORIES).outcome == "silent"
    best = fictional(aid("低保对象", 300), aid("脱贫人口", 100), combination="best")
    value = due(best, known(category=["脱贫人口", "低保对象"]), CATEGORIES).value
    assert value is not None
    assert value.pays == 100


def test_a_wider_category_beside_its_narrower_one_adds_nothing() -> None:
    assert owed("mancheng-2023", "低保对象", "农村低保对象").value == owed("mancheng-2023", "农村低保对象").value
    assert owed("mancheng-2023", "监测人口", "边缘易致贫人口").value == owed("mancheng-2023", "边缘易致贫人口").value


def test_two_categories_never_add_up() -> None:
    rules = fictional(aid("低保对象", 300), aid("残疾人", 200), combination="once")
    value = due(rules, known(category=["残疾人", "低保对象"]), CATEGORIES).value
    assert value is not None
    assert (value.assistance, value.category) == (300, "低保对象")


def test_the_order_in_which_categories_are_named_does_not_matter() -> None:
    rules = fictional(aid("低保对象", 300), aid("残疾人", 200), combination="best")
    one, other = (
        due(rules, known(category=held), CATEGORIES) for held in (["残疾人", "低保对象"], ["低保对象", "残疾人"])
    )
    assert one == other
    assert one.value is not None
    assert one.value.category == "低保对象"


def test_where_the_notice_is_silent_on_two_categories_none_is_picked_and_its_note_is_told() -> None:
    decision = owed("huaiyuan-2025", "低保对象", "重点优抚对象")
    assert (decision.outcome, decision.value) == ("silent", None)
    assert rules_applied(decision)[-1] == "combination"
    assert any("双重身份" in note for note in decision.notes)


def test_where_two_categories_are_left_to_another_paper_that_is_said() -> None:
    rules = fictional(aid("低保对象", 300), aid("残疾人", 200), combination="left_to")
    assert due(rules, known(category=["残疾人", "低保对象"]), CATEGORIES).outcome == "left_to"


def test_two_categories_with_the_same_result_need_no_word_on_both() -> None:
    decision = owed("suixi-2022", "特困人员", "独女户")
    assert decision.value is not None
    assert (decision.outcome, decision.value.pays) == ("decided", 0)


def test_the_better_of_two_is_open_while_one_is_not_stated() -> None:
    unknown = aid("重点优抚对象", "unknown", left_to="有关文件")
    rules = fictional(aid("低保对象", 300), unknown, combination="best")
    decision = due(rules, known(category=["低保对象", "重点优抚对象"]), CATEGORIES)
    assert (decision.outcome, decision.document) == ("left_to", "有关文件")


def test_nothing_is_better_than_paying_nothing() -> None:
    rules = fictional(aid("特困人员", "all"), aid("重点优抚对象", "unknown", left_to="有关文件"), combination="best")
    decision = due(rules, known(category=["特困人员", "重点优抚对象"]), CATEGORIES)
    assert decision.value is not None
    assert (decision.outcome, decision.value.pays) == ("decided", 0)


def test_assistance_never_exceeds_the_premium() -> None:
    value = due(fictional(aid("低保对象", 900)), known(category=["低保对象"]), CATEGORIES).value
    assert value is not None
    assert (value.assistance, value.pays) == (400, 0)


def test_a_share_is_of_the_premium_named_in_of() -> None:
    rules = ruled(
        premium=(
            PremiumRule(id="tier-1", cites=(), when=when(tier="一档"), amount=Decimal(400)),
            PremiumRule(id="tier-2", cites=(), when=when(tier="二档"), amount=Decimal(900)),
        ),
        assistance=(aid("低保对象", 0, share=Decimal("0.7"), of="tier-1"),),
    )
    pays = [due(rules, known(category=["低保对象"], tier=tier), CATEGORIES).value for tier in ("一档", "二档")]
    assert [value.pays for value in pays if value] == [120, 620]


@pytest.mark.parametrize(("paid_on", "bears"), [("2022-06-30", False), ("2022-07-01", True), ("2022-10-01", False)])
def test_a_late_payer_who_bears_the_subsidy_too_is_told(paid_on: str, bears: bool) -> None:
    value = owed("xingyi-2022", tier="一档", student="none", paid_on=paid_on).value
    assert value is not None
    assert (value.bears_subsidy, value.pays) == (bears, 320)


def test_reimbursement_is_told_from_assistance_at_payment() -> None:
    paid_back, taken_off = owed("huaiyuan-2025", "独女户").value, owed("huaiyuan-2025", "低保对象").value
    assert paid_back is not None
    assert taken_off is not None
    assert (paid_back.how, taken_off.how) == ("reimbursed", "at_payment")
    assert paid_back.needs is not None


@pytest.mark.parametrize(("notice", "amount"), [("suixi-2022", 320), ("huaiyuan-2025", 400), ("mancheng-2023", 350)])
def test_the_standard_is_one_sum_for_all_where_the_notice_has_one(notice: str, amount: int) -> None:
    assert standard(rules_of(notice), {}).value == amount


def test_rules_without_a_premium_decide_none() -> None:
    facts: Facts = known(category=["低保对象"])
    assert due(ruled(), facts, CATEGORIES).outcome == "silent"
    assert standard(ruled(), facts).outcome == "silent"


@pytest.mark.parametrize(
    ("category", "age", "pays"),
    [
        ("双女户", 20, 400),
        ("双女户", 19, 400),
        ("双女户", 18, 0),
        ("双女户", 12, 0),
        ("独男户", 22, 400),
        ("独男户", 9, 200),
    ],
)
def test_a_households_child_is_helped_up_to_the_age_of_the_clause(category: str, age: int, pays: int) -> None:
    decision = owed("huaiyuan-2025", category, household_child=True, age=age)
    assert decision.value is not None
    assert (decision.outcome, decision.value.pays) == ("decided", pays)
    assert decision.value.too_old_from == (18 if age > 18 else None)
    assert "二（三）" in clauses(decision)


@pytest.mark.parametrize("known_of_it", [{"age": 45}, {"household_child": True}, {"household_child": False, "age": 45}])
def test_parents_and_a_child_of_unknown_age_keep_the_assistance_with_its_condition(
    known_of_it: dict[str, object],
) -> None:
    value = owed("huaiyuan-2025", "独男户", **known_of_it).value
    assert value is not None
    assert (value.pays, value.too_old_from) == (200, None)
    assert "18周岁" in (value.needs or "")


def test_a_child_too_old_for_one_assistance_keeps_the_other() -> None:
    value = owed("huaiyuan-2025", "独男户", "低保对象", household_child=True, age=22).value
    assert value is not None
    assert (value.pays, value.category) == (60, "低保对象")


CHILD = {"any": [{"student": "pupil"}, {"age": {"on": "2031-01-01", "is": "<18"}}]}
TIERED = ruled(
    premium=(
        PremiumRule(id="child", cites=(), when=when(**CHILD), for_whom="未成年人", amount=Decimal(370)),
        PremiumRule(id="first", cites=(), when=when(tier="一档"), amount=Decimal(400)),
        PremiumRule(id="second", cites=(), when=when(tier="二档"), amount=Decimal(650)),
    ),
    tiers=(
        TierRule(id="tier-1", cites=(), tier="一档"),
        TierRule(id="tier-2", cites=(), tier="二档", when=when(**{"not": CHILD})),
    ),
)
"""Tiers of which children may choose the first only."""


@pytest.mark.parametrize("chosen", [{}, {"tier": "一档"}, {"tier": "二档"}])
def test_a_tier_that_is_not_open_to_a_person_is_neither_offered_nor_priced(chosen: dict[str, object]) -> None:
    decision = due(TIERED, known(category=[], age=8, **chosen), CATEGORIES)
    assert decision.value is not None
    assert (decision.outcome, decision.value.pays, decision.value.tier) == ("decided", 370, "一档")
    assert decision.value.whom == "未成年人"
    assert standard(TIERED, known(age=8, **chosen)).value == 370


def test_whoever_may_choose_is_asked_for_the_tier() -> None:
    decision = due(TIERED, known(category=[], student="none", age=40), CATEGORIES)
    assert decision.ask == "tier"
    assert [(one.value, one.decision.value.pays) for one in decision.branches if one.decision.value] == [
        ("一档", 400),
        ("二档", 650),
    ]


def test_while_the_age_is_open_each_age_has_its_own_tiers() -> None:
    decision = due(TIERED, known(category=[], student="none"), CATEGORIES)
    assert decision.ask == "birth_date"
    older, younger = (one.decision for one in decision.branches)
    assert [one.value for one in older.branches] == ["一档", "二档"]
    assert younger.value is not None
    assert younger.value.pays == 370
