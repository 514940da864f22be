"""What tests of the whole program share: an NLU server with the trained model, an assistant, a running service."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from nlu.client import NluClient
from nlu.errors import NluError
from nlu.rasa_process import free_port, interpreter
from nlu.running import find_running, newest_model

ROOT = Path(__file__).parent.parent
CANBAO = Path(sys.executable).with_name("canbao")
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
TOKEN = "a-token-of-the-tests-only"
TODAY = "2021-11-20"

summaries = pytest.StashKey[list[str]]()


def unless_ci(reason: str) -> None:
    """Skips with the reason; in continuous integration nothing may be missing."""
    if IN_CI:
        pytest.fail(f"{reason} (CI=true, so this may not be skipped)")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def nlu_url() -> Iterator[str]:
    """An NLU server with the trained model: CANBAO_NLU_URL, one that runs on this machine, else one for these tests."""
    found = os.environ.get("CANBAO_NLU_URL") or asyncio.run(find_running(ROOT))
    if found:
        yield found
        return
    try:
        interpreter(ROOT)
        newest_model(ROOT / "models")
    except NluError as error:
        unless_ci(f"no NLU server can be started: {error}; `make setup` makes one")
    with spoken([str(CANBAO), "nlu", "serve", "--port", str(free_port())], "NLU server at ", {}) as line:
        yield line.split("NLU server at ")[1].split(";")[0]


@pytest.fixture
async def nlu_client(nlu_url: str) -> AsyncIterator[NluClient]:
    # tests share the machine; what is cut off is the subject of tests of its own
    async with NluClient(nlu_url, timeout=30) as client:
        yield client


@dataclass(frozen=True)
class Service:
    """A `canbao run` in a process of its own."""

    url: str
    token: str
    today: str


@pytest.fixture(scope="session")
def service(nlu_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The whole web service over a database of its own."""
    url = f"http://127.0.0.1:{free_port()}"
    database = tmp_path_factory.mktemp("service") / "canbao.db"
    env = {
        "CANBAO_NLU_URL": nlu_url,
        "CANBAO_NLU_TIMEOUT": "15",
        "CANBAO_DATABASE_URL": f"sqlite:///{database}",
        "CANBAO_API_TOKEN": TOKEN,
    }
    command = [str(CANBAO), "run", "--now", TODAY, "--port", url.rpartition(":")[2]]
    with spoken(command, "ready", env):
        yield Service(url, TOKEN, TODAY)


@contextmanager
def spoken(command: list[str], word: str, env: dict[str, str]) -> Iterator[str]:
    """A child process from the moment it prints a line that begins with `word`, which is given, to the end of the block."""
    child = subprocess.Popen(
        command, env=os.environ | env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stderr is not None
    try:
        line = next((line for line in child.stdout if line.startswith(word)), None)
        if line is None:
            pytest.fail(f"{command} ended with {child.wait()}: {child.stderr.read()}")
        yield line.rstrip("\n")
    finally:
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=30)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[summaries] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.stash[summaries]:
        terminalreporter.section("conversation cases")
        for line in config.stash[summaries]:
            terminalreporter.write_line(line)
