"""Notices are read whole: awkward files are refused with line and remedy, the five held ones say what was printed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from policy_kb.clause_id import covers, normalise_id, ordinal, parent, parse
from policy_kb.errors import NoticeFault, PolicyError
from policy_kb.notice import Document, Notice, Source, load_notice, normalise
from policy_kb.regions import load_regions

NOTICES = Path(__file__).parents[2] / "policy_kb" / "notices"

FRONT = """\
id: test-2030
title: 测试县2030年度参保缴费工作方案
short_title: 测试县2030年度参保方案
number: null
issuers: [测试县人民政府办公室]
issued: 2029-10-01
region: "999999"
year: 2030
addressed_to: []
copied_to: []
based_on:
  - {title: 上级文件, number: 测发〔2029〕1号}
annexes:
  - {id: 附件, title: 任务表, included: true}
source: {kind: official notice, note: 原样}
restored: []
"""

BODY = """\
## 引言

测试县2030年度参保缴费工作方案

## 一

一、对象

以下人员：

### 一（一）

（一）本县户籍的居民；

### 一（二）

(二)持居住证的居民。

## 一

已在外地参保的，不得重复参保。

## 二

二、标准

每人每年400
元。

## 落款

附件：任务表

## 附件

附件

| 镇 | 任务数 |
| --- | --- |
| 甲镇 | 10 |
| 乙镇 | |

注：以上为初定。

## 落款

抄送：县委。
"""


def write(folder: Path, body: str = BODY, front: str = FRONT) -> Path:
    """A notice.md under a folder of the notice's id."""
    file = folder / "test-2030" / "notice.md"
    file.parent.mkdir()
    file.write_text(f"---\n{front}---\n\n{body}", encoding="utf-8")
    return file


def line_of(file: Path, text: str, nth: int = 1) -> int:
    lines = file.read_text(encoding="utf-8").split("\n")
    return [number for number, line in enumerate(lines, start=1) if line == text][nth - 1]


# --- what a file may hold -----------------------------------------------------------------------------------------


def test_parts_of_a_clause_under_two_headings_are_one_clause(tmp_path: Path) -> None:
    file = write(tmp_path)
    notice = load_notice(file)
    clause = notice.clause("一")
    assert clause.text == "一、对象\n以下人员：\n已在外地参保的，不得重复参保。"
    assert clause.lines[-1] == line_of(file, "已在外地参保的，不得重复参保。")
    assert notice.clause("落款").text == "附件：任务表\n抄送：县委。"


def test_the_whole_text_of_a_clause_comes_in_the_order_printed(tmp_path: Path) -> None:
    notice = load_notice(write(tmp_path))
    expected = "一、对象\n以下人员：\n（一）本县户籍的居民；\n(二)持居住证的居民。\n已在外地参保的，不得重复参保。"
    assert notice.text_of("一") == expected
    assert notice.text_of("一（二）") == "(二)持居住证的居民。"


def test_ids_are_listed_once_in_the_order_they_begin(tmp_path: Path) -> None:
    notice = load_notice(write(tmp_path))
    assert notice.clause_ids == ("引言", "一", "一（一）", "一（二）", "二", "落款", "附件")
    assert notice.children("一") == ("一（一）", "一（二）")
    assert notice.children("二") == ()
    assert notice.clause("一（二）").depth == 2


def test_a_clause_is_found_by_ascii_brackets_too(tmp_path: Path) -> None:
    assert load_notice(write(tmp_path)).clause(" 一(二) ").id == "一（二）"


def test_a_quote_across_two_lines_stands_once_white_space_is_folded(tmp_path: Path) -> None:
    text = load_notice(write(tmp_path)).text_of("二")
    assert "每人每年400元" not in text
    assert normalise("每人每年４００元") in normalise(text)


def test_a_table_keeps_heads_rows_and_empty_cells(tmp_path: Path) -> None:
    clause = load_notice(write(tmp_path)).clause("附件")
    (table,) = clause.tables
    assert table.columns == ("镇", "任务数")
    assert table.rows == (("甲镇", "10"), ("乙镇", ""))
    assert table.column("任务数") == ("10", "")
    assert clause.text == "附件\n镇 任务数\n甲镇 10\n乙镇\n注：以上为初定。"
    with pytest.raises(KeyError, match="人数"):
        table.column("人数")


