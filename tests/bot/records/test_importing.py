"""Importing whole files: run again, broken off, killed, with no room: it ends as if nothing had happened, or says what to do."""

from __future__ import annotations

import asyncio
import csv
import os
import signal
import stat
import subprocess
from pathlib import Path

import pytest
from people import KEY, SECRETS, SUIXI, TODAY, entry, id_number, loader, reader
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine
from test_loading import dump
from test_roster import HEAD, ROW, csv_of
from whole_program import CANBAO, ROOT

from bot import composition
from bot.errors import StoreFailed
from bot.records import loading
from bot.records.importing import Report, RosterImport, beside
from bot.records.loading import BATCH, Loaded
from bot.records.roster.headings import Mapped
from bot.secrets.opening import open_secrets
from bot.settings import Settings
from bot.store.database import open_database

ROWS = 3 * BATCH


def roster(path: Path, rows: int = ROWS) -> Path:
    """So many rows; each 100th is bad, each 50th has a wrong sum."""
    people = (
        (
            "王" + "一二三四五六七八九十"[at % 10],
            id_number(born=f"19{at // 1000 + 40}0307", order=at % 1000) if at % 100 else "123",
            "刘桥镇",
            f"{at % 7}村",
            "低保户" if at % 5 == 0 else "普通居民",
            "2022",
            "2021-11-05",
            "7" if at % 50 == 1 else ("40" if at % 5 == 0 else "320"),
            "已缴费",
        )
        for at in range(rows)
    )
    return csv_of(path, HEAD, *people)


async def imported(engine: AsyncEngine, path: Path) -> Report:
    categories = composition.knowledge().categories
    options = (Mapped(), None)
    return await RosterImport(engine, SECRETS, categories, SUIXI, reader(), TODAY, options).run(path)


async def journal(engine: AsyncEngine) -> list[tuple[object, ...]]:
    async with engine.connect() as connection:
        rows = await connection.execute(
            text("SELECT rows, added, unchanged, rejected, finished IS NULL FROM import_journal")
        )
        return [tuple(row) for row in rows]


