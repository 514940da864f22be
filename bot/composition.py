"""Builds the assistant from its parts: knowledge base, lexicon, reader, conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from bot.assistant import Assistant, MemorySessions, Sessions
from bot.finder import SearchFinder
from bot.lexicon import lexicon_of
from bot.settings import PROJECT, Settings
from dialogues.conversation import Conversation
from nlu.client import NluClient
from nlu.reader import Reader
from nlu.running import find_running
from nlu.server import NluServer
from policy_kb.knowledge import KnowledgeBase
from policy_kb.sentence_vectors import sentence_vectors
from policy_kb.words import Words


@cache
def topics() -> dict[str, dict[str, str]]:
    """topics.yml: facet → topic, label, meaning."""
    text = (Path(__file__).parent.parent / "nlu" / "topics.yml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", yaml.safe_load(text))


@cache
def knowledge() -> KnowledgeBase:
    """The knowledge base that ships with the project. Raises PolicyError where it has a fault."""
    return KnowledgeBase.load(facets=frozenset(topics()))


def finder(kb: KnowledgeBase) -> SearchFinder:
    """The search over all notices, by words and, where the package runs, by meaning."""
    own = [word for one in kb.categories.by_name.values() for word in (one.name, *one.aliases)]
    ways = [word for words in kb.channels.values() for word in words]
    return SearchFinder(kb, Words([*own, *ways]), sentence_vectors(PROJECT / "var" / "cache"))


def assemble(client: NluClient, sessions: Sessions | None = None, today: date | None = None) -> Assistant:
    """An assistant that asks `client` what a question is about."""
    kb = knowledge()
    facets = {name: entry["topic"] for name, entry in topics().items()}
    labels = {name: entry["label"] for name, entry in topics().items()}
    conversation = Conversation(kb, finder(kb), facets, labels)
    return Assistant(kb, Reader(lexicon_of(kb), client), conversation, sessions or MemorySessions(), today)


@asynccontextmanager
async def nlu_url(settings: Settings, starting: Any = None) -> AsyncIterator[str]:
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
async def assistant(settings: Settings, today: date | None = None, starting: Any = None) -> AsyncIterator[Assistant]:
    """An assistant for one command, with its NLU server."""
    async with nlu_url(settings, starting) as url, NluClient(url, settings.nlu_timeout) as client:
        yield assemble(client, today=today or settings.now)