def test_the_front_matter_arrives_typed_and_frozen(tmp_path: Path) -> None:
    notice = load_notice(write(tmp_path).parent)
    assert notice.issued == date(2029, 10, 1)
    assert notice.region == "999999"
    assert notice.based_on == (Document("上级文件", "测发〔2029〕1号"),)
    assert notice.source == Source("official notice", "原样")
    with pytest.raises(FrozenInstanceError):
        notice.year = 2031  # type: ignore[misc]


# --- what is refused, where, and how to mend it --------------------------------------------------------------------

BODY_FAULTS = {
    "other numbering": (
        "## 二\n",
        "## 第二条\n",
        "## 第二条",
        "numbered otherwise than 一",
        "put the numbers of the clauses",
    ),
    "id of words": ("## 二\n", "## 标准\n", "## 标准", "no clause id", "write it as the notice numbers it"),
    "ascii brackets": ("### 一（一）", "### 一(一)", "### 一(一)", "wrong depth or brackets", "write `### 一（一）`"),
    "wrong depth": ("### 一（一）", "## 一（一）", "## 一（一）", "wrong depth or brackets", "write `### 一（一）`"),
    "no space": ("## 二\n", "##二\n", "##二", "wrong depth or brackets", "write `## 二`"),
    "missing parent": (
        "## 二\n",
        "### 三（一）\n\n（一）x\n\n## 二\n",
        "### 三（一）",
        "without its parent 三",
        "put heading 三",
    ),
    "out of order": (
        "## 二\n\n二、",
        "## 三\n\n三、甲\n\n## 二\n\n二、",
        "## 二",
        "out of order after 三",
        "keep the order",
    ),
    "child too late": (
        "## 落款\n\n附件：",
        "### 一（三）\n\n（三）x\n\n## 落款\n\n附件：",
        "### 一（三）",
        "out of order after 二",
        "keep the order",
    ),
    "preamble late": (
        "## 落款\n\n附件：",
        "## 引言\n\n再言\n\n## 落款\n\n附件：",
        "## 引言",
        "stands twice",
        "join the two",
    ),
    "twice on end": (
        "## 落款\n\n附件：",
        "## 二\n\n二、又\n\n## 落款\n\n附件：",
        "## 二",
        "stands twice",
        "join the two",
    ),
    "empty clause": ("（一）本县户籍的居民；\n", "", "### 一（一）", "is empty", "give it the notice's words"),
    "wrong lead": ("二、标准", "三、标准", "## 二", "does not begin with its own number 二", "mend the heading"),
    "text before": (
        "## 引言\n",
        "",
        "测试县2030年度参保缴费工作方案",
        "before the first heading",
        "put it under `## 引言`",
    ),
    "ragged row": ("| 甲镇 | 10 |", "| 甲镇 | 10 | 3 |", "| 甲镇 | 10 | 3 |", "3 cells", "leave an empty cell"),
    "short row": ("| 乙镇 | |", "| 乙镇 |", "| 乙镇 |", "1 cells", "leave an empty cell"),
    "no rule": ("| --- | --- |\n", "", "| 镇 | 任务数 |", "no heads or no rows", "write heads"),
}


@pytest.mark.parametrize("name", BODY_FAULTS)
def test_a_fault_in_the_text_is_named_with_its_line_and_remedy(tmp_path: Path, name: str) -> None:
    old, new, at, what, mend = BODY_FAULTS[name]
    assert BODY.count(old) >= 1
    file = write(tmp_path, BODY.replace(old, new, 1))
    with pytest.raises(NoticeFault) as caught:
        load_notice(file)
    fault = caught.value
    nth = 2 if name in ("preamble late", "twice on end") else 1
    assert fault.where == f"{file}:{line_of(file, at, nth)}"
    assert what in fault.what
    assert mend in fault.mend


