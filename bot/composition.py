"""Builds the assistant from its parts: knowledge base, lexicon, reader, conversation."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

import yaml

from bot.assistant import Assistant
from bot.errors import CanbaoError
from bot.finder import SearchFinder
from bot.lexicon import lexicon_of
from bot.messages import MessageIn
from bot.project import PROJECT
from bot.sessions import MemorySessions, Sessions
from bot.settings import Settings
from dialogues.conversation import Conversation
from nlu.client import NluClient
from nlu.reader import Reader
from nlu.running import find_running
from nlu.server import NluServer
from policy_kb.errors import PolicyError
from policy_kb.knowledge import KnowledgeBase
from policy_kb.words import Words

log = logging.getLogger(__name__)
logging.getLogger("bm25s").setLevel(logging.WARNING)  # the package sets DEBUG for itself

WARM_UP = "参保要交多少钱，哪天截止，低保户怎么交"


@dataclass(frozen=True)
class Parts:
    """What every assistant of a process shares; takes a few seconds to build."""

    kb: KnowledgeBase
    finder: SearchFinder
    conversation: Conversation


@cache
def topics() -> dict[str, dict[str, str]]:
    """topics.yml: facet → topic, label, meaning."""
    text = (PROJECT / "nlu" / "topics.yml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", yaml.safe_load(text))


@cache
def knowledge() -> KnowledgeBase:
    """The knowledge base that ships with the project. Raises PolicyError where it has a fault."""
    return KnowledgeBase.load(facets=frozenset(topics()))


def finder(kb: KnowledgeBase) -> SearchFinder:
    """The search over all notices."""
    return SearchFinder(kb, Words(kb.own_words))


@cache
def parts() -> Parts:
    """Knowledge base, search and dialogue of this process. Raises PolicyError."""
    kb = knowledge()
    facets = {name: entry["topic"] for name, entry in topics().items()}
    labels = {name: entry["label"] for name, entry in topics().items()}
    search = finder(kb)
    return Parts(kb, search, Conversation(kb, search, facets, labels))


def assemble(client: NluClient, sessions: Sessions | None = None, today: date | None = None) -> Assistant:
    """An assistant that asks `client` what a question is about."""
    built = parts()
    reader = Reader(lexicon_of(built.kb), client)
    return Assistant(built.kb, reader, built.conversation, sessions or MemorySessions(), today)


async def warm_up(client: NluClient) -> None:
    """Indexes every notice and answers one question in each place, so that no resident is the first."""
    await asyncio.to_thread(parts().finder.index_all)
    assistant = assemble(client)
    for region in assistant.kb.held_regions():
        try:
            await assistant.answer(MessageIn(id="warm-up", text=WARM_UP, region=region.code))
        except (CanbaoError, PolicyError) as error:
            log.warning("warm-up in %s: %s", region.code, error)
    # what is here now stays; a collection that walks through all of it would hold up a message
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def nlu_url(settings: Settings, starting: Callable[[], None] | None = None) -> AsyncIterator[str]:
    """The address of an NLU server: the one set, the one that runs on this machine, else a child for this while.

    `starting` is called before a child is started, so that a person knows why it takes a while.
    """
    found = settings.nlu_url or await find_running(PROJECT)
    if found:
        yield found
        return
    if starting:
        starting()
    async with NluServer(PROJECT) as server:
        yield server.url


@asynccontextmanager
async def assistant(
    settings: Settings, today: date | None = None, starting: Callable[[], None] | None = None
) -> AsyncIterator[Assistant]:
    """An assistant for one command, with its NLU server; the parts are built while a server starts."""
    building = asyncio.create_task(asyncio.to_thread(parts))
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(nlu_url(settings, starting))
        client = await stack.enter_async_context(NluClient(url, settings.nlu_timeout))
        await building
        yield assemble(client, today=today or settings.now)
