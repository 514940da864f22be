"""`canbao run` as it is started by anybody: seconds to ready, messages over HTTP, memory of its two processes."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from benchmarks.latency import Spread, timed
from benchmarks.questions import messages
from bot.messages import MessageIn
from bot.project import PROJECT
from nlu.rasa_process import free_port

TOKEN = "a-token-of-the-benchmark"
MB = 1024 * 1024


@dataclass(frozen=True)
class Footprint:
    """Seconds from the command to its ready line; MB of resident memory after some hundred messages."""

    ready_seconds: float
    http_message: Spread
    bot_mb: float
    nlu_mb: float


async def footprint(rounds: int = 3) -> Footprint:
    """Starts the service with an NLU server of its own, asks it, weighs it, stops it."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        began = time.perf_counter()
        child = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("canbao"),
            *("run", "--port", str(port)),
            cwd=PROJECT,
            env=_environment(Path(folder)),
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            assert child.stdout is not None
            while not (line := await child.stdout.readline()).startswith(b"ready"):
                if not line:
                    raise SystemExit(f"benchmarks: canbao run ended with {await child.wait()}; what it said is above")
            ready = time.perf_counter() - began
            spread = await _asked(f"http://127.0.0.1:{port}", rounds)
            bot, nlu = _weighed(child.pid)
        finally:
            child.send_signal(signal.SIGTERM)
            await child.wait()
    return Footprint(round(ready, 1), spread, bot, nlu)


def _environment(folder: Path) -> dict[str, str]:
    own = {"CANBAO_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}", "CANBAO_API_TOKEN": TOKEN}
    return {name: value for name, value in os.environ.items() if name != "CANBAO_NLU_URL"} | own


async def _asked(url: str, rounds: int) -> Spread:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, trust_env=False, timeout=30) as http:

        async def ask(message: MessageIn) -> None:
            answer = await http.post("/api/v1/messages", content=message.model_dump_json(exclude_none=True))
            answer.raise_for_status()

        return await timed(ask, messages(rounds))


def _weighed(pid: int) -> tuple[float, float]:
    """MB of the process and of all its children together."""
    process = psutil.Process(pid)
    children = sum(one.memory_info().rss for one in process.children(recursive=True))
    return round(process.memory_info().rss / MB, 1), round(children / MB, 1)