FRONT_FAULTS = {
    "duplicate key": ("year: 2030\n", "year: 2030\nyear: 2031\n", "year: 2031", "year stands twice", "keep one"),
    "unknown key": ("year: 2030\n", "year: 2030\nyaer: 1\n", "yaer: 1", "unknown key yaer", "did you mean year?"),
    "key missing": ("issued: 2029-10-01\n", "", "id: test-2030", "key issued is missing", "null"),
    "code unquoted": ('"999999"', "999999", "region: 999999", "region:", "a code in quotes"),
    "no number": ("year: 2030", "year: 明年", "year: 明年", "year:", "give the value"),
    "long short title": ("测试县2030年度参保方案", "测" * 25, f"short_title: {'测' * 25}", "24", "give the value"),
    "key of a list item": (
        "{title: 上级文件, number: 测发〔2029〕1号}",
        "{title: 上级文件, nubmer: 测发〔2029〕1号}",
        "  - {title: 上级文件, nubmer: 测发〔2029〕1号}",
        "nubmer",
        "number",
    ),
    "annex without clause": (
        "{id: 附件,",
        "{id: 附件2,",
        "  - {id: 附件2, title: 任务表, included: true}",
        "no clause",
        "mend",
    ),
    "annex marked absent": (
        "included: true",
        "included: false",
        "  - {id: 附件, title: 任务表, included: false}",
        "has a clause",
        "mend",
    ),
    "restored elsewhere": (
        "restored: []",
        "restored:\n  - {clause: 二, was: 乱码, now: 没有的话, why: 残缺}",
        "  - {clause: 二, was: 乱码, now: 没有的话, why: 残缺}",
        "does not stand in 二",
        "mend",
    ),
    "other folder": ("id: test-2030", "id: other-2030", "id: other-2030", "in folder test-2030", "agree"),
    "no yaml": ("issuers: [测试县人民政府办公室]", "issuers: [测试县", "issued: 2029-10-01", "no YAML", "mend"),
}


@pytest.mark.parametrize("name", FRONT_FAULTS)
def test_a_fault_in_the_front_matter_is_named_with_its_line_and_remedy(tmp_path: Path, name: str) -> None:
    old, new, at, what, mend = FRONT_FAULTS[name]
    assert FRONT.count(old) == 1
    file = write(tmp_path, front=FRONT.replace(old, new))
    with pytest.raises(NoticeFault) as caught:
        load_notice(file)
    fault = caught.value
    assert fault.where == f"{file}:{line_of(file, at)}"
    assert what in fault.what
    assert mend in fault.mend


def test_a_file_without_front_matter_or_without_itself_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notice.md"
    with pytest.raises(NoticeFault, match="cannot be read"):
        load_notice(file)
    file.write_text("## 一\n\n一、x\n", encoding="utf-8")
    with pytest.raises(NoticeFault, match=r"notice\.md:1: no front matter; begin with"):
        load_notice(file)
    file.write_bytes(b"---\n" + b"\xff\xfe")
    with pytest.raises(NoticeFault, match="UTF-8"):
        load_notice(file)


def test_an_unknown_clause_is_refused_by_name(tmp_path: Path) -> None:
    notice = load_notice(write(tmp_path))
    with pytest.raises(PolicyError, match="test-2030 has no clause 一（九）"):
        notice.clause("一（九）")
    with pytest.raises(PolicyError, match="test-2030 has no clause 附件2"):
        notice.text_of("附件2")


# --- ids -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outer", "inner", "covered"),
    [
        ("四", "四", True),
        ("四", "四（二）", True),
        ("四（二）", "四", False),
        ("三（二）", "三（二）1（5）", True),
        ("三（二）1", "三（二）1（5）", True),
        ("三（二）1", "三（二）10", False),
        ("十", "十一", False),
        ("一", "十一", False),
        ("附件", "附件2", False),
        ("附件", "附件", True),
        ("附件2", "附件", False),
        ("四(二)", "四（二）", True),
        ("四", "五（四）", False),
    ],
)
def test_a_clause_covers_itself_and_what_lies_within(outer: str, inner: str, covered: bool) -> None:
    assert covers(outer, inner) is covered


def test_an_id_falls_into_its_segments() -> None:
    assert parse("三（二）1（5）") == ("三", "（二）", "1", "（5）")
    assert parse("十二（十）") == ("十二", "（十）")
    assert parse("附件2") == ("附件2",)
    assert normalise_id("三 (二)１（5)") == "三（二）1（5）"
    assert parent("三（二）1（5）") == "三（二）1"
    assert parent("附件2") is None


