"""Milliseconds from a message object to a reply object, and what of them plain Rasa takes."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

import httpx

from benchmarks.questions import QUESTIONS, messages
from bot import composition
from bot.project import PROJECT
from bot.secrets.sealing import Secrets
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.keeping import KeptSessions
from bot.store.sessions import DatabaseSessions
from nlu.client import NluClient
from nlu.running import find_running
from nlu.server import NluServer

T = TypeVar("T")

ROUNDS = 10
WARM_UP = 1


@dataclass(frozen=True)
class Spread:
    """A series of times in milliseconds."""

    count: int
    p50: float
    p99: float
    worst: float

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> Spread:
        """The spread of at least two times."""
        return cls(
            len(milliseconds),
            round(median(milliseconds), 2),
            round(quantiles(milliseconds, n=100, method="inclusive")[98], 2),
            round(max(milliseconds), 2),
        )


@dataclass(frozen=True)
class Latency:
    """Whole messages; and, in the same run, Rasa's own endpoint for the same questions through our client and bare."""

    message: Spread
    parse: Spread
    plain_rasa: Spread

    @property
    def ratio(self) -> float:
        """How many times as long a whole message takes as the plain parse alone."""
        return round(self.message.p50 / self.plain_rasa.p50, 2)


async def latency(rounds: int = ROUNDS) -> Latency:
    """Measures one client, one message after the other, warm."""
    async with AsyncExitStack() as stack:
        url = Settings.found().nlu_url or await find_running(PROJECT)
        url = url or (await stack.enter_async_context(NluServer(PROJECT, announce=False))).url
        # every message counts as new: nothing is remembered from the one before
        client = await stack.enter_async_context(NluClient(url, timeout=30, remembered=0))
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=url, trust_env=False, timeout=30))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = await open_database(f"sqlite:///{folder / 'bench.db'}")
        stack.push_async_callback(database.dispose)
        await composition.warm_up(client)
        sessions = KeptSessions(DatabaseSessions(database, composition.knowledge().facts, Secrets(os.urandom(32))))
        assistant = composition.assemble(client, sessions)
        for message in messages(WARM_UP):
            await assistant.answer(message)
        texts = [text for _ in range(rounds * 3) for text in QUESTIONS]
        return Latency(
            message=await timed(assistant.answer, messages(rounds)),
            parse=await timed(client.parse, texts),
            plain_rasa=await timed(lambda text: http.post("/model/parse", json={"text": text}), texts),
        )


async def timed(work: Callable[[T], Awaitable[object]], given: Sequence[T]) -> Spread:
    """The spread of the times that `work` takes for each of what is given."""
    milliseconds = []
    for one in given:
        began = time.perf_counter()
        await work(one)
        milliseconds.append((time.perf_counter() - began) * 1000)
    return Spread.of(milliseconds)
