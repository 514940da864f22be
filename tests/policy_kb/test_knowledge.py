"""The knowledge base: which policy answers for whom, what its table of clauses says, and how two policies differ."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fictional_county import BROKEN, policy_of

from policy_kb.check import check
from policy_kb.clause_coverage import MISSING, coverage_rows
from policy_kb.difference import difference
from policy_kb.errors import PolicyFault
from policy_kb.knowledge import ROOT, KnowledgeBase

SOUND = Path(__file__).parent / "sound" / "policy.yml"
COUNTY, TOWN, OTHER_COUNTY = "500230", "500230110", "340621"


def copy_vocabulary(root: Path) -> None:
    """The real categories, facts, ways to pay and regions."""
    for path in ROOT.glob("*.yml"):
        shutil.copy(path, root / path.name)
    shutil.copytree(ROOT / "regions", root / "regions")


def write_notice(root: Path, name: str, region: str, year: int) -> None:
    """The fictional notice and its sound rules, moved to another place and year."""
    folder = root / "notices" / name
    folder.mkdir(parents=True)
    shift = {"2031": str(year), "2030": str(year - 1), "999901": region}
    for source, target in ((BROKEN / "notice.md", "notice.md"), (SOUND, "policy.yml")):
        text = source.read_text(encoding="utf-8")
        for old, new in shift.items():
            text = text.replace(old, new)
        text = text.replace("id: broken", f"id: {name}").replace("notice: broken", f"notice: {name}")
        text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("targets:"))
        closing = "  - {clause: 附件, reason: 别的例子用}\n" if target == "policy.yml" else ""
        (folder / target).write_text(text + closing, encoding="utf-8")


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A county with two years, a town in another county with one."""
    root = tmp_path_factory.mktemp("data")
    copy_vocabulary(root)
    write_notice(root, "county-2031", OTHER_COUNTY, 2031)
    write_notice(root, "county-2033", OTHER_COUNTY, 2033)
    write_notice(root, "town-2031", TOWN, 2031)
    return KnowledgeBase.load(root)


def found(kb: KnowledgeBase, region: str, year: int) -> str | None:
    policy = kb.policy_for(region, year)
    return policy.id if policy else None


def test_the_moved_notices_are_sound(kb: KnowledgeBase) -> None:
    assert [str(fault) for fault in check(kb)] == []


def test_a_county_answers_for_itself_and_its_towns(kb: KnowledgeBase) -> None:
    assert found(kb, OTHER_COUNTY, 2031) == "county-2031"
    town = next(one for one in kb.regions.children(OTHER_COUNTY))
    assert found(kb, town.code, 2033) == "county-2033"


def test_a_town_answers_only_for_itself(kb: KnowledgeBase) -> None:
    assert found(kb, TOWN, 2031) == "town-2031"
    assert found(kb, COUNTY, 2031) is None
    assert all(found(kb, one.code, 2031) is None for one in kb.regions.children(COUNTY) if one.code != TOWN)


def test_nothing_is_carried_into_a_year_without_a_notice(kb: KnowledgeBase) -> None:
    assert found(kb, OTHER_COUNTY, 2032) is None
    assert found(kb, OTHER_COUNTY, 2034) is None


def test_the_last_earlier_policy_can_be_named(kb: KnowledgeBase) -> None:
    last = kb.latest_before(OTHER_COUNTY, 2033)
    assert last is not None
    assert last.id == "county-2031"
    assert kb.latest_before(OTHER_COUNTY, 2031) is None


def test_all_policies_of_a_region_come_latest_first(kb: KnowledgeBase) -> None:
    assert [one.id for one in kb.policies_of(OTHER_COUNTY)] == ["county-2033", "county-2031"]
    assert kb.policies_of("no such code") == ()


def test_held_regions_are_those_of_the_notices(kb: KnowledgeBase) -> None:
    assert [one.code for one in kb.held_regions()] == [OTHER_COUNTY, TOWN]


def test_the_fields_own_words_are_categories_and_ways_to_pay(kb: KnowledgeBase) -> None:
    assert {"特困人员", "五保户", "公众号"} <= set(kb.own_words)
    assert len(set(kb.own_words)) == len(kb.own_words)


def test_a_strict_load_refuses_a_rule_file_that_cannot_be_read(tmp_path: Path) -> None:
    copy_vocabulary(tmp_path)
    write_notice(tmp_path, "county-2031", OTHER_COUNTY, 2031)
    path = tmp_path / "notices" / "county-2031" / "policy.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("amount: 400", "amuont: 400"), encoding="utf-8")
    with pytest.raises(PolicyFault, match=r"policy\.yml:\d+: tier-1: no amount; give amount \(1 more"):
        KnowledgeBase.load(tmp_path)
    assert len(KnowledgeBase.load(tmp_path, strict=False).faults) == 2


def test_two_notices_for_one_place_and_year_are_a_fault(kb: KnowledgeBase) -> None:
    policy = kb.notices["county-2031"]
    doubled = replace(kb, notices={"county-2031": policy, "again": policy})
    assert any("a second notice for region 340621 and year 2031" in fault.what for fault in check(doubled))


def test_the_table_of_clauses_says_how_each_is_accounted_for() -> None:
    policy = policy_of(SOUND)
    rows = {row.clause: row for row in coverage_rows(policy.notice, policy.rules)}
    assert list(rows) == list(policy.notice.clause_ids)
    assert rows["三（一）"].how == "destitute"
    assert rows["三"].how == "无人问：标题"
    assert rows["落款"].how == "无人问：署名和日期"
    assert rows["七"].answers == ("proxy", "lists", "no-phone")
    assert rows["附件"].rules == ("targets",)
    assert not any(row.missing for row in rows.values())


def test_a_clause_nobody_cites_is_missing() -> None:
    policy = policy_of(SOUND)
    rows = coverage_rows(policy.notice, replace(policy.rules, left_to=()))
    assert [row.clause for row in rows if row.how == MISSING] == ["八"]


def test_two_years_of_one_place_differ_in_their_days_alone(kb: KnowledgeBase) -> None:
    rows = difference(kb.notices["county-2031"], kb.notices["county-2033"], kb.facts)
    assert {row.section for row in rows if row.differs} == {"集中缴费期", "延长期", "补缴期", "待遇期"}
    premium = {row.whom: (row.left, row.right) for row in rows if row.section == "个人缴费"}
    assert premium == {"一档": ("400元", "400元"), "二档": ("900元", "900元")}
    main = next(row for row in rows if row.section == "集中缴费期")
    assert (main.left, main.right) == ("2030年9月1日至2030年12月31日", "2032年9月1日至2032年12月31日")
    assert main.left_clauses == ("四",)


def test_what_only_one_policy_sets_is_a_row_with_a_dash() -> None:
    left = policy_of(SOUND)
    right = replace(left, rules=replace(left.rules, assistance=left.rules.assistance[:1]))
    rows = difference(left, right, left.reading.ledger.vocabulary.facts)
    lost = {row.whom: row for row in rows if row.section == "资助" and row.differs}
    assert set(lost) == {"低保对象", "重度残疾人", "稳定脱贫人口", "重点优抚对象"}
    assert lost["低保对象"].left == "资助300元，缴100元"
    assert {row.right for row in lost.values()} == {"—"}


def test_the_packaged_notices_are_loaded_and_sound() -> None:
    packaged = KnowledgeBase.load(strict=False)
    assert set(packaged.notices) == {path.parent.name for path in (ROOT / "notices").glob("*/notice.md")}
    assert [str(fault) for fault in check(packaged)] == []