def test_counties_number_clauses_in_other_ways() -> None:
    assert parse("第五条（二）1") == ("第五条", "（二）", "1")
    assert parse("第三章第五条") == ("第三章", "第五条")
    assert parse("第一章第二节第十二条") == ("第一章", "第二节", "第十二条")
    assert parse("1（3）") == ("1", "（3）")
    assert parse("（一）2") == ("（一）", "2")
    assert covers("第五条", "第五条（二）")
    assert not covers("第五条", "第十五条")
    assert parent("第三章第五条") == "第三章"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "四（二",
        "四二五x",
        "四附件",
        "附件二",
        "第条",
        "第一",
        "第五条第六条",
        "第五条第一章",
        "四第五条",
        "1一",
        "条",
    ],
)
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(NoticeFault, match="no clause id"):
        parse(text)


@pytest.mark.parametrize(
    ("segment", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("（七）", 7),
        ("12", 12),
        ("（5）", 5),
        ("附件2", 2),
        ("附件", 0),
        ("第十五条", 15),
        ("第一百零三条", 103),
        ("第3章", 3),
    ],
)
def test_a_segment_prints_a_number(segment: str, number: int) -> None:
    assert ordinal(segment) == number


def test_quotes_compare_without_regard_to_width_and_white_space() -> None:
    assert normalise("居民医保（以下\n简称“居民 医保”）：３２０元；") == normalise(
        '居民医保(以下简称"居民医保"):320元;'
    )
    assert normalise("9月—12月") == normalise("9月-12月")
    assert normalise("320元") != normalise("32O元")


# --- the notices held ----------------------------------------------------------------------------------------------

CLAUSES = {
    "suixi-2022": (
        "引言 一 二 二（一） 二（二） 三 四 四（一） 四（二） 四（三） 四（四） 四（五） 五 六 六（一） 六（二） 六（三） 六（四） "
        "七 七（一） 七（二） 七（三） 八 八（一） 八（二） 八（三） 八（四） 落款 附件"
    ),
    "dazhu-2022": (
        "引言 一 二 三 四 五 六 六（一） 六（二） 六（三） 六（四） 六（五） 六（六） 七 七（一） 七（二） 七（三） "
        "七（三）1 七（三）2 七（三）3 七（三）4 七（三）5 七（三）6 七（三）7 七（三）8 七（三）9 七（三）10 七（三）11 "
        "七（三）12 七（四） 落款 附件"
    ),
    "xingyi-2022": (
        "引言 一 二 二（一） 二（二） 二（三） 二（四） 二（四）1 二（四）2 三 三（一） 三（二） 三（三） 四 四（一） 四（二） "
        "四（三） 五 六 七 八 八（一） 八（二） 八（三） 落款"
    ),
    "huaiyuan-2025": (
        "引言 一 一（一） 一（二） 一（三） 一（四） 一（五） 二 二（一） 二（二） 二（三） 三 三（一） 三（二） 三（二）1 三（二）2 "
        "三（二）3 三（三） 四 四（一） 四（二） 五 五（一） 五（二） 五（三） 六 七 七（一） 七（二） 七（三） 七（四） 落款 "
        "附件1 附件2"
    ),
    "mancheng-2023": (
        "引言 一 一（一） 一（二） 一（二）1 一（二）2 一（三） 二 二（一） 二（二） 二（三） 二（三）1 二（三）2 二（四） 三 三（一） "
        "三（一）1 三（一）2 三（一）3 三（二） 三（二）1 三（二）1（1） 三（二）1（2） 三（二）1（3） 三（二）1（4） "
        "三（二）1（5） 三（二）2 三（二）2（1） 三（二）2（2） 三（二）2（3） 三（二）3 三（三） 四 四（一） 四（二） 四（三） "
        "四（四） 落款 附件1 附件2"
    ),
}


@pytest.fixture(scope="module", params=CLAUSES)
def held(request: pytest.FixtureRequest) -> Notice:
    """Each notice held."""
    return load_notice(NOTICES / request.param)


