"""Progress: counts against the annex's targets, who has not paid, the files, and whose they are."""

from __future__ import annotations

import csv
import io

import pytest
from fictional_village import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE
from served_console import ADMIN, ELSEWHERE, OPERATOR, VILLAGER, Console, token_of

from bot.audit.entry import Entry
from bot.audit.journal import Journal
from bot.console.progress.csv_file import csv_file, guarded
from bot.console.progress.standings import Place, annex_of
from policy_kb.knowledge import KnowledgeBase

LIST = f"/console/progress/people?town={TOWN}&village={VILLAGE}&year=2022"
FILE = {"town": TOWN, "village": VILLAGE, "year": "2022", "county": "340621"}


def journal(console: Console) -> list[Entry]:
    return [one.entry for one in console.run(Journal(console.engine).entries(last=20))]


def rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_county_shows_every_town_of_the_annex_with_its_target(console: Console) -> None:
    with console.client(OPERATOR) as client:
        table = rows(client.get("/console/progress/table?year=2022").content)
    assert len(table) == 1 + 12 + 1
    by_name = {row[0]: row[1:] for row in table}
    assert by_name["刘桥镇"][:4] == ["9", "2", "60785", "60783"]
    assert by_name["开发区"][2] == "23598"
    assert by_name["合计"][2] == "1130260"


def test_a_year_without_targets_counts_by_the_register(console: Console) -> None:
    with console.client(OPERATOR) as client:
        page = client.get("/console/progress?year=2021").text
    assert "没有2021年度的任务分解表" in page
    assert "文件没有给任务数" in page


def test_what_the_annex_says_below_its_table_stands_below_the_figures(console: Console) -> None:
    with console.client(VILLAGER) as client:
        page = client.get("/console/progress?year=2022").text
    assert "参保任务数包括城乡居民医保和城镇职工医保参保人数" in page
    assert 'href="/console/knowledge/suixi-2022#附件"' in page


def test_only_administrators_see_another_county(console: Console) -> None:
    with console.client(ADMIN) as client:
        assert client.get("/console/progress?county=340321&year=2025").status_code == 200
        assert client.get("/console/progress?county=nowhere").status_code == 422
    for name in (OPERATOR, VILLAGER):
        with console.client(name) as client:
            for path in ("", "/table", "/town"):
                answer = client.get(f"/console/progress{path}?county=340321&town=340321100")
                assert answer.status_code == 403, path
                assert "只能看自己辖区" in answer.text


def test_a_town_shows_its_villages_and_links_only_to_lists_one_may_see(console: Console) -> None:
    with console.client(VILLAGER) as client:
        page = client.get(f"/console/progress/town?town={TOWN}&year=2022").text
        assert OTHER_VILLAGE in page
        assert page.count("/console/progress/people?") == 1
    with console.client(OPERATOR) as client:
        assert client.get(f"/console/progress/town?town={TOWN}&year=2022").text.count("/console/progress/people?") == 2
        empty = client.get(f"/console/progress/town?town={OTHER_TOWN}x&year=2022")
        assert "这个镇还没有档案" in empty.text


def test_the_list_names_assisted_people_first_with_what_they_pay(console: Console) -> None:
    with console.client(VILLAGER) as client:
        page = client.get(LIST).text
    names = [name for name in ("虚构特困", "虚构秀英", "虚构小娃", "虚构同名") if name in page]
    assert sorted(names, key=page.index) == names
    assert "共5人" in page
    assert "虚构大民" not in page
    assert "虚构低保" not in page
    assert "0元" in page
    last = journal(console)[-1]
    assert (last.action, last.detail["village"], last.detail["people"]) == ("listed", VILLAGE, 5)


@pytest.mark.parametrize(
    ("name", "town", "village"),
    [
        (VILLAGER, TOWN, OTHER_VILLAGE),
        (VILLAGER, OTHER_TOWN, VILLAGE),
        (VILLAGER, TOWN, ""),
        (ELSEWHERE, TOWN, VILLAGE),
    ],
)
def test_no_address_leads_to_another_villages_list_or_file(
    console: Console, name: str, town: str, village: str
) -> None:
    before = len(journal(console))
    with console.client(name) as client:
        answer = client.get(f"/console/progress/people?town={town}&village={village}&year=2022")
        assert answer.status_code == 403
        assert "虚构大民" not in answer.text
        token = token_of(client.get("/console/people"))
        fields = {**FILE, "csrf": token, "town": town, "village": village, "reason": "上门动员"}
        answer = client.post("/console/progress/people/file", data=fields)
        assert answer.status_code in (403, 422)
        assert "attachment" not in answer.headers.get("content-disposition", "")
    assert len(journal(console)) == before or journal(console)[-1].action != "exported"


def test_the_file_masks_numbers_and_everybody_in_it_is_written_down_with_the_reason(console: Console) -> None:
    with console.client(VILLAGER) as client:
        answer = console.send(client, "/console/progress/people/file", {**FILE, "reason": "上门动员"}, form=LIST)
    assert answer.headers["content-disposition"].startswith("attachment")
    table = rows(answer.content)
    assert table[1][1:3] == ["虚构特困", "3****************4"] or table[1][2].startswith("3****")
    assert [row[5] for row in table[1:]] == ["0", "320", "320", "320", "320"]
    noted = [one for one in journal(console) if one.action == "exported"][-5:]
    assert sorted(one.subject or 0 for one in noted) == [2, 3, 6, 8, 9]
    assert {one.reason for one in noted} == {"导出未参保名单：上门动员"}


def test_no_file_without_a_reason_and_none_by_an_address_alone(console: Console) -> None:
    with console.client(VILLAGER) as client:
        answer = console.send(client, "/console/progress/people/file", {**FILE, "reason": " x"}, form=LIST)
        assert answer.status_code == 422
        assert "做什么用" in answer.text
        assert client.get("/console/progress/people/file").status_code == 404


@pytest.mark.parametrize("after", ["-1", "x", "99999999999"])
def test_a_broken_address_is_told_in_plain_words(console: Console, after: str) -> None:
    with console.client(VILLAGER) as client:
        answer = client.get(f"{LIST}&after={after}")
        assert answer.status_code == 422
        assert "填的内容不对" in answer.text


def test_behind_the_last_page_there_is_nobody(console: Console) -> None:
    with console.client(VILLAGER) as client:
        answer = client.get(f"{LIST}&after=30")
        assert answer.status_code == 200
        assert "虚构秀英" not in answer.text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(cell: str) -> None:
    assert str(guarded(cell)).startswith("'")
    assert rows(bytes(csv_file("x", ("a",), [(cell,)]).body))[1][0].startswith("'")


def test_other_cells_stay_as_they_are() -> None:
    assert [guarded(one) for one in ("王干事", "", 3, -3)] == ["王干事", "", 3, -3]


def test_a_place_without_people_or_target_has_no_share() -> None:
    assert Place("x", "x", 0, 0).share is None
    assert Place("x", "x", 10, 12, 10).missing == 0
    assert Place("x", "x", 10, 4).missing == 6


def test_only_some_notices_have_targets() -> None:
    notices = KnowledgeBase.load().notices
    assert {name for name, one in notices.items() if annex_of(one)} == {"dazhu-2022", "mancheng-2023", "suixi-2022"}
