"""`canbao records`, `canbao demo` and `canbao db` as people run them: the whole command in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook
from people import GUILAN, KEY, SUIXI, entry, id_number, loader, paid, registry
from test_roster import HEAD, ROW, csv_of
from typer.testing import CliRunner
from whole_program import CANBAO, ROOT

from bot import composition
from bot.audit.journal import Journal
from bot.cli import app
from bot.records.demo_town import demo_policy, demo_town
from bot.records.id_number import read_id_number
from bot.records.roster.headings import bare, roster_words
from bot.store.database import open_database

Run = Callable[..., str]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'canbao.db'}"


@pytest.fixture
def run(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command within this process and gives what it printed; a fault is raised as the program would print it."""
    monkeypatch.setenv("CANBAO_DATABASE_URL", url)
    monkeypatch.setenv("CANBAO_SECRET_KEY", KEY.hex())
    monkeypatch.setenv("CANBAO_NOW", "2021-12-01")
    monkeypatch.setattr("bot.project.VAR", tmp_path / "var")

    def run(*words: str, given: str = "") -> str:
        result = CliRunner().invoke(app, list(words), input=given, catch_exceptions=False, standalone_mode=False)
        return result.stdout

    return run


def test_a_roster_is_imported_shown_and_exported(run: Run, tmp_path: Path) -> None:
    path = csv_of(tmp_path / "r.csv", HEAD, ROW, ("=1+1", *ROW[1:]))
    assert "1 added, 0 changed, 0 unchanged, 1 rejected" in run("records", "import", str(path))
    assert "0 added, 0 changed, 1 unchanged" in run("records", "import", str(path))
    shown = run("records", "show", "--reason", "本人来电", "--stdin", given=f"{GUILAN}\n")
    assert "王*兰" in shown
    assert "2022年度 已缴费 40元" in shown
    assert GUILAN not in shown
    own = json.loads(run("records", "export", "--reason", "本人申请", "--stdin", given=GUILAN))
    assert (own["name"], own["id_number"], own["enrolments"][0]["amount"]) == ("王桂兰", GUILAN, "40.00")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_roster_goes_out_with_masked_numbers_and_no_formulas(run: Run, url: str, tmp_path: Path, kind: str) -> None:
    async def fill() -> None:
        engine = await open_database(url)
        await loader(engine).load([entry(1, payment=paid()), entry(2, village="=cmd")])
        await engine.dispose()

    run("db", "upgrade")
    run("records", "import", str(csv_of(tmp_path / "r.csv", HEAD[:2], ("王一", id_number(order=9)))), "--region", SUIXI)
    asyncio.run(fill())
    out = tmp_path / f"out.{kind}"
    words = ("records", "export", "--region", "濉溪县", "--town", "刘桥镇", "--year", "2022", "--reason", "核对")
    assert "2 residents" in run(*words, "--out", str(out))
    assert (out.stat().st_mode & 0o777) == 0o600
    if kind == "xlsx":
        rows = [[str(cell) for cell in row] for row in load_workbook(out).active.iter_rows(values_only=True)]
    else:
        rows = [line.split(",") for line in out.read_text(encoding="utf-8-sig").splitlines()]
    assert rows[1][:2] == ["王桂兰", f"3{'*' * 16}{id_number(order=1)[-1]}"]
    assert rows[1][7] == "已缴费"
    assert rows[2][4] == "'=cmd"
    assert "没有登记" in rows[2]