def test_every_notice_tested_here_is_held() -> None:
    assert set(CLAUSES) <= {file.parent.name for file in NOTICES.glob("*/notice.md")}


def test_a_held_notice_has_these_clauses(held: Notice) -> None:
    assert held.clause_ids == tuple(CLAUSES[held.id].split())


def test_no_leftover_of_a_web_page_stands_in_a_clause(held: Notice) -> None:
    text = "\n".join(held.text_of(name) for name in held.clause_ids)
    leftovers = ("米乐", "分享到", "点击数", "发布日期", "来源:", "\t", "\ufeff", "\u00a0", "\u200b", "\ufffd", "?")
    assert [word for word in leftovers if word in text] == []


def test_the_title_and_the_number_stand_in_the_preamble(held: Notice) -> None:
    preamble = normalise(held.clause("引言").text)
    assert normalise(held.title) in preamble
    for document in held.based_on:
        assert normalise(document.title) in preamble
        assert document.number is None or normalise(document.number) in preamble
    if held.number is not None:
        assert normalise(held.number.text) in preamble


def test_issuers_addressees_and_annexes_stand_in_the_text(held: Notice) -> None:
    ends = normalise(held.clause("引言").text + held.clause("落款").text)
    for name in (*held.issuers, *held.addressed_to, *held.copied_to):
        assert normalise(name) in ends
    for annex in held.annexes:
        assert normalise(annex.title) in ends


def test_the_region_of_a_notice_is_known(held: Notice) -> None:
    assert held.region in load_regions()


def test_restored_words_are_named_and_nothing_else_was_changed() -> None:
    changed = {name: load_notice(NOTICES / name).restored for name in CLAUSES}
    assert [name for name, changes in changed.items() if changes] == ["dazhu-2022"]
    (change,) = changed["dazhu-2022"]
    assert (change.was, change.now) == ("?竹府办函〔202152", "竹府办函〔2021〕52号")
    number = load_notice(NOTICES / "dazhu-2022").number
    assert number is not None
    assert number.restored is True


def test_dates_are_those_the_notices_bear() -> None:
    assert {name: load_notice(NOTICES / name).issued for name in CLAUSES} == {
        "suixi-2022": None,
        "dazhu-2022": date(2021, 9, 28),
        "xingyi-2022": date(2022, 1, 13),
        "huaiyuan-2025": date(2024, 9, 24),
        "mancheng-2023": None,
    }


# notice, annex, rows without the total, heads of the columns of numbers
TOTALS = [
    ("suixi-2022", "附件", 12, ("户籍人口数（人）", "参保任务数")),
    ("dazhu-2022", "附件", 31, ("2022年度目标任务数",)),
    ("mancheng-2023", "附件1", 12, ("户籍人数（人）", "2022年居民医保（人）", "目标任务数（人）")),
]


@pytest.mark.parametrize(("name", "annex", "rows", "heads"), TOTALS)
def test_printed_totals_are_the_sums_of_their_columns(name: str, annex: str, rows: int, heads: tuple[str, ...]) -> None:
    (table,) = load_notice(NOTICES / name).clause(annex).tables
    assert len(table.rows) == rows + 1
    assert "合计" in table.rows[-1]
    for head in heads:
        *parts, total = table.column(head)
        assert sum(int(cell) for cell in parts if cell) == int(total)


