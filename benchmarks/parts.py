"""Milliseconds of processor time of the parts that every message or every start goes through."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot import composition
from bot.lexicon import lexicon_of
from bot.project import PROJECT
from nlu.data_check import check
from nlu.errors import NluGone
from nlu.reader import Parsed, Reader
from policy_kb.knowledge import KnowledgeBase

_STORY = (
    "喂您好同志，我想问一下，我姥姥今年八十二了，一个人住在乡下老屋里，"
    "以前评过贫困户，现在没有低保，不会用手机，农合每人收多少"
)
_PLACED = "我是濉溪县百善镇的低保户，在上海打工，" + "请问今年城乡居民医保要交多少钱，有没有资助，什么时候截止，" * 5


@dataclass(frozen=True)
class Parts:
    """Processor time of one round in milliseconds, the best of several."""

    reading_60_characters: float
    places_of_150_characters: float
    loading_the_notices: float
    checking_the_phrases: float


def parts() -> Parts:
    """Measures each part alone, warm."""
    kb = composition.knowledge()
    reader = Reader(lexicon_of(kb), _Nobody())
    return Parts(
        reading_60_characters=_best(lambda: reader.draft(_STORY, date(2021, 11, 20)), 60),
        places_of_150_characters=_best(lambda: kb.regions.find_in(_PLACED[:150]), 500),
        loading_the_notices=_best(lambda: KnowledgeBase.load(strict=False), 3),
        checking_the_phrases=_best(lambda: check(PROJECT), 1),
    )


class _Nobody:
    """A classifier that is not asked: a draft ends before it would be."""

    async def parse(self, text: str) -> Parsed:
        raise NluGone(text)


def _best(work: Callable[[], object], rounds: int) -> float:
    """The best of many, after one to warm up: a machine busy with other work says nothing about the part."""
    if rounds > 1:
        work()
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return round(min(times) * 1000, 3)
