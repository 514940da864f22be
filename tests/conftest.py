"""What tests of the whole program share: an NLU server with the trained model, an assistant, a running service."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator

import pytest
from case_totals import summaries
from whole_program import CANBAO, ROOT, TODAY, TOKEN, Service, spoken, unless_ci

from nlu.client import NluClient
from nlu.errors import NluError
from nlu.rasa_process import free_port, interpreter
from nlu.running import newest_model


@pytest.fixture(scope="session")
def nlu_url() -> Iterator[str]:
    """An NLU server with the trained model: that of CANBAO_NLU_URL, else one for these tests, which nobody else ends."""
    if found := os.environ.get("CANBAO_NLU_URL"):
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


def pytest_configure(config: pytest.Config) -> None:
    config.stash[summaries] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.stash[summaries]:
        terminalreporter.section("conversation cases")
        for line in config.stash[summaries]:
            terminalreporter.write_line(line)
