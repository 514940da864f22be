"""The whole program as tests run it: where it is, a service in a process of its own, and when a test may be skipped."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CANBAO = Path(sys.executable).with_name("canbao")
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
TOKEN = "a-token-of-the-tests-only"
TODAY = "2021-11-20"
CASE_TOTAL = "conversation cases"
"""The property under which a test records the total of a file of cases, for the end of the run."""
Here = Callable[..., subprocess.CompletedProcess[bytes]]
"""A command of canbao within this process, as the fixture `here` of tests/bot gives it."""


def unless_ci(reason: str) -> None:
    """Skips with the reason; in continuous integration nothing may be missing."""
    if IN_CI:
        pytest.fail(f"{reason} (CI=true, so this may not be skipped)")
    pytest.skip(reason)


@dataclass(frozen=True)
class Service:
    """A `canbao run` in a process of its own."""

    url: str
    token: str
    today: str


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


@contextmanager
def shared(name: str, start: Callable[[], AbstractContextManager[str]], worker_folder: Path) -> Iterator[str]:
    """What `start` gives (an address), the same for all workers of a run: whoever comes first starts it, and ends it last.

    `worker_folder` is the worker's own folder for files; what the workers share lies beside it.
    """
    folder = worker_folder.parent if "PYTEST_XDIST_WORKER" in os.environ else worker_folder
    note = folder / name
    with (folder / f"{name}.users").open("w") as users, ExitStack() as mine:
        fcntl.flock(users, fcntl.LOCK_SH)
        with (folder / f"{name}.starting").open("w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not note.exists():
                note.write_text(mine.enter_context(start()), encoding="utf-8")
                # called before the end of what was started: waits for the others, and whoever comes then starts anew
                mine.callback(note.unlink)
                mine.callback(fcntl.flock, users, fcntl.LOCK_EX)
        yield note.read_text(encoding="utf-8")
