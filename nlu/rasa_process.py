"""One process of Rasa's own server, on loopback: how it is started, what it said last, how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
from collections import deque
from pathlib import Path
from typing import Self

from nlu.errors import NluNotInstalled

LAST_WORDS = 20
"""Lines of error output kept for the message when a start fails."""
GRACE = 5.0
"""Seconds between asking the process to end and killing it."""
_PR_SET_PDEATHSIG = 1

ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SANIC_WORKERS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "2",
    "TF_NUM_INTEROP_THREADS": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "PYTHONWARNINGS": "ignore",
    "PYTHONIOENCODING": "utf-8",
    # at DEBUG and INFO Rasa logs the text of messages
    "LOG_LEVEL": "WARNING",
    "LOG_LEVEL_LIBRARIES": "ERROR",
}


def interpreter(root: Path) -> Path:
    """The Python of the Rasa environment beside the project. Raises NluNotInstalled."""
    python = root / ".venv-nlu" / "bin" / "python"
    if not python.exists():
        raise NluNotInstalled(
            f"no Rasa environment at {python.parent.parent}: run "
            "`UV_PROJECT_ENVIRONMENT=.venv-nlu uv sync --only-group nlu --python 3.10 --compile-bytecode`"
        )
    return python


def environment() -> dict[str, str]:
    """This process's environment without the bot's own settings (keys, tokens), with Rasa kept lean and quiet."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CANBAO_")}
    # without compiled bytecode Rasa and TensorFlow take twice as long to import
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | ENVIRONMENT


def free_port() -> int:
    """A port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RasaProcess:
    """A running `rasa run --enable-api`; `spawn` makes one."""

    def __init__(self, child: asyncio.subprocess.Process) -> None:
        self._child = child
        self._last_words: deque[str] = deque(maxlen=LAST_WORDS)
        self._listener = asyncio.create_task(self._listen(), name="nlu-stderr")

    @classmethod
    async def spawn(cls, python: Path, root: Path, model: Path, port: int) -> Self:
        """Start Rasa's server on 127.0.0.1:`port`; it ends when this process does."""
        command = ["-m", "rasa", "run", "--enable-api", "--model", str(model), "-i", "127.0.0.1", "-p", str(port)]
        child = await asyncio.create_subprocess_exec(
            python,
            *command,
            cwd=root,
            env=environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            preexec_fn=_die_with_parent,
        )
        return cls(child)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._child.pid

    @property
    def runs(self) -> bool:
        """Whether the process has not ended."""
        return self._child.returncode is None

    @property
    def last_words(self) -> str:
        """What it wrote last to its error output."""
        return "\n".join(self._last_words) or "it said nothing"

    async def wait(self, seconds: float) -> None:
        """Return when the process ends, or after `seconds`."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._child.wait(), timeout=seconds)

    async def end(self) -> None:
        """End the process, by force where it does not go by itself."""
        self._send(signal.SIGTERM)
        await self.wait(GRACE)
        self._send(signal.SIGKILL)
        await self._child.wait()
        await asyncio.gather(self._listener, return_exceptions=True)

    def _send(self, what: signal.Signals) -> None:
        if self.runs:
            with contextlib.suppress(ProcessLookupError):
                self._child.send_signal(what)

    async def _listen(self) -> None:
        assert self._child.stderr is not None
        async for line in self._child.stderr:
            self._last_words.append(line.decode("utf-8", "replace").rstrip())


def _die_with_parent() -> None:
    """In the child: have Linux end it when its parent dies, however that happens."""
    with contextlib.suppress(AttributeError, OSError):  # another system: `end` still ends it
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
