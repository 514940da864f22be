"""`canbao audit`: whole, broken, or asked wrongly; one line and the exit status that scripts need."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path

from whole_program import CANBAO, ROOT

from bot.audit.entry import Action, Entry
from bot.audit.journal import Journal
from bot.store.database import open_database


def run(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"CANBAO_DATABASE_URL": url}
    return subprocess.run([str(CANBAO), "audit", *arguments], env=env, cwd=ROOT, capture_output=True, text=True)


async def test_the_command_tells_a_whole_journal_from_a_broken_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'canbao.db'}"
    engine = await open_database(url)
    for subject in range(3):
        await Journal(engine).note(Entry("staff:王干事", Action.LOOKED, subject, "来窗口核对"))
    await engine.dispose()
    whole = run(url, "verify")
    assert (whole.returncode, whole.stdout.startswith("3 rows hold; note this elsewhere: 3:")) == (0, True)
    noted = whole.stdout.split()[-1]
    listed = run(url, "list", "--last", "1")
    assert "staff:王干事 looked resident 2  来窗口核对" in listed.stdout
    with sqlite3.connect(tmp_path / "canbao.db") as other:
        other.execute("DROP TRIGGER audit_no_delete")
        other.execute("DELETE FROM audit WHERE seq = 3")
    other.close()
    assert run(url, "verify").returncode == 0
    cut = run(url, "verify", "--noted", noted)
    assert cut.returncode == 1
    assert cut.stderr.startswith("canbao: audit journal: row 3 is missing")
    assert cut.stderr.count("\n") == 1
    assert run(url, "verify", "--noted", "3:short").returncode == 2
