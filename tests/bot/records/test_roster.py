"""Rosters as county staff write them: headings, cells, encodings, workbooks, and what is refused with which words."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from people import GUILAN, LIUQIAO, SUIXI, TIEFO, id_number, reader

from bot import composition
from bot.errors import BadRoster
from bot.records.entry import Employee, Entry, Held, Payment, Remark
from bot.records.roster.cells import BadCell, read_date, read_fen, read_year
from bot.records.roster.county import county_of
from bot.records.roster.headings import Mapped, read_mapping
from bot.records.roster.reading import Rejected

HEAD = ("姓名", "身份证号", "乡镇", "村", "人员类别", "参保年度", "缴费日期", "缴费金额", "缴费状态")
ROW = ("王桂兰", GUILAN, "刘桥镇", "李村", "低保户", "2022", "2021-11-05", "40", "已缴费")


def csv_of(path: Path, *rows: Sequence[str], encoding: str = "utf-8", between: str = ",") -> Path:
    path.write_bytes("\r\n".join(between.join(row) for row in rows).encode(encoding))
    return path


def book_of(path: Path, *rows: Sequence[object], merged: Sequence[str] = ()) -> Path:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for one in merged:
        sheet.merge_cells(one)
    book.save(path)
    return path


def read(path: Path, mapped: Mapped | None = None, year: int | None = None) -> list[Entry | Rejected | Remark]:
    return list(reader(mapped, year).read(path))


def one(path: Path, mapped: Mapped | None = None, year: int | None = None) -> Entry:
    (found,) = [told for told in read(path, mapped, year) if not isinstance(told, Remark)]
    assert isinstance(found, Entry), found.remark.words
    return found


def reason(tmp_path: Path, **changed: str) -> str:
    """Why a row is refused in which some cells are others."""
    cells = dict(zip(HEAD, ROW, strict=True)) | changed
    (found,) = read(csv_of(tmp_path / "r.csv", tuple(cells), tuple(cells.values())))
    assert isinstance(found, Rejected), found
    return found.remark.words


def remarks(path: Path) -> list[str]:
    return [told.words for told in read(path) if isinstance(told, Remark)]


WHOLE = Entry(
    row=2,
    id_number=GUILAN,
    name="王桂兰",
    birth_date=date(1950, 3, 7),
    town=LIUQIAO,
    village="李村",
    categories=(Held("低保对象", "低保户"),),
    payment=Payment(2022, "paid", None, date(2021, 11, 5), 4000),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("between", [",", "\t", ";"])
def test_a_csv_reads_in_every_encoding_and_with_every_separator(tmp_path: Path, encoding: str, between: str) -> None:
    assert one(csv_of(tmp_path / "r.csv", HEAD, ROW, encoding=encoding, between=between)) == WHOLE


def test_headings_stand_in_any_order_under_titles_and_among_columns_of_no_interest(tmp_path: Path) -> None:
    order = [8, 3, 1, 0, 5, 4, 2, 7, 6]
    head, row = [HEAD[at] for at in order], [ROW[at] for at in order]
    path = csv_of(
        tmp_path / "r.csv",
        ("濉溪县2022年度城乡居民医保参保名册", *[""] * 9),
        ("填报单位：刘桥镇", *[""] * 9),
        ("序号", *head),
        ("1", *row),
    )
    assert one(path) == WHOLE._replace(row=4)


@pytest.mark.parametrize(
    ("usual", "written"),
    [
        ("姓名", "* 姓 名"),
        ("身份证号", "公民身份号码"),
        ("身份证号", "证件号码"),
        ("乡镇", "乡镇（街道）"),
        ("村", "行政村/社区"),
        ("人员类别", "身份类别"),
        ("缴费金额", "缴费金额（元）"),
        ("缴费日期", "缴费日期(如2021-11-05)"),
    ],
)
def test_headings_are_known_as_staff_write_them(tmp_path: Path, usual: str, written: str) -> None:
    head = [written if name == usual else name for name in HEAD]
    assert one(csv_of(tmp_path / "r.csv", head, ROW)) == WHOLE


def test_headings_of_two_rows_are_one(tmp_path: Path) -> None:
    path = book_of(
        tmp_path / "r.xlsx",
        ("名册", *[None] * 8),
        (*HEAD[:5], "缴费信息", None, None, None),
        (*[None] * 5, *HEAD[5:]),
        ROW,
        merged=("A1:I1", "F2:I2", *(f"{column}2:{column}3" for column in "ABCDE")),
    )
    assert one(path) == WHOLE._replace(row=4)


def test_cells_merged_over_several_people_count_for_each(tmp_path: Path) -> None:
    people = [
        ("户号", *HEAD[:4]),
        ("001", "王一", id_number(order=1), "刘桥镇", "李村"),
        (None, "王二", id_number(order=2), None, None),
    ]
    found = read(book_of(tmp_path / "r.xlsx", *people, merged=("A2:A3", "D2:D3", "E2:E3")))
    assert [(one.household, one.town, one.village) for one in found if isinstance(one, Entry)] == [
        ("001", LIUQIAO, "李村")
    ] * 2


def test_a_column_merged_with_nothing_is_not_filled_down(tmp_path: Path) -> None:
    people = [HEAD[:4], ("王一", id_number(order=1), "刘桥镇", "李村"), ("王二", id_number(order=2), None, None)]
    found = read(book_of(tmp_path / "r.xlsx", *people))
    assert [one.town for one in found if isinstance(one, Entry)] == [LIUQIAO, ""]


def test_missing_headings_are_named_with_those_found_and_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(BadRoster, match=r"no column 身份证号 .* has 姓名、代码1、乡镇.*--mapping") as caught:
        read(csv_of(tmp_path / "r.csv", ("姓名", "代码1", "乡镇"), ("王桂兰", GUILAN, "刘桥镇")))
    assert GUILAN not in str(caught.value)


def test_a_file_without_headings_is_refused_and_nobody_of_it_shown(tmp_path: Path) -> None:
    with pytest.raises(BadRoster, match="none of them has headings") as caught:
        read(csv_of(tmp_path / "r.csv", ROW, ROW))
    assert "王桂兰" not in str(caught.value)
    assert GUILAN not in str(caught.value)


def test_payments_without_a_year_are_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    head = [name for name in HEAD if name != "参保年度"]
    path = csv_of(tmp_path / "r.csv", head, [cell for cell in ROW if cell != "2022"])
    with pytest.raises(BadRoster, match="--year"):
        read(path)
    assert one(path, year=2022) == WHOLE


def test_a_mapping_file_names_columns_and_words(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(
        "columns: {姓名: XM, 公民身份号码: ZJHM, 乡镇: 镇码, 人员类别: RYLB, 缴费状态: ZT}\n"
        "words:\n  乡镇: {'07': 刘桥镇}\n  人员类别: {12: 低保对象}\n  缴费状态: {Y: 已缴费}\n",
        encoding="utf-8",
    )
    path = csv_of(tmp_path / "r.csv", ("XM", "ZJHM", "镇码", "RYLB", "ZT"), ("王桂兰", GUILAN, "07", "12", "Y"))
    found = one(path, read_mapping(mapping), 2022)
    assert (found.town, found.categories, found.payment) == (
        LIUQIAO,
        (Held("低保对象", "低保对象"),),
        Payment(2022, "paid"),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("columns: {星座: X}", "星座"),
        ("colums: {}", "colums"),
        ("columns: [", "YAML"),
        ("words: {姓名: 5}", "姓名"),
    ],
)
def test_a_wrong_mapping_file_is_refused_with_what_it_may_hold(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "m.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BadRoster, match=told):
        read_mapping(tmp_path / "m.yml")


@pytest.mark.parametrize(
    "cell",
    ["2021-11-05", "2021/11/5", "2021.11.5", "2021年11月5日", "20211105", "44505", 44505, 44505.75, date(2021, 11, 5),
     datetime(2021, 11, 5, 9, 30), "2021-11-05 09:30:00", "２０２１－１１－０５"],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell: object) -> None:
    assert read_date(cell) == date(2021, 11, 5)


@pytest.mark.parametrize("cell", ["2021-02-30", "11月5日", "昨天", "5/11/2021", "2021", "999999"])
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(BadCell):
        read_date(cell)


@pytest.mark.parametrize("cell", ["280", "280.00", "280元", "￥280", "280.0", "２８０", " 280 "])
def test_a_sum_is_read_in_whole_fen(cell: str) -> None:
    from bot.records.roster.cells import plain

    assert read_fen(plain(cell)) == 28000
    assert read_fen("1,280.05元") == 128005


@pytest.mark.parametrize("cell", ["二百八", "-280", "280.005", "1e9", "99999999", "NaN"])
def test_what_is_no_sum_is_refused(cell: str) -> None:
    with pytest.raises(BadCell):
        read_fen(cell)


def test_a_year_is_read_as_staff_write_it() -> None:
    assert {read_year(text) for text in ("2022", "2022年", "2022年度", "2022.0")} == {2022}
    with pytest.raises(BadCell):
        read_year("22")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"身份证号": "123"}, "3位"),
        ({"身份证号": "3.40699E+17"}, "科学计数法"),
        ({"姓名": ""}, "没有姓名"),
        ({"乡镇": "竹阳街道"}, "濉溪县没有“竹阳街道”这个乡镇；有濉溪镇"),
        ({"人员类别": "边缘户"}, "可能是低保边缘家庭成员，也可能是边缘易致贫人口，请写全称"),
        ({"人员类别": "外星人"}, "不认识的人员类别“外星人”"),
        ({"参保年度": "明年"}, "不是年份"),
        ({"参保年度": ""}, "没有参保年度"),
        ({"缴费日期": "2021-11-31"}, "不是日历上的日子"),
        ({"缴费日期": "2022-11-05"}, "还没到"),
        ({"缴费日期": "1949-10-01"}, "太早"),
        ({"缴费金额": "四十"}, "不是数字"),
        ({"缴费状态": "大概"}, "缴费状态“大概”不认识"),
        ({"县": "大竹县"}, "“大竹县”的，不是濉溪县的"),
        ({"监护人身份证号": GUILAN}, "同一个身份证号"),
        ({"监护人身份证号": "5"}, "监护人的身份证号"),
        ({"职工医保停保日期": "2021-09-30"}, "没有缴费月数"),
    ],
)
def test_a_bad_row_is_refused_with_the_reason(tmp_path: Path, changed: dict[str, str], words: str) -> None:
    assert words in reason(tmp_path, **changed)


def test_somebody_who_stands_twice_in_a_file_is_taken_once(tmp_path: Path) -> None:
    path = csv_of(tmp_path / "r.csv", HEAD, ROW, ROW, (*ROW[:5], "2021", "2020-11-05", "280", "已缴费"))
    found = read(path)
    assert [one.row for one in found if isinstance(one, Entry)] == [2, 4]
    assert [one.remark.words[:6] for one in found if isinstance(one, Rejected)] == ["和第2行是同"]


def test_an_old_number_is_taken_with_a_remark(tmp_path: Path) -> None:
    path = csv_of(tmp_path / "r.csv", HEAD, (ROW[0], "340699500307123", *ROW[2:]))
    assert one(path).id_number == GUILAN
    assert "15位" in remarks(path)[0]


def test_an_id_number_that_excel_cut_off_is_told(tmp_path: Path) -> None:
    (found,) = read(book_of(tmp_path / "r.xlsx", HEAD, (ROW[0], int(GUILAN[:15]) * 1000, *ROW[2:])))
    assert isinstance(found, Rejected)
    assert "只剩前15位" in found.remark.words


def test_a_workbook_gives_numbers_days_and_sums_as_cells(tmp_path: Path) -> None:
    cells = ("王桂兰", GUILAN, "刘桥镇", "李村", "低保户", 2022, datetime(2021, 11, 5), 40.0, "已缴费")
    assert one(book_of(tmp_path / "r.xlsx", HEAD, cells)) == WHOLE
    assert one(book_of(tmp_path / "s.xlsx", HEAD, (*cells[:6], 44505, 40, "已缴费"))) == WHOLE


def test_all_sheets_are_read_and_one_without_a_roster_is_left_out(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["填表说明"])
    for at in (1, 2):
        sheet = book.create_sheet(f"第{at}页")
        sheet.append(HEAD)
        sheet.append([f"王{'一二'[at - 1]}", id_number(order=at), *ROW[2:]])
    book.create_sheet("空")
    book.save(tmp_path / "r.xlsx")
    made = reader()
    assert len([told for told in made.read(tmp_path / "r.xlsx") if isinstance(told, Entry)]) == 2
    assert made.skipped_sheets == ["Sheet"]


def test_somebody_who_stands_in_two_sheets_is_taken_once(tmp_path: Path) -> None:
    book = Workbook()
    for sheet in (book.active, book.create_sheet("二")):
        sheet.append(HEAD)
        sheet.append(ROW)
    book.active.title = "一"
    book.save(tmp_path / "r.xlsx")
    first, second = read(tmp_path / "r.xlsx")
    assert isinstance(first, Entry)
    assert isinstance(second, Rejected)
    assert (second.remark.sheet, second.remark.row) == ("二", 2)
    assert "工作表一第2行" in second.remark.words


def test_a_million_blank_rows_cost_little(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("\n".join([",".join(HEAD), ",".join(ROW)]) + "\n" + ",,,,,,,,\n" * 1_000_000, encoding="utf-8")
    assert one(path) == WHOLE


def test_a_sheet_that_claims_a_million_rows_is_read_to_its_real_end(tmp_path: Path) -> None:
    made = book_of(tmp_path / "made.xlsx", HEAD, ROW)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(tmp_path / "r.xlsx", "w") as target:
        for name in source.namelist():
            held = source.read(name).replace(b'<dimension ref="A1:I2"', b'<dimension ref="A1:XFD1048576"')
            target.writestr(name, held)
    assert one(tmp_path / "r.xlsx") == WHOLE


@pytest.mark.parametrize(
    ("name", "held", "told"),
    [
        ("r.xls", b"\xd0\xcf\x11\xe0", "save it as .xlsx"),
        ("r.xlsx", b"no zip", "no workbook"),
        ("r.csv", b"PK\x03\x04rest", "workbook by its content"),
        ("r.csv", b"\xd0\xcf\x11\xe0", "old .xls by its content"),
        ("r.csv", b"", "holds nothing"),
        ("r.csv", b"\xff\xff\x00", "neither UTF-8 nor GB18030"),
        ("r.csv", "姓名,身份证号\n王桂兰,\"".encode() + b"x" * 200_000, "quotation mark"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_roster_is_refused_with_what_to_do(tmp_path: Path, name: str, held: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(held)
    with pytest.raises(BadRoster, match=told):
        read(tmp_path / name)


@pytest.mark.parametrize(
    ("address", "town", "village"),
    [
        ("安徽省濉溪县刘桥镇李村12号", LIUQIAO, "李村"),
        ("安徽省淮北市濉溪县铁佛镇王楼村民委员会", TIEFO, "王楼村"),
        ("刘桥镇任圩社区3栋201", LIUQIAO, "任圩社区"),
        ("铁佛镇", TIEFO, ""),
        ("淮北市刘桥镇李村", LIUQIAO, "李村"),
        ("安徽省刘桥镇李村", LIUQIAO, "李村"),
        ("合肥市某镇", "", ""),
        ("安徽省怀远县荆山镇李村", "", ""),
        ("江苏省徐州市铜山区某镇", "", ""),
        ("", "", ""),
    ],
)
def test_town_and_village_are_read_out_of_an_address(tmp_path: Path, address: str, town: str, village: str) -> None:
    found = one(csv_of(tmp_path / "r.csv", (*HEAD[:2], "户籍地址"), (*ROW[:2], address)))
    assert (found.town, found.village) == (town, village)


def test_somebody_registered_elsewhere_is_taken_in_the_town_where_he_lives(tmp_path: Path) -> None:
    path = csv_of(tmp_path / "r.csv", (*HEAD[:3], "户籍地址"), (*ROW[:3], "江苏省徐州市铜山区某镇"))
    assert one(path).town == LIUQIAO
    assert remarks(path) == ["户籍地址不在濉溪县，没有从地址里认乡镇"]


@pytest.mark.parametrize(
    ("cell", "categories"),
    [
        ("低保对象、重度残疾人", ("低保对象", "重度残疾人")),
        ("五保户", ("特困人员",)),
        ("普通居民", ()),
        ("无", ()),
        ("", None),
        ("重度残疾人（二级）", ("重度残疾人",)),
    ],
)
def test_categories_are_read_by_their_names_and_everyday_words(
    tmp_path: Path, cell: str, categories: tuple[str, ...] | None
) -> None:
    found = one(csv_of(tmp_path / "r.csv", HEAD[:5], (*ROW[:4], cell))).categories
    assert (found if found is None else tuple(held.category for held in found)) == categories


def test_a_sum_that_is_not_the_rules_is_told_with_both_figures(tmp_path: Path) -> None:
    path = csv_of(tmp_path / "r.csv", HEAD, (*ROW[:7], "280", "已缴费"))
    assert one(path).payment == Payment(2022, "paid", None, date(2021, 11, 5), 28000)
    assert remarks(path) == ["2022年度缴了280元，按通知低保对象应缴40元，请核对"]


def test_a_sum_of_a_year_without_a_notice_is_not_checked_and_that_is_told(tmp_path: Path) -> None:
    made = reader()
    path = csv_of(tmp_path / "r.csv", HEAD, (*ROW[:5], "2019", "2018-11-05", "7", "已缴费"))
    assert [told for told in made.read(path) if isinstance(told, Remark)] == []
    assert made.unchecked_years == (2019,)


def test_what_contradicts_itself_is_told_and_the_careful_reading_taken(tmp_path: Path) -> None:
    path = csv_of(tmp_path / "r.csv", HEAD, (*ROW[:8], "未缴费"))
    assert one(path).payment == Payment(2022, "unpaid")
    assert "却有缴费日期或金额" in remarks(path)[0]
    late = csv_of(tmp_path / "l.csv", HEAD, (*ROW[:6], "2019-11-05", *ROW[7:]))
    assert "请核对" in remarks(late)[0]


def test_the_rest_of_a_row_is_read_as_well(tmp_path: Path) -> None:
    more = {
        "户号": "001", "与户主关系": "长女", "联系电话": "199-0000-0001", "户籍类型": "外地", "居住证": "有", "缴费方式": "微信",
        "票据号": "T1", "职工医保缴费月数": "30个月", "职工医保停保日期": "2021/9/30", "监护人身份证号": id_number(order=9),
        "监护关系": "母女",
    }  # fmt: skip
    found = one(csv_of(tmp_path / "r.csv", (*HEAD, *more), (*ROW, *more.values())))
    assert (found.household, found.role, found.phone, found.hukou, found.residence_permit) == (
        "001", "长女", "199-0000-0001", "nonlocal", True,
    )  # fmt: skip
    assert found.payment is not None
    assert (found.payment.channel, found.payment.receipt) == ("微信", "T1")
    assert found.employee == Employee(30, date(2021, 9, 30))
    assert (found.guardian, found.guardian_relation) == (id_number(order=9), "母女")


def test_a_county_is_found_from_what_the_rows_name(tmp_path: Path) -> None:
    regions = composition.knowledge().regions
    assert county_of(csv_of(tmp_path / "r.csv", HEAD, ROW), Mapped(), regions).code == SUIXI
    two = csv_of(tmp_path / "t.csv", HEAD, ROW, (*ROW[:2], "竹阳街道", *ROW[3:]))
    with pytest.raises(BadRoster, match=r"point to 濉溪县、大竹县; say which county it is of by --region"):
        county_of(two, Mapped(), regions)
    with pytest.raises(BadRoster, match="nothing in it names a county"):
        county_of(csv_of(tmp_path / "n.csv", HEAD[:2], ROW[:2]), Mapped(), regions)


def test_a_title_without_separators_hides_none(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "濉溪县2022年度参保名册\n填报人,刘桥镇\n" + "\t".join(HEAD) + "\n" + "\t".join(ROW) + "\n", encoding="utf-8"
    )
    assert one(path) == WHOLE._replace(row=4)
