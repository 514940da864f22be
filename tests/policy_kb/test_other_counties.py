"""What other counties' notices say: the fictional one of docs/adding-a-notice.md, added as the page tells, decided, and taken away."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from held_notices import CATEGORIES, clauses, day, known, rules_applied
from other_counties import DIVISION, FACETS, HERE, NAME, TOWNS, add_county, add_notice, copy_vocabulary, other_policy

from policy_kb.check import check
from policy_kb.choosing import pick
from policy_kb.clause_coverage import coverage_rows
from policy_kb.coverage import cover
from policy_kb.decision import Cover, TwoDays, Wait
from policy_kb.errors import PolicyFault
from policy_kb.knowledge import ROOT, KnowledgeBase
from policy_kb.newborn import newborn
from policy_kb.premium import due
from policy_kb.targets import target_rows
from policy_kb.waiting_period import waiting_period
from policy_kb.window import window_on

DOCS = ROOT.parent / "docs"
PAGES = ("adding-a-notice.md", "adding-a-notice.zh-CN.md")
BLOCK = re.compile(r"^```(\w+) ([^\n]+)\n(.*?)^```$", re.M | re.S)
RULES = other_policy()[0].rules


def blocks(page: str) -> list[tuple[str, str, str]]:
    """Kind, file and text of each block of a page, in order."""
    return BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))


def joined(page: str, file: str) -> str:
    """The blocks that a page gives for one file, put together."""
    return "".join(text for kind, name, text in blocks(page) if name == file and kind != "diff")


def mistakes(page: str) -> list[tuple[str, str, str]]:
    """Words, the mistaken words in their place, and what the check says of them."""
    found = blocks(page)
    pairs = [(one[2], after[2]) for one, after in pairwise(found) if one[0] == "diff"]
    sides = [
        ({sign: "".join(f"{line[1:]}\n" for line in diff.splitlines() if line[0] == sign) for sign in "-+"}, said)
        for diff, said in pairs
    ]
    return [(side["-"], side["+"], said.strip()) for side, said in sides]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with the vocabulary alone."""
    root = tmp_path / "policy_kb"
    root.mkdir()
    copy_vocabulary(root)
    return root


def checked(root: Path) -> list[str]:
    return [str(fault) for fault in check(KnowledgeBase.load(root, FACETS, strict=False))]


@pytest.mark.parametrize("page", PAGES)
def test_following_the_page_adds_the_notice_and_removing_the_folder_takes_it_away(folder: Path, page: str) -> None:
    add_county(folder, joined(page, "divisions.csv"), joined(page, "towns.yml"))
    notice = folder / "notices" / NAME
    notice.mkdir()
    for file in ("notice.md", "policy.yml"):
        (notice / file).write_text(joined(page, file), encoding="utf-8")
    assert checked(folder) == []
    held = KnowledgeBase.load(folder, FACETS)
    policy = held.policy_for("999901-甲水镇", 2031)
    assert policy is not None
    assert policy.id == NAME
    assert not any(row.missing for row in coverage_rows(policy.notice, policy.rules))
    shutil.rmtree(notice)
    assert KnowledgeBase.load(folder, FACETS).notices == {}


@pytest.mark.parametrize("page", PAGES)
def test_the_page_shows_the_files_that_the_other_tests_use(page: str) -> None:
    def bare(text: str) -> list[str]:
        return [line for line in text.splitlines() if line.strip()]

    for file in ("notice.md", "policy.yml"):
        assert bare(joined(page, file)) == bare((HERE / NAME / file).read_text(encoding="utf-8"))
    assert joined(page, "cases.yml") == (HERE / "cases.yml").read_text(encoding="utf-8")
    assert (joined(page, "divisions.csv"), joined(page, "towns.yml")) == (DIVISION, TOWNS)


def test_both_pages_show_the_same_blocks() -> None:
    assert blocks(PAGES[0]) == blocks(PAGES[1])
    assert len(mistakes(PAGES[0])) >= 6


@pytest.mark.parametrize(("words", "mistaken", "said"), mistakes(PAGES[0]))
def test_each_mistake_of_the_page_is_refused_with_its_line(folder: Path, words: str, mistaken: str, said: str) -> None:
    add_county(folder)
    file = add_notice(folder) / "policy.yml"
    text = file.read_text(encoding="utf-8")
    assert text.count(words) == 1
    file.write_text(text.replace(words, mistaken), encoding="utf-8")
    assert checked(folder) == [said]


def test_a_faulty_copy_is_not_loaded(folder: Path) -> None:
    add_county(folder)
    file = add_notice(folder) / "policy.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("days: 60,", "dayz: 60,"), encoding="utf-8")
    with pytest.raises(PolicyFault, match=r"policy\.yml:75: newborn-deadline: no days; give days \(1 more"):
        KnowledgeBase.load(folder, FACETS)


def test_a_county_and_towns_that_regions_do_not_know_are_faults(folder: Path) -> None:
    add_notice(folder)
    found = checked(folder)
    assert any("region 999901 is not known" in fault for fault in found)
    assert any("甲水镇 is no town of 999901" in fault for fault in found)


