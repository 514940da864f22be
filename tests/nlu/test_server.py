"""The NLU server with the real Rasa: started, killed, found by others, stopped. Needs .venv-nlu."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest
from waiting import until

from nlu.client import NluClient
from nlu.errors import NluNotInstalled, NluNotStarted, NluNotTrained
from nlu.rasa_command import rasa
from nlu.running import NOTE, find_running
from nlu.server import PATIENCE, NluServer

ROOT = Path(__file__).parents[2]
RASA_PYTHON = ROOT / ".venv-nlu" / "bin" / "python"
needs_rasa = pytest.mark.skipif(not RASA_PYTHON.exists(), reason="the Rasa environment .venv-nlu is not installed")

PHRASES = """
version: "3.1"
nlu:
- intent: premium
  examples: |
    - 一个人要交多少钱
    - 医保费几块
    - 个人缴费标准是多少
- intent: window
  examples: |
    - 最晚哪天交
    - 几号截止
    - 缴费期到什么时候
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project's folder with a model of two facets, trained by the project's own pipeline."""
    root = tmp_path_factory.mktemp("project")
    (root / "phrases.yml").write_text(PHRASES, encoding="utf-8")
    (root / "nlu").symlink_to(ROOT / "nlu")
    (root / ".venv-nlu").symlink_to(ROOT / ".venv-nlu")
    rasa(root, "train", "nlu", "--config", str(ROOT / "config.yml"), "--nlu", "phrases.yml", "--out", "models")
    return root


@needs_rasa
async def test_a_killed_server_comes_back_at_the_same_address_and_a_stopped_one_is_not_found(project: Path) -> None:
    async with NluServer(project) as server, NluClient(server.url, timeout=10, remembered=0) as client:
        assert await server.is_ready()
        assert await find_running(project) == server.url
        assert (await client.parse("几号截止")).intents[0].facet == "window"
        first = server.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await until(lambda: server.restarts == 1, within=120)
        assert server.pid != first
        assert (await client.parse("医保费几块")).intents[0].facet == "premium"
        assert await find_running(project) == server.url
        last = server.pid
    assert last is not None
    assert not psutil.pid_exists(last)
    assert await find_running(project) is None
    assert not (project / NOTE).exists()


@needs_rasa
async def test_the_server_ends_when_its_parent_is_killed(project: Path) -> None:
    script = textwrap.dedent("""
        import asyncio, sys
        from pathlib import Path
        from nlu.server import NluServer
        async def main():
            server = NluServer(Path(sys.argv[1]))
            await server.start()
            print(server.pid, flush=True)
            await asyncio.Event().wait()
        asyncio.run(main())
    """)
    with subprocess.Popen([sys.executable, "-c", script, str(project)], stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        child = int(await asyncio.to_thread(parent.stdout.readline))
        assert psutil.pid_exists(child)
        parent.kill()
        await until(lambda: not _lives(child), within=120)
    assert await find_running(project) is None


async def test_a_missing_environment_is_named_with_the_command_that_makes_it(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "nlu.tar.gz").write_bytes(b"")
    with pytest.raises(NluNotInstalled, match="uv sync --only-group nlu"):
        await NluServer(tmp_path).start()


async def test_a_missing_model_is_named_with_the_command_that_trains_it(tmp_path: Path) -> None:
    with pytest.raises(NluNotTrained, match="canbao nlu train"):
        await NluServer(tmp_path).start()


async def test_a_server_that_ends_while_starting_says_its_last_words(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'no such module' >&2\nexit 3\n", encoding="utf-8")
    python.chmod(0o755)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "nlu.tar.gz").write_bytes(b"")
    with pytest.raises(NluNotStarted, match="no such module"):
        await NluServer(tmp_path, python=python).start()
    assert not (tmp_path / NOTE).exists()


@needs_rasa
async def test_a_server_whose_model_does_not_load_says_so_long_before_its_patience_ends(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "nlu.tar.gz").write_bytes(b"no archive")
    (tmp_path / "nlu").symlink_to(ROOT / "nlu")
    (tmp_path / ".venv-nlu").symlink_to(ROOT / ".venv-nlu")
    async with asyncio.timeout(PATIENCE / 2):
        with pytest.raises(NluNotStarted, match=r"cannot load its model: run `canbao nlu train`"):
            await NluServer(tmp_path).start()
    assert not (tmp_path / NOTE).exists()


@pytest.mark.parametrize("note", ["", "{}", '{"url": "http://127.0.0.1:1", "pid": 1, "started": 0, "model": ""}'])
async def test_a_note_that_is_stale_or_broken_finds_no_server(tmp_path: Path, note: str) -> None:
    (tmp_path / NOTE).parent.mkdir()
    (tmp_path / NOTE).write_text(note, encoding="utf-8")
    assert await find_running(tmp_path) is None


def _lives(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
