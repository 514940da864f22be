"""Places are found where they are named, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from policy_kb.errors import VocabularyFault
from policy_kb.notice import load_notice
from policy_kb.regions import FOLDER, Regions, load_regions

NOTICES = FOLDER.parent / "notices"


@pytest.fixture(scope="module")
def regions() -> Regions:
    return load_regions()


def found(regions: Regions, text: str, within: str | None = None) -> list[tuple[str, tuple[str, ...]]]:
    """What was read as a place, and the codes it may mean."""
    return [(one.text, tuple(region.code for region in one.candidates)) for one in regions.find_in(text, within)]


# --- ordinary words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "长期在外面住",
        "今天能交吗",
        "平安保险买了还要交医保吗",
        "城区和农村一样吗",
        "和田老师说的不一样",
        "市中区",
        "外省户口",
        "老家在外地",
        "医保定点医院有哪些",
        "社保定期核查",
        "参保定了没有",
        "医保康复项目",
        "规定安排在月底",
        "缴费县里有人管吗",
        "我和县里说过了",
        "应县里要求",
        "名单县里有",
        "再交城乡居民医保",
        "交口粮钱",
        "延长缴费期",
        "90天等待期",
        "三天全部办完",
        "惠民保障政策",
        "富裕家庭",
        "公安部门",
        "居民和政府各出一半",
        "看病治多少钱",
        "会理赔吗",
        "换个旧的卡",
        "比如我这种情况",
        "资源共享",
        "长子今年十岁",
        "指定日期",
        "大理石厂上班",
        "大同小异",
        "普通话",
        "生日照顾不到",
        "给妈妈交医保",
        "中华人民共和国",
        "石子路",
        "开发区",
        "大学",
        "东部和西部",
        "解放军",
        "祝您安康",
    ],
)
def test_ordinary_words_are_no_places(regions: Regions, text: str) -> None:
    assert found(regions, text) == []


def test_no_word_of_the_rules_of_a_notice_is_a_place_out_of_it(regions: Regions) -> None:
    """In the clauses of a notice only the county, those around it and the towns of its annex are named."""
    suixi = load_notice(NOTICES / "suixi-2022")
    text = "\n".join(suixi.text_of(name) for name in suixi.clause_ids)
    places = {region for match in regions.find_in(text) for region in match.candidates}
    assert {region.code for region in places if region.code[:6] != "340621"} == {"340000", "340600"}
    assert len({region for region in places if region.level == "town"}) == 12


# --- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("濉溪的低保户交多少", "濉溪", "340621"),
        ("我是濉溪县人", "濉溪县", "340621"),
        ("俺大竹的", "大竹", "511724"),
        ("大竹县城里", "大竹县", "511724"),
        ("怀远打工回来的", "怀远", "340321"),
        ("户口在怀远县", "怀远县", "340321"),
        ("满城的新生儿", "满城", "130607"),
        ("满城县改成区了", "满城县", "130607"),
        ("保定满城那边", "保定满城", "130607"),
        ("河北省保定市满城区", "河北省保定市满城区", "130607"),
        ("安徽淮北濉溪", "安徽淮北濉溪", "340621"),
        ("丰都的兴义", "丰都的兴义", "500230110"),
        ("重庆市丰都县兴义镇", "重庆市丰都县兴义镇", "500230110"),
        ("宿州埇桥区的", "宿州埇桥区", "341302"),
        ("宿州埇桥的", "宿州埇桥", "341302"),
        ("埇桥的", "埇桥", "341302"),
        ("凤阳县来的", "凤阳县", "341126"),
        ("凤阳来的", "凤阳", "341126"),
        ("叙永县", "叙永县", "510524"),
        ("叙永", "叙永", "510524"),
        ("峨边县的", "峨边县", "511132"),
        ("恩施州", "恩施州", "422800"),
        ("内蒙古来的", "内蒙古", "150000"),
        ("上海人", "上海", "310000"),
        ("四川话", "四川", "510000"),
        ("从江苏来", "江苏", "320000"),
        ("来安徽三年了", "安徽", "340000"),
        ("上海市浦东新区", "上海市浦东新区", "310115"),
        ("北京朝阳上班", "北京朝阳", "110105"),
        ("和田市", "和田市", "653201"),
        ("四川南部的", "四川南部", "511321"),
        ("马鞍山和县", "马鞍山和县", "340523"),
        ("晋城城区", "晋城城区", "140502"),
        ("内江市中区", "内江市中区", "511002"),
        ("西安长安", "西安长安", "610116"),
        ("贵州兴义人", "贵州兴义", "522301"),
        ("丰都兴义", "丰都兴义", "500230110"),
        ("香港人", "香港", "810000"),
        ("韩村的", "韩村", "340621101"),
        ("濉芜产业园", "濉芜产业园", "340621-开发区"),
        ("濉溪开发区", "濉溪开发区", "340621-开发区"),
        ("龙亢农场", "龙亢农场", "340321400"),
        ("龙亢的", "龙亢", "340321102"),
        ("满城镇的任务", "满城镇", "130607100"),
        ("妈妈镇上", "妈妈镇", "511724113"),
        ("濉溪县百善镇", "濉溪县百善镇", "340621108"),
    ],
)
def test_a_place_is_found_by_its_name_or_alias(regions: Regions, text: str, place: str, code: str) -> None:
    assert found(regions, text) == [(place, (code,))]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("南韩村镇", [("南韩村镇", "130607103")]),
        ("满城南韩村镇", [("满城南韩村镇", "130607103")]),
        ("南韩村的", [("南韩村", "130607103")]),
        ("韩村镇", [("韩村镇", "340621101")]),
        ("河南韩村镇", [("河南", "410000"), ("韩村镇", "340621101")]),
        ("清水镇", [("清水镇", "511724117")]),
        ("清河镇", [("清河镇", "511724104")]),
        ("从海南坪镇", [("南坪镇", "340621107")]),
        ("双桥集镇和双堆集镇", [("双桥集镇", "340321106"), ("双堆集镇", "340621105")]),
        ("石桥铺镇", [("石桥铺镇", "511724108")]),
        ("石河子", [("石河子", "659001")]),
        ("石河镇", [("石河镇", "511724106")]),
        ("怀远县城关", [("怀远县", "340321")]),
    ],
)
def test_the_longest_name_wins(regions: Regions, text: str, places: list[tuple[str, str]]) -> None:
    assert [(name, codes[0]) for name, codes in found(regions, text)] == places


def test_several_places_are_found_in_order_with_their_positions(regions: Regions) -> None:
    text = "户口在濉溪县百善镇，人在上海，孩子在宿州埇桥区上学"
    matches = regions.find_in(text)
    assert [one.text for one in matches] == ["濉溪县百善镇", "上海", "宿州埇桥区"]
    assert [text[one.start : one.end] for one in matches] == [one.text for one in matches]


def test_a_name_of_several_regions_gives_all_of_them_wide_ones_first(regions: Regions) -> None:
    assert found(regions, "兴义") == [("兴义", ("522301", "500230110"))]
    assert found(regions, "吉林的") == [("吉林", ("220000", "220200"))]
    assert found(regions, "辽宁朝阳") == [("辽宁朝阳", ("211300", "211321"))]
    assert found(regions, "鼓楼区") == [("鼓楼区", ("320106", "320302", "350102", "410204"))]


def test_places_that_do_not_lie_in_each_other_stay_apart(regions: Regions) -> None:
    assert [text for text, _ in found(regions, "大竹韩村镇")] == ["大竹", "韩村镇"]
    assert [text for text, _ in found(regions, "满城保定")] == ["满城", "保定"]


def test_local_names_count_only_where_the_county_is_known(regions: Regions) -> None:
    assert found(regions, "开发区的任务", within="340621") == [("开发区", ("340621-开发区",))]
    assert found(regions, "杨家多少人", within="511724") == [("杨家", ("511724103",))]
    assert found(regions, "杨家多少人") == []
    assert found(regions, "朝阳的任务", within="511724") == [("朝阳", ("511724203",))]
    assert found(regions, "辽宁朝阳", within="511724") == [("辽宁朝阳", ("211300", "211321"))]
    assert found(regions, "给妈妈交医保", within="511724") == []


def test_a_place_and_one_within_it_may_be_parted_by_a_word(regions: Regions) -> None:
    assert found(regions, "大竹的清水镇") == [("大竹的清水镇", ("511724117",))]
    assert found(regions, "大竹 清水") == [("大竹 清水", ("511724117",))]
    assert found(regions, "濉溪，百善镇") == [("濉溪", ("340621",)), ("百善镇", ("340621108",))]


# --- codes ---------------------------------------------------------------------------------------------------------


def test_the_chain_of_a_region_ends_with_its_province(regions: Regions) -> None:
    assert [one.name for one in regions.chain("340621108")] == ["百善镇", "濉溪县", "淮北市", "安徽省"]
    assert [one.name for one in regions.chain("500230110")] == ["兴义镇", "丰都县", "重庆市"]
    assert [one.level for one in regions.chain("130607103")] == ["town", "county", "prefecture", "province"]
    assert regions.chain("110000") == (regions["110000"],)


def test_a_region_contains_itself_and_what_lies_in_it(regions: Regions) -> None:
    assert regions.contains("340621", "340621108")
    assert regions.contains("340000", "340621")
    assert regions.contains("340621", "340621")
    assert not regions.contains("340621", "340000")


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("濉溪县", ["340621"]),
        (" 濉溪 ", ["340621"]),
        ("保定满城", ["130607"]),
        ("保定市满城区", ["130607"]),
        ("丰都县兴义镇", ["500230110"]),
        ("开发区（含濉芜产业园）", ["340621-开发区"]),
        ("满城镇（含社区）", ["130607100"]),
        ("和县", ["340523"]),
        ("满城区和大竹县", []),
        ("没有这个县", []),
        ("", []),
    ],
)
def test_a_region_is_looked_up_by_name_or_path(regions: Regions, name: str, codes: list[str]) -> None:
    assert [one.code for one in regions.named(name)] == codes


def test_an_unknown_code_is_refused(regions: Regions) -> None:
    assert "999999" not in regions
    with pytest.raises(VocabularyFault, match="region 999999: no region has this code"):
        regions["999999"]


def test_every_province_prefecture_and_county_is_known_by_its_full_name(regions: Regions) -> None:
    rows = (FOLDER / "divisions.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == 3341
    for code, name, parent, _ in (row.split(",") for row in rows):
        assert regions[code].parent == (parent or None)
        assert code in {one.code for one in regions.named(name)}


@pytest.mark.parametrize(
    ("notice", "annex", "head", "county"),
    [
        ("suixi-2022", "附件", "镇（园区）", "340621"),
        ("dazhu-2022", "附件", "乡镇(街道)名称", "511724"),
        ("huaiyuan-2025", "附件2", "督查乡镇（街道）", "340321"),
        ("mancheng-2023", "附件1", "单位名称", "130607"),
    ],
)
def test_the_towns_known_are_those_of_the_annex(
    regions: Regions, notice: str, annex: str, head: str, county: str
) -> None:
    (table,) = load_notice(NOTICES / notice).clause(annex).tables
    printed = {name for cell in table.column(head) for name in cell.split("、")} - {"合计", "大学"}
    assert {one.name for one in regions.children(county)} == printed


def test_a_code_of_a_town_begins_with_its_county(regions: Regions) -> None:
    towns = [town for county in ("340621", "511724", "340321", "130607", "500230") for town in regions.children(county)]
    assert len(towns) == 77
    assert [town.code for town in towns if not re.fullmatch(rf"{town.parent}(\d{{3}}|-.+)", town.code)] == []


# --- the files -----------------------------------------------------------------------------------------------------

DIVISIONS = "code,name,parent,short\n990000,甲省,,甲地\n990100,乙市,990000,乙城\n990101,丙县,990100,丙地\n990102,丁县,990100,丁地\n"
NAMES: dict[str, object] = {"aliases": {}, "everyday": [], "endings": [], "joiners": [], "words": []}


def folder_of(path: Path, towns: list[dict[str, object]], names: dict[str, object] | None = None) -> Path:
    (path / "divisions.csv").write_text(DIVISIONS, encoding="utf-8")
    (path / "towns.yml").write_text(yaml.safe_dump({"towns": towns}, allow_unicode=True), encoding="utf-8")
    (path / "names.yml").write_text(yaml.safe_dump({**NAMES, **(names or {})}, allow_unicode=True), encoding="utf-8")
    return path


def test_a_town_of_two_counties_is_both_until_the_county_is_known(tmp_path: Path) -> None:
    regions = load_regions(
        folder_of(
            tmp_path,
            [
                {"code": "990101001", "name": "戊河镇", "parent": "990101"},
                {"code": "990102001", "name": "戊河镇", "parent": "990102"},
            ],
        )
    )
    assert found(regions, "戊河镇的") == [("戊河镇", ("990101001", "990102001"))]
    assert found(regions, "丁县戊河镇的") == [("丁县戊河镇", ("990102001",))]
    assert found(regions, "戊河镇的", within="990101") == [("戊河镇", ("990101001",))]


@pytest.mark.parametrize(
    ("towns", "names", "message"),
    [
        ([{"code": "990101", "name": "戊镇", "parent": "990102"}], {}, "code 990101 stands twice"),
        ([{"code": "9", "name": "戊镇", "parent": "990109"}], {}, "戊镇 lies in 990109, which is no region"),
        ([{"code": "9", "name": "戊镇", "parent": "990101", "alias": ["戊"]}], {}, "towns.yml: towns/0/alias"),
        ([{"code": "9", "name": "戊镇"}], {}, "towns.yml: towns/0/parent"),
        ([], {"aliases": {"990109": ["己"]}}, "names.yml: aliases for unknown code 990109"),
        ([], {"everyday": [["己县"]]}, "names.yml: 己县 is the name of no region"),
    ],
)
def test_files_at_odds_are_refused(
    tmp_path: Path, towns: list[dict[str, object]], names: dict[str, object], message: str
) -> None:
    with pytest.raises(VocabularyFault, match=re.escape(message)):
        load_regions(folder_of(tmp_path, towns, names))


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    folder_of(tmp_path, [])
    (tmp_path / "names.yml").write_text("aliases: {}\nwords: []\nwords: []\n", encoding="utf-8")
    with pytest.raises(VocabularyFault, match=r"names\.yml:3: key words stands twice"):
        load_regions(tmp_path)
