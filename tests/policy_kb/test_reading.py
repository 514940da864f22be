"""From policy.yml to rules: values, lines and faults."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from fictional_county import NOTICE, VOCABULARY, policy_of

from policy_kb.conditions import ALWAYS, InCategory
from policy_kb.fault import Fault
from policy_kb.model import AssistanceRule
from policy_kb.quotes import ClauseWords, spans
from policy_kb.reading import all_rules, read_rules
from policy_kb.times import AfterPayment, Growth
from policy_kb.yaml_tree import Leaf, compose, plain, resolve

SOUND = policy_of(Path(__file__).parent / "sound" / "policy.yml")
RULES = SOUND.rules


def assistance(name: str) -> AssistanceRule:
    return next(rule for rule in RULES.assistance if rule.id == name)


def test_sums_are_exact() -> None:
    assert [rule.amount for rule in RULES.premium] == [Decimal(400), Decimal(900)]


def test_assistance_is_a_sum_a_share_everything_nothing_or_unknown() -> None:
    assert assistance("dibao").gives == 300
    assert assistance("disabled").share == Decimal("0.7")
    assert assistance("destitute").gives == "all"
    assert assistance("stable").gives == 0
    assert assistance("veterans").gives == "unknown"
    assert assistance("veterans").left_to == "《虚构市优抚办法》"


def test_a_condition_names_categories() -> None:
    condition = assistance("dibao").when
    assert isinstance(condition, InCategory)
    assert condition.names == ("低保对象",)


def test_a_rule_without_when_is_for_everybody() -> None:
    assert RULES.windows[0].when == ALWAYS


def test_a_window_that_follows_opens_the_day_after_the_one_before_it() -> None:
    assert RULES.windows[1].opens == date(2031, 1, 1)


def test_windows_keep_closed_days_and_the_full_price() -> None:
    assert RULES.windows[0].closed_days == (26, 31)
    assert [rule.full_price for rule in RULES.windows] == [False, False, True]


def test_cover_starts_on_a_day_or_some_time_after_payment() -> None:
    starts = [rule.starts for rule in RULES.coverage]
    assert starts == [date(2031, 1, 1), "day_after_payment", AfterPayment(days=90)]
    assert RULES.coverage[2].ends == "end_of_year"


def test_a_wait_may_grow() -> None:
    assert RULES.waiting[0].none
    assert RULES.waiting[1].more == Growth("missed_years", months=1)


def test_quotes_are_paired_with_the_clause_they_stand_in() -> None:
    proxy = next(rule for rule in RULES.answers if rule.id == "proxy")
    assert [(cite.clause, cite.quote) for cite in proxy.cites] == [
        ("七", "村委会可以代缴"),
        ("四", "每月1日至25日可以缴费"),
        ("二（一）", "个人缴费400元"),
    ]


def test_every_rule_knows_its_line() -> None:
    lines = (Path(__file__).parent / "sound" / "policy.yml").read_text(encoding="utf-8").splitlines()
    for rule in all_rules(RULES):
        if rule.id not in ("combination", "after-windows"):
            assert f"id: {rule.id}" in lines[rule.line - 1]


def test_facets_are_not_checked_where_none_are_given(tmp_path: Path) -> None:
    path = tmp_path / "policy.yml"
    answer = "{id: who, facet: [nonsense], first: 可以, cite: 一, quote: 具有虚构县户籍}"
    path.write_text(f"notice: broken\nyear: 2031\nregion: '999901'\nanswers:\n  - {answer}\n", encoding="utf-8")
    unchecked = type(VOCABULARY)(VOCABULARY.facts, VOCABULARY.categories, VOCABULARY.channels, None)
    assert read_rules(path, NOTICE, unchecked).faults == ()
    assert [fault.line for fault in read_rules(path, NOTICE, VOCABULARY).faults] == [5]


def test_an_unknown_key_is_answered_with_the_known_one_most_like_it() -> None:
    faults = policy_of(Path(__file__).parent / "broken" / "unknown_key.yml").reading.faults
    assert [fault.mend for fault in faults] == ["did you mean amount?"]


def test_a_fault_reads_as_one_line() -> None:
    assert str(Fault("policy.yml", 3, "no cite", "give cite")) == "policy.yml:3: no cite; give cite"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("yes", "yes"), ("no", "no"), ("true", True), ("null", None), ("", None), ("320", 320), ("2.5", 2.5),
        ("2021-12-31", date(2021, 12, 31)), ("2021-02-30", "2021-02-30"), ("12:30", "12:30"), ("90%", "90%"),
        ("..2021-12-31", "..2021-12-31"), ("1_000", "1_000"),
    ],
)  # fmt: skip
def test_scalars_are_read_as_in_yaml_1_2(raw: str, value: object) -> None:
    assert resolve(raw) == value
    assert type(resolve(raw)) is type(value)


def test_quoted_scalars_stay_text() -> None:
    faults: list[Fault] = []
    tree = compose('region: "340621"\nyear: 2031\n', "policy.yml", faults)
    assert plain(tree) == {"region": "340621", "year": 2031}
    assert isinstance(tree.nodes["year"], Leaf)
    assert tree.lines == {"region": 1, "year": 2}
    assert faults == []


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("个人缴费400元", True),
        ("个 人 缴 费 ４００ 元", True),
        ("筹资标准…个人缴费400元", True),
        ("筹资标准......400元", True),
        ("个人缴费400元…筹资标准", False),
        ("个人缴费四百元", False),
        ("…", False),
    ],
)
def test_quotes_are_compared_without_spaces_and_width(quote: str, stands: bool) -> None:
    assert bool(spans(quote, ClauseWords(NOTICE).of("二（一）"))) == stands


def test_a_clause_holds_the_words_of_its_children() -> None:
    words = ClauseWords(NOTICE)
    assert words.of("二（一）") in words.of("二")
    assert words.of("九") == ""


def test_figures_of_a_table_do_not_run_together() -> None:
    stated = [figure.words for figure in ClauseWords(NOTICE).figures("附件")]
    assert {"1000", "95%", "950", "2900"} <= set(stated)
