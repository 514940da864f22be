"""One process of Rasa's own server, on loopback: how it is started, what it said last, how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import signal
import socket
from collections import deque
from pathlib import Path
from typing import Self

from nlu.rasa_environment import environment

LAST_WORDS = 20
"""Lines of error output kept for the message when a start fails."""
GRACE = 5.0
"""Seconds between asking the process to end and killing it."""
_PR_SET_PDEATHSIG = 1


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