def test_each_town_s_target_follows_from_its_population() -> None:
    (suixi,) = load_notice(NOTICES / "suixi-2022").clause("附件").tables
    for _, people, rate, target in suixi.rows[:-1]:
        assert rate == "99%"
        assert int(target) == (int(people) * 99 + 50) // 100
    (mancheng,) = load_notice(NOTICES / "mancheng-2023").clause("附件1").tables
    for _, people, before, target in mancheng.rows[:-2]:
        assert int(target) == max((int(people) * 90 + 50) // 100, int(before))


def test_rows_of_a_table_printed_in_two_blocks_stand_in_the_order_of_their_numbers() -> None:
    (table,) = load_notice(NOTICES / "dazhu-2022").clause("附件").tables
    assert table.column("序号") == (*(str(number) for number in range(1, 32)), "")


def test_the_inspection_table_names_every_town_once() -> None:
    (table,) = load_notice(NOTICES / "huaiyuan-2025").clause("附件2").tables
    assert table.columns == ("组别", "牵头单位", "负责人", "督查乡镇（街道）")
    towns = [town for cell in table.column("督查乡镇（街道）") for town in cell.split("、")]
    assert [len(cell.split("、")) for cell in table.column("督查乡镇（街道）")] == [11, 11]
    assert len(set(towns)) == 22


def test_annexes_without_content_are_marked_so() -> None:
    xingyi = load_notice(NOTICES / "xingyi-2022")
    assert [(annex.id, annex.included) for annex in xingyi.annexes] == [("附件1", False), ("附件2", False)]


@pytest.mark.parametrize(
    ("name", "clause", "quote"),
    [
        ("suixi-2022", "六", "对于使用信息化手段缴费困难的老年等群体"),
        ("suixi-2022", "二", "原则上不允许重复参保"),
        ("huaiyuan-2025", "一", "严禁重复参保"),
        ("huaiyuan-2025", "三（二）", "执行期间如遇国家、省政策调整"),
        ("huaiyuan-2025", "五（一）", "（一）准备阶段"),
        ("mancheng-2023", "二（三）2", "每月1日至25日为缴费时段"),
        ("mancheng-2023", "附件2", "3.便携式终端缴费"),
        ("mancheng-2023", "附件1", "满城镇（含社区）"),
    ],
)
def test_text_that_follows_a_child_stands_where_it_belongs(name: str, clause: str, quote: str) -> None:
    assert quote in load_notice(NOTICES / name).clause(clause).text


def other_numbering(tmp_path: Path, body: str) -> Notice:
    folder = tmp_path / "test-2030"
    folder.mkdir()
    front = FRONT.replace("annexes:", "annexes: []\nignored:").split("ignored:")[0]
    tail = "source: {kind: fictional, note: 测试}\nrestored: []\n"
    (folder / "notice.md").write_text(f"---\n{front}{tail}---\n\n{body}", encoding="utf-8")
    return load_notice(folder)


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        (
            "## 第一条\n\n第一条 甲。\n\n### 第一条（一）\n\n（一）乙。\n\n## 第二条\n\n第二条 丙。",
            ("第一条", "第一条（一）", "第二条"),
        ),
        (
            "## 第一章\n\n第一章 总则\n\n## 第一条\n\n第一条 甲。\n\n## 第二条\n\n第二条 乙。\n\n"
            "## 第二章\n\n第二章 缴费\n\n## 第三条\n\n第三条 丙。",
            ("第一章", "第一条", "第二条", "第二章", "第三条"),
        ),
        (
            "## 第一章\n\n第一章 总则\n\n### 第一章第一条\n\n第一条 甲。\n\n## 第二章\n\n第二章 缴费",
            ("第一章", "第一章第一条", "第二章"),
        ),
        (
            "## 引言\n\n甲。\n\n## 1\n\n1. 乙。\n\n### 1（1）\n\n(1) 丙。\n\n## 2\n\n2. 丁。",
            ("引言", "1", "1（1）", "2"),
        ),
        ("## （一）\n\n（一）甲。\n\n## （二）\n\n（二）乙。\n\n## 落款\n\n丙。", ("（一）", "（二）", "落款")),
    ],
)
def test_a_notice_may_be_numbered_otherwise(tmp_path: Path, body: str, ids: tuple[str, ...]) -> None:
    assert other_numbering(tmp_path, body).clause_ids == ids


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("## 一\n\n一、甲。\n\n## （二）\n\n（二）乙。", "heading （二） is numbered otherwise than 一"),
        ("## 第二条\n\n第二条 甲。\n\n## 第一条\n\n第一条 乙。", "out of order"),
        ("## 第二条\n\n第三条 甲。", "does not begin with its own number 第二条"),
        ("## 1\n\n10. 甲。", "does not begin with its own number 1"),
        ("## 第一条\n\n第一条 甲。\n\n## 1\n\n1. 乙。", "heading 1 is numbered otherwise than 第一条"),
    ],
)
def test_mixed_numbering_is_refused(tmp_path: Path, body: str, words: str) -> None:
    with pytest.raises(NoticeFault, match=words):
        other_numbering(tmp_path, body)
