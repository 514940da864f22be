"""What tests of the whole program share: an NLU server with the trained model, an assistant, a running service."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from whole_program import CANBAO, CASE_TOTAL, ROOT, TODAY, TOKEN, Service, shared, spoken, unless_ci

from nlu.client import NluClient
from nlu.errors import NluError
from nlu.rasa_environment import interpreter
from nlu.rasa_process import free_port
from nlu.running import newest_model

SHORT = ("dialogues", "policy_kb")
"""The folders whose tests only compute."""


@pytest.fixture(scope="session")
def nlu_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An NLU server with the trained model: that of CANBAO_NLU_URL, else one for these tests, which nobody else ends."""
    if found := os.environ.get("CANBAO_NLU_URL"):
        yield found
        return
    try:
        interpreter(ROOT)
        newest_model(ROOT / "models")
    except NluError as error:
        unless_ci(f"no NLU server can be started: {error}; `make setup` makes one")
    with shared("nlu", _nlu_server, tmp_path_factory.getbasetemp()) as url:
        yield url


@contextmanager
def _nlu_server() -> Iterator[str]:
    with spoken([str(CANBAO), "nlu", "serve", "--port", str(free_port())], "NLU server at ", {}) as line:
        yield line.split("NLU server at ")[1].split(";")[0]


@pytest.fixture
async def nlu_client(nlu_url: str) -> AsyncIterator[NluClient]:
    # tests share the machine; what is cut off is the subject of tests of its own
    async with NluClient(nlu_url, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def service(nlu_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The whole web service over a database of its own."""
    start = partial(_web_service, nlu_url, tmp_path_factory.mktemp("service") / "canbao.db")
    with shared("web-service", start, tmp_path_factory.getbasetemp()) as url:
        yield Service(url, TOKEN, TODAY)


@contextmanager
def _web_service(nlu_url: str, database: Path) -> Iterator[str]:
    url = f"http://127.0.0.1:{free_port()}"
    env = {
        "CANBAO_NLU_URL": nlu_url,
        "CANBAO_NLU_TIMEOUT": "15",
        "CANBAO_DATABASE_URL": f"sqlite:///{database}",
        "CANBAO_API_TOKEN": TOKEN,
    }
    with spoken([str(CANBAO), "run", "--now", TODAY, "--port", url.rpartition(":")[2]], "ready", env):
        yield url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Short tests last, so that in several workers no long one begins when the others have nothing left to do."""
    items.sort(key=lambda item: item.path.relative_to(ROOT / "tests").parts[0] in SHORT)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The totals of the conversation cases, from whichever workers held them."""
    ended = [one for outcome in ("passed", "failed") for one in terminalreporter.getreports(outcome)]
    totals = [str(total) for one in ended for name, total in one.user_properties if name == CASE_TOTAL]
    if totals:
        terminalreporter.section("conversation cases")
        for line in sorted(totals):
            terminalreporter.write_line(line)
