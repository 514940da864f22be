"""Asks the NLU server what a question is about, over Rasa's documented POST /model/parse."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx
from pydantic import BaseModel, ValidationError

from nlu.errors import NluGone, NluSlow
from nlu.understanding import Ranked

KEEP_ALIVE = 60.0
"""Seconds an idle connection is kept; below Rasa's own 120, so that the server is never the one to close it."""
CONNECTIONS = 8
"""Rasa parses one text at a time, so more connections would only queue on its side."""
REMEMBERED = 4096
"""Texts whose parse is kept: residents ask the same few thousand questions, and a parse depends on nothing else."""


@dataclass(frozen=True)
class Parse:
    """What Rasa makes of one text: facets with calibrated confidence, best first."""

    intents: tuple[Ranked, ...]


class _Intent(BaseModel):
    name: str
    confidence: float


class _Answer(BaseModel):
    """The part of Rasa's answer that is used."""

    intent_ranking: list[_Intent]


class NluClient:
    """Pooled connections to an NLU server; `timeout` seconds bound a call, waiting for a connection included.

    The last `remembered` texts are not asked again; they hold placeholders where personal data stood.
    """

    def __init__(self, url: str, timeout: float = 1.5, remembered: int = REMEMBERED) -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout
        self._remembered = remembered
        self._parses: OrderedDict[str, Parse] = OrderedDict()
        limits = httpx.Limits(max_connections=CONNECTIONS, keepalive_expiry=KEEP_ALIVE)
        # trust_env would send a loopback call through the machine's web proxy
        self._http = httpx.AsyncClient(base_url=self.url, timeout=None, limits=limits, trust_env=False)

    async def parse(self, text: str) -> Parse:
        """The facets of one text. Raises NluSlow, NluGone."""
        if text in self._parses:
            self._parses.move_to_end(text)
            return self._parses[text]
        parse = self._read(await self._post(text))
        self._parses[text] = parse
        while len(self._parses) > self._remembered:
            self._parses.popitem(last=False)
        return parse

    async def _post(self, text: str) -> httpx.Response:
        try:
            async with asyncio.timeout(self.timeout):
                return await self._http.post("/model/parse", json={"text": text})
        except TimeoutError:
            raise NluSlow(f"no answer from {self.url} within {self.timeout} s") from None
        except httpx.HTTPError as error:
            raise NluGone(f"no NLU server at {self.url}: {error or type(error).__name__}") from error

    async def parse_all(self, texts: Iterable[str]) -> tuple[Parse, ...]:
        """The facets of several texts, asked at the same time, in their order. Raises NluSlow, NluGone."""
        return tuple(await asyncio.gather(*(self.parse(text) for text in texts)))

    def _read(self, response: httpx.Response) -> Parse:
        if response.status_code != httpx.codes.OK:
            raise NluGone(f"{self.url}/model/parse answered {response.status_code}")
        try:
            answer = _Answer.model_validate_json(response.content)
        except ValidationError:
            raise NluGone(f"{self.url}/model/parse did not answer as Rasa does: is another program there?") from None
        return Parse(tuple(Ranked(intent.name, intent.confidence) for intent in answer.intent_ranking))

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