def test_the_cases_of_the_page_expect_what_the_engine_decides() -> None:
    expected = {
        case["id"]: case["turns"][0]["expect"]
        for case in yaml.safe_load((HERE / "cases.yml").read_text(encoding="utf-8"))
    }
    dibao = due(RULES, known(category=["低保对象"], student="none", age=40), CATEGORIES)
    assert dibao.value is not None
    assert expected["xugou-2031-premium-01"]["contains"] == [f"{dibao.value.pays:.0f}元"]
    assert expected["xugou-2031-premium-01"]["cites"][0] in clauses(dibao)
    window = window_on(RULES, {}, day("2030-10-27"))
    assert window.value is not None
    assert window.value.next_open is not None
    assert expected["xugou-2031-window-01"]["contains"] == [
        f"{window.value.next_open.month}月{window.value.next_open.day}日"
    ]


@pytest.mark.parametrize(
    ("facts", "pays"),
    [
        ({"student": "pupil"}, 380),
        ({"student": "none", "birth_date": "1971-01-01"}, 400),
        ({"student": "none", "birth_date": "1971-01-02"}, 450),
        ({"student": "none", "age": 75}, 400),
    ],
)
def test_the_premium_goes_by_group_and_by_age_on_a_cut_off_day(facts: dict[str, object], pays: int) -> None:
    value = due(RULES, known(category=[], **facts), CATEGORIES).value
    assert value is not None
    assert value.pays == pays


def test_at_the_cut_off_age_the_birth_date_is_asked() -> None:
    assert due(RULES, known(category=[], student="none", age=60), CATEGORIES).ask == "birth_date"


@pytest.mark.parametrize(
    ("held", "pays"),
    [
        (["特困人员"], 0),
        (["低保对象"], 90),
        (["边缘易致贫人口"], 250),
        (["监测人口", "低保对象"], 90),
        (["独女户"], None),
    ],
)
def test_assistance_is_a_sum_or_a_share_and_the_better_of_two_identities(held: list[str], pays: int | None) -> None:
    decision = due(RULES, known(category=held, student="none", age=40), CATEGORIES)
    assert (decision.value and decision.value.pays if decision.outcome == "decided" else None) == pays


def test_the_better_identity_cites_the_clause_that_says_so() -> None:
    decision = due(RULES, known(category=["监测人口", "低保对象"], student="none", age=40), CATEGORIES)
    assert rules_applied(decision) == ["dibao", "standard", "combination"]
    assert "第三条（三）" in clauses(decision)


@pytest.mark.parametrize(
    ("text", "state", "following"),
    [
        ("2030-08-31", "before", "2030-09-01"), ("2030-09-26", "closed_days", "2030-10-01"), ("2030-12-26", "closed_days", None),
        ("2031-02-25", "open", None), ("2031-02-28", "closed_days", "2031-03-01"), ("2031-09-25", "open", None),
        ("2031-09-30", "closed_days", None), ("2031-10-01", "after", None),
    ],
)  # fmt: skip
def test_payment_days_are_closed_each_month(text: str, state: str, following: str | None) -> None:
    value = window_on(RULES, {}, day(text)).value
    assert value is not None
    assert value.state == state
    if following:
        assert value.next_open == day(following)


def test_after_the_last_window_nothing_is_taken_any_more() -> None:
    assert rules_applied(window_on(RULES, {}, day("2031-10-01"))) == ["late", "after-windows"]


def test_cover_starts_from_the_nth_day_after_payment() -> None:
    value = cover(RULES, known(missed_years=0), day("2031-03-10")).value
    assert value == Cover(TwoDays(day("2031-04-10"), day("2031-04-09")), day("2031-12-31"), waits_days=30)


@pytest.mark.parametrize(("missed", "back", "months"), [(1, 0, 4), (3, 0, 6), (3, 2, 4), (3, 3, 3), (5, 9, 3)])
def test_the_wait_grows_with_each_missed_year_and_shrinks_with_each_paid_back(
    missed: int, back: int, months: int
) -> None:
    facts = known(missed_years=missed, years_paid_back=back)
    assert waiting_period(RULES, facts).value == Wait(months=months)
    value = cover(RULES, facts, day("2031-02-10")).value
    assert value is not None
    assert value.starts is not None
    assert (value.waits_months, value.starts.safe) == (months, day(f"2031-{2 + months:02}-11"))


def test_a_wait_that_would_outlast_the_year_promises_no_cover() -> None:
    assert cover(RULES, known(missed_years=5, years_paid_back=0), day("2031-09-10")).outcome == "silent"


def test_newborns_have_sixty_days() -> None:
    value = newborn(RULES, known(birth_date="2031-01-01"), day("2031-01-02")).value
    assert value is not None
    assert value.deadline == TwoDays(day("2031-03-01"), day("2031-03-02"))
    assert [int(fee or 0) for _, fee in value.fees] == [450]


@pytest.mark.parametrize(("years", "held"), [(3, False), (4, True), (9, True)])
def test_unbroken_enrolment_is_rewarded(years: int, held: bool) -> None:
    rule = pick(RULES.bonus, known(unbroken_years=years))
    assert (rule is not None) == held
    if rule:
        assert (rule.amount, rule.per) == (3000, "unbroken_years")


def test_the_annex_is_read() -> None:
    assert [(row.name, row.cells["target"], row.total) for row in target_rows(other_policy()[0])] == [
        ("甲水镇", "9500", False),
        ("乙山乡", "4200", False),
        ("合计", "13700", True),
    ]
