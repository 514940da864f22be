"""`canbao audit`: whole, broken, or asked wrongly; one line and the exit status that scripts need."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from whole_program import Here

from bot.audit.entry import Action, Entry
from bot.audit.journal import Journal
from bot.store.database import open_database


async def fill(url: str) -> None:
    engine = await open_database(url)
    for subject in range(3):
        await Journal(engine).note(Entry("staff:王干事", Action.LOOKED, subject, "来窗口核对"))
    await engine.dispose()


def test_the_command_tells_a_whole_journal_from_a_broken_one(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANBAO_DATABASE_URL", f"sqlite:///{tmp_path / 'canbao.db'}")
    asyncio.run(fill(f"sqlite:///{tmp_path / 'canbao.db'}"))
    whole = here("audit", "verify")
    said = whole.stdout.decode()
    assert (whole.returncode, said.startswith("3 rows hold; note this elsewhere: 3:")) == (0, True)
    noted = said.split()[-1]
    listed = here("audit", "list", "--last", "1")
    assert "staff:王干事 looked resident 2  来窗口核对" in listed.stdout.decode()
    with sqlite3.connect(tmp_path / "canbao.db") as other:
        other.execute("DROP TRIGGER audit_no_delete")
        other.execute("DELETE FROM audit WHERE seq = 3")
    other.close()
    assert here("audit", "verify").returncode == 0
    cut = here("audit", "verify", "--noted", noted)
    assert cut.returncode == 1
    assert cut.stderr.decode().startswith("canbao: audit journal: row 3 is missing")
    assert cut.stderr.count(b"\n") == 1
    assert here("audit", "verify", "--noted", "3:short").returncode == 2