def test_every_look_is_in_the_audit_journal_with_its_reason(run: Run, url: str, tmp_path: Path) -> None:
    run("records", "import", str(csv_of(tmp_path / "r.csv", HEAD, ROW)))
    run("records", "show", "--reason", "本人来电", GUILAN)
    run("records", "export", "--reason", "本人申请", GUILAN)

    async def noted() -> list[tuple[str, str]]:
        engine = await open_database(url)
        resident = await registry(engine).by_id_number(GUILAN)
        assert resident is not None
        looks = [(one.action, one.reason) for one in await Journal(engine).looks_of(resident.id)]
        await engine.dispose()
        return looks

    assert sorted(asyncio.run(noted())) == [("exported", "本人申请"), ("looked", "本人来电")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "--reason", " ", GUILAN), "--reason is empty"),
        (("show", "--reason", "x", "123"), "3位"),
        (("show", "--reason", "x", GUILAN), "no resident"),
        (("show", "--reason", "x", "--stdin", GUILAN), "either as an argument"),
        (("show", "--reason", "x"), "no ID number was given"),
        (("export", "--reason", "x", "--town", "刘桥镇"), "--region"),
        (("export", "--reason", "x", "--region", "濉溪县"), "--year and --out"),
        (("purge", "--reason", "x", "--before", "2015", GUILAN), "give one of an ID number"),
        (("import", "nowhere.csv"), "no such file"),
        (("import", "nowhere.csv", "--region", "安徽省"), "no such file"),
        (("rotate-key",), "no key: set CANBAO_OLD_SECRET_KEY"),
    ],
)
def test_wrong_usage_is_told_and_no_number_repeated(run: Run, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(Exception, match=told) as caught:
        run("records", *words)
    assert GUILAN not in str(caught.value)


def test_a_person_is_deleted_with_everything(run: Run, tmp_path: Path) -> None:
    run("records", "import", str(csv_of(tmp_path / "r.csv", HEAD, ROW)))
    assert "is deleted" in run("records", "purge", "--reason", "本人要求", "--yes", GUILAN)
    with pytest.raises(Exception, match="no resident"):
        run("records", "show", "--reason", "x", GUILAN)


def test_years_long_past_are_deleted(run: Run, tmp_path: Path) -> None:
    run("records", "import", str(csv_of(tmp_path / "r.csv", HEAD, ROW)))
    assert "0 enrolments" in run("records", "purge", "--reason", "期满", "--yes", "--before", "2022")
    assert "1 enrolments" in run("records", "purge", "--reason", "期满", "--yes", "--before", "2023")


def test_a_key_is_exchanged_by_the_command(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("records", "import", str(csv_of(tmp_path / "r.csv", HEAD, ROW)))
    new = os.urandom(32).hex()
    (tmp_path / "new.key").write_text(new, encoding="ascii")
    (tmp_path / "old.key").write_text(KEY.hex(), encoding="ascii")
    keys = ("--old-key-file", str(tmp_path / "old.key"), "--new-key-file", str(tmp_path / "new.key"))
    assert "1 rows are under the key" in run("records", "rotate-key", *keys)
    with pytest.raises(Exception, match="not that of this database"):
        run("records", "show", "--reason", "x", GUILAN)
    monkeypatch.setenv("CANBAO_SECRET_KEY", new)
    assert "王*兰" in run("records", "show", "--reason", "x", GUILAN)


def test_the_demonstration_is_fictional_the_same_each_time_and_goes_without_a_trace(run: Run, tmp_path: Path) -> None:
    first = run("demo", "--region", "濉溪县")
    assert "虚构镇: 91 fictional residents (91 new)" in first
    assert run("demo", "--region", "濉溪县") == first.replace("(91 new)", "(0 new)")
    resident = json.loads((tmp_path / "var" / "demo" / "01.json").read_text(encoding="utf-8"))
    assert resident["enrollments"][0]["status"] == "paid"
    number = first.partition("已经缴费：")[2].splitlines()[0].partition("，")[2]
    assert "虚构" in run("records", "show", "--reason", "试", number)
    assert "91 fictional residents taken out" in run("demo", "--remove")
    assert "0 fictional residents taken out" in run("demo", "--remove")
    assert list((tmp_path / "var" / "demo").iterdir()) == []


@pytest.mark.parametrize("county", ["340621", "340321", "511724", "130607"])
def test_a_fictional_town_has_every_category_and_numbers_of_nobody(county: str) -> None:
    kb = composition.knowledge()
    policy = demo_policy(kb, county)
    assert policy is not None
    town = demo_town(kb, policy)
    assert demo_town(kb, policy) == town
    held = {one.category for person in town.entries for one in person.categories or ()}
    assert held == {one.name for one in kb.categories.by_name.values() if not one.ordinary}
    numbers = [read_id_number(person.id_number, town.day) for person in town.entries]
    assert len({one.text for one in numbers}) == len(numbers)
    assert [person.birth_date for person in town.entries] == [one.birth_date for one in numbers]
    assert {one.text[:6] for one in numbers} & _codes() == set()
    assert {"paid", "unpaid"} == {person.payment.status for person in town.entries if person.payment}


def _codes() -> set[str]:
    text = (ROOT / "policy_kb" / "regions" / "divisions.csv").read_text(encoding="utf-8")
    return {line.partition(",")[0] for line in text.splitlines()}


def test_a_wrong_key_ends_the_program_in_one_line(run: Run, url: str, tmp_path: Path) -> None:
    path = csv_of(tmp_path / "r.csv", HEAD, ROW)
    run("records", "import", str(path))
    env = os.environ | {"CANBAO_DATABASE_URL": url, "CANBAO_SECRET_KEY": "ab" * 32}
    wrong = subprocess.run([CANBAO, "records", "import", path], env=env, capture_output=True, text=True)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert len(wrong.stderr.splitlines()) == 1
    assert "set CANBAO_SECRET_KEY" in wrong.stderr
    assert "ab" * 32 not in wrong.stderr


def test_the_headings_of_the_documents_are_known_and_none_is_left_out() -> None:
    words = roster_words()
    known = {bare(word): field for field, variants in words.headings.items() for word in variants}
    for name in ("records.md", "records.zh-CN.md"):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line][1:]
        shown = [one.strip() for row in rows for one in row.split("|")[1].replace("、", ",").split(",")]
        assert [one for one in shown if bare(one) not in known] == []
        assert {known[bare(one)] for one in shown} == set(words.headings)


def test_the_mapping_file_of_the_documents_is_valid(tmp_path: Path) -> None:
    from bot.records.roster.headings import read_mapping

    for name in ("records.md", "records.zh-CN.md"):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        (tmp_path / "m.yml").write_text(text.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
        assert yaml.safe_load((tmp_path / "m.yml").read_text(encoding="utf-8"))
        assert read_mapping(tmp_path / "m.yml").words["status"] == {"Y": "已缴费", "N": "未缴费"}