async def test_a_file_is_loaded_and_what_was_not_taken_stands_in_files_beside_it(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    path = roster(tmp_path / "r.csv", 200)
    report = await imported(engine, path)
    assert (report.loaded, report.rejected_rows, report.warned) == (Loaded(added=198), 2, 4)
    assert report.rejected is not None
    assert stat.S_IMODE(report.rejected.stat().st_mode) == 0o600
    rows = list(csv.reader(report.rejected.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["工作表", "行号", "原因", *HEAD]
    assert [row[1] for row in rows[1:]] == ["2", "102"]
    assert "3位" in rows[1][2]
    assert report.warnings is not None
    assert "应缴320元" in report.warnings.read_text(encoding="utf-8-sig")


async def test_the_file_of_bad_rows_can_be_mended_and_imported(engine: AsyncEngine, tmp_path: Path) -> None:
    report = await imported(engine, roster(tmp_path / "r.csv", 100))
    assert report.rejected is not None
    held = report.rejected.read_text(encoding="utf-8-sig")
    report.rejected.write_text(held.replace("123", id_number(order=999), 1), encoding="utf-8-sig")
    again = await imported(engine, report.rejected)
    assert (again.loaded, again.rejected) == (Loaded(added=1), None)


async def test_the_same_file_again_changes_nothing(engine: AsyncEngine, tmp_path: Path) -> None:
    path = roster(tmp_path / "r.csv", 300)
    await imported(engine, path)
    before = await dump(engine)
    assert (await imported(engine, path)).loaded == Loaded(unchanged=297)
    assert await dump(engine) == before


async def test_a_bad_row_is_no_formula_in_the_spreadsheet_that_shows_it(engine: AsyncEngine, tmp_path: Path) -> None:
    path = csv_of(tmp_path / "r.csv", HEAD, ("=HYPERLINK(1)", "+1", "@x", "-2", "\t=1", *ROW[5:]))
    report = await imported(engine, path)
    assert report.rejected is not None
    (_, row) = csv.reader(report.rejected.read_text(encoding="utf-8-sig").splitlines())
    assert [cell[0] for cell in row[3:7]] == ["'"] * 4
    assert row[7][0] == "'"


async def test_another_name_for_a_known_number_is_told(engine: AsyncEngine, tmp_path: Path) -> None:
    await imported(engine, csv_of(tmp_path / "r.csv", HEAD, ROW))
    report = await imported(engine, csv_of(tmp_path / "s.csv", HEAD, ("王桂蓝", *ROW[1:])))
    assert (report.loaded, report.warned) == (Loaded(changed=1), 1)
    assert report.warnings is not None
    assert "另一个姓名" in report.warnings.read_text(encoding="utf-8-sig")


async def test_old_files_of_bad_rows_do_not_outlive_a_good_import(engine: AsyncEngine, tmp_path: Path) -> None:
    path = csv_of(tmp_path / "r.csv", HEAD, ("", *ROW[1:]))
    await imported(engine, path)
    csv_of(path, HEAD, ROW)
    await imported(engine, path)
    assert not beside(path, "rejected").exists()


async def test_a_guardian_who_comes_later_in_the_file_is_noted_and_a_missing_one_told(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    head = (*HEAD[:2], "监护人身份证号", "监护关系")
    rows = [
        ("王一", id_number(order=1), id_number(order=2), "母女"),
        ("王二", id_number(order=2), id_number(order=9), "父女"),
    ]
    report = await imported(engine, csv_of(tmp_path / "r.csv", head, *rows))
    async with engine.connect() as connection:
        assert [tuple(row) for row in await connection.execute(text("SELECT * FROM guardian"))] == [(1, 2, "母女")]
    assert report.warnings is not None
    assert "监护人不在册" in report.warnings.read_text(encoding="utf-8-sig")


async def test_killed_at_any_point_and_run_again_it_ends_as_if_never_killed(database_url: str, tmp_path: Path) -> None:
    path = roster(tmp_path / "r.csv")
    engine = await open_database(database_url)
    await open_secrets(engine, Settings(secret_key=KEY.hex(), _env_file=None))
    env = os.environ | {"CANBAO_DATABASE_URL": database_url, "CANBAO_SECRET_KEY": KEY.hex(), "CANBAO_NOW": str(TODAY)}
    command = [str(CANBAO), "records", "import", str(path), "--region", SUIXI]
    for reached in (1, 2) if database_url.startswith("sqlite") else (2,):
        child = await asyncio.to_thread(subprocess.Popen, command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
        await _until(engine, reached, child)
        child.send_signal(signal.SIGKILL)
        await asyncio.to_thread(child.wait)
    assert [row[4] for row in await journal(engine)] == [1]
    report = await imported(engine, path)
    assert report.resumed
    assert [row[4] for row in await journal(engine)] == [0]
    killed, rejected = await dump(engine), beside(path, "rejected").read_text(encoding="utf-8-sig")
    await engine.dispose()
    fresh = await open_database(f"sqlite:///{tmp_path / 'fresh.db'}")
    await imported(fresh, path)
    assert _plain(killed) == _plain(await dump(fresh))
    assert beside(path, "rejected").read_text(encoding="utf-8-sig") == rejected
    await fresh.dispose()


async def _until(engine: AsyncEngine, batches: int, child: subprocess.Popen[bytes]) -> None:
    """Waits until a child has loaded so many batches more than were loaded at first."""
    query = text("SELECT coalesce(sum(added + unchanged), 0) FROM import_journal")

    async def loaded() -> int:
        async with engine.connect() as connection:
            return int((await connection.execute(query)).scalar_one())

    wanted = await loaded() + (batches - 1) * BATCH
    while await loaded() <= wanted:
        assert child.poll() is None, "the import ended before it was killed"
        await asyncio.sleep(0.01)


def _plain(tables: list[list[tuple[object, ...]]]) -> list[list[list[str]]]:
    """Days and truth values look alike on both databases; rows of spells are numbered as they come."""

    def cell(one: object) -> str:
        return str(int(one)) if isinstance(one, bool) else str(one)

    return [[[cell(one) for one in (row[1:] if at == 0 else row)] for row in table] for at, table in enumerate(tables)]


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncEngine:
    return await open_database(f"sqlite:///{tmp_path / 'canbao.db'}")


@pytest.mark.parametrize(
    ("pragma", "told"), [("max_page_count = 120", "free space on its disk"), ("query_only = ON", "make it writable")]
)
async def test_a_full_or_read_only_disk_loses_no_row_that_was_told(
    sqlite: AsyncEngine, tmp_path: Path, pragma: str, told: str
) -> None:
    await loader(sqlite).load([entry(1)])
    before = await dump(sqlite)
    await sqlite.dispose()
    broken = await open_database(f"sqlite:///{tmp_path / 'canbao.db'}")
    event.listen(broken.sync_engine, "connect", lambda raw, _: raw.cursor().execute(f"PRAGMA {pragma}"))
    await broken.dispose()
    with pytest.raises(StoreFailed, match=f"{told}.*run the same command again") as caught:
        await loader(broken).load([entry(order, name="王桂兰兰") for order in range(2, 900)])
    assert "王桂兰兰" not in str(caught.value)
    await broken.dispose()
    again = await open_database(f"sqlite:///{tmp_path / 'canbao.db'}")
    assert await dump(again) == before
    assert await loader(again).load([entry(1)]) == Loaded(unchanged=1)
    await again.dispose()


async def test_a_database_that_another_program_holds_is_told(
    sqlite: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "PATIENCE", 50)
    holder = await open_database(f"sqlite:///{tmp_path / 'canbao.db'}")
    async with holder.connect() as connection:
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailed, match="another program holds it"):
            await loader(sqlite).load([entry(1)])
        await connection.rollback()
    assert await loader(sqlite).load([entry(1)]) == Loaded(added=1)
    await holder.dispose()
    await sqlite.dispose()


async def test_no_room_for_the_file_of_bad_rows_is_told(engine: AsyncEngine, tmp_path: Path) -> None:
    path = csv_of(tmp_path / "r.csv", HEAD, ("", *ROW[1:]))
    beside(path, "rejected").mkdir()
    with pytest.raises(StoreFailed, match=r"r\.csv"):
        await imported(engine, path)
