"""Keeps an NLU server of our own running on loopback: starts it, waits for it, restarts it, stops it."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from nlu.client import NluClient
from nlu.errors import NluNotStarted, NluUnavailable
from nlu.rasa_environment import interpreter
from nlu.rasa_process import RasaProcess, free_port
from nlu.running import RunningNlu, answers, digest, look, newest_model, publish, withdraw

log = logging.getLogger(__name__)

PATIENCE = 120.0
"""Seconds a start may take; nlu/README.md says what it does take."""
PULSE = 5.0
"""Seconds between two looks at a running server."""
MISSED = 3
"""Looks without an answer after which a living server counts as hung."""
LONGEST_PAUSE = 60.0
"""Seconds between restarts at most; the pause doubles from one second while starts keep failing."""


class NluServer:
    """A Rasa server of our own at `url`, which stays the same through restarts.

    `root` is the project's folder; `model` an archive or a folder of archives (default: models/); `python` the
    interpreter that has Rasa (default: that of .venv-nlu). With `announce`, other commands find it by var/nlu.json.
    """

    def __init__(
        self,
        root: Path,
        *,
        model: Path | None = None,
        python: Path | None = None,
        port: int | None = None,
        announce: bool = True,
    ) -> None:
        self.root = root
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.restarts = 0
        self._models = model or root / "models"
        self._python = python
        self._announce = announce
        self._process: RasaProcess | None = None
        self._supervisor: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The id of the server's process, while there is one."""
        return self._process.pid if self._process else None

    async def start(self, patience: float = PATIENCE) -> None:
        """Start the server, return when it parses, and keep it running until `stop`.

        Raises NluNotInstalled, NluNotTrained, NluNotStarted (ended, without a model, or silent for `patience` seconds).
        """
        await self._launch(patience)
        self._supervisor = asyncio.create_task(self._supervise(), name="nlu-supervisor")

    async def stop(self) -> None:
        """Stop the server and wait until its process has ended."""
        if self._supervisor:
            self._supervisor.cancel()
            await asyncio.gather(self._supervisor, return_exceptions=True)
            self._supervisor = None
        await self._end()

    async def is_ready(self) -> bool:
        """Whether the server answers now, with a model."""
        return bool(self._process and self._process.runs) and await answers(self.url, timeout=PULSE)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _launch(self, patience: float) -> None:
        model = newest_model(self._models)
        python = self._python or interpreter(self.root)
        self._process = await RasaProcess.spawn(python, self.root, model, self.port)
        try:
            await self._until_ready(self._process, patience)
            if self._announce:
                started = psutil.Process(self._process.pid).create_time()
                publish(self.root, RunningNlu(self.url, self._process.pid, started, digest(model)))
        except BaseException:
            await self._end()
            raise

    async def _until_ready(self, process: RasaProcess, patience: float) -> None:
        deadline = time.monotonic() + patience
        while (seen := await look(self.url, timeout=PULSE)) != "ready":
            if not process.runs:
                raise NluNotStarted(f"Rasa ended while starting: {process.last_words}")
            if seen == "no_model":  # Rasa loads its model before it listens: there will be none later either
                raise NluNotStarted(
                    f"Rasa cannot load its model: run `canbao nlu train`. It said: {process.last_words}"
                )
            if time.monotonic() > deadline:
                raise NluNotStarted(f"no answer at {self.url} within {patience:.0f} s: {process.last_words}")
            await asyncio.sleep(0.1)
        await self._warm_up(process)

    async def _warm_up(self, process: RasaProcess) -> None:
        """Have one text parsed, since the first takes longer than a resident's message may."""
        async with NluClient(self.url, timeout=PATIENCE) as client:
            try:
                await client.parse("你好")
            except NluUnavailable as error:
                raise NluNotStarted(f"Rasa started but does not parse: {error}; {process.last_words}") from error

    async def _supervise(self) -> None:
        missed = 0
        while self._process:
            await self._process.wait(PULSE)
            missed = 0 if await self.is_ready() else missed + 1
            if missed >= MISSED or not self._process.runs:
                log.warning("NLU server %s: starting it again", "hangs" if self._process.runs else "has ended")
                await self._restart()
                missed = 0

    async def _restart(self) -> None:
        pause = 1.0
        while True:
            await self._end()
            await asyncio.sleep(pause)
            try:
                await self._launch(PATIENCE)
            except Exception as error:
                pause = min(2 * pause, LONGEST_PAUSE)
                log.error("NLU server: %s; next try in %.0f s", error, pause)
            else:
                self.restarts += 1
                log.warning("NLU server answers again at %s", self.url)
                return

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            await process.end()
            withdraw(self.root, process.pid)
