"""Names of places in running text: which names stand where, read so that the most characters are explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import rjieba

SURE = 100_000
"""The weight given to the field's own words, so that the segmenter never cuts them in two."""


@dataclass(frozen=True, slots=True)
class Name:
    """A region's code under one of its names; a bound name counts only where the region around it is known."""

    code: str
    bound: bool


class Found(NamedTuple):
    """The name of a place, or several on end from wide to narrow (北京海淀), and the codes it may mean."""

    start: int
    end: int
    codes: tuple[str, ...]


class _Reading(NamedTuple):
    """One way to read the text up to a point; of two the greater by its first three fields stands.

    How many characters are names of places, how many places (negative), how many names are whole words, and the places.
    """

    covered: int
    fewness: int
    whole: int
    places: tuple[Found, ...]


_NOTHING = _Reading(0, 0, 0, ())


@dataclass(frozen=True, slots=True)
class _Words:
    """The dictionary words of a text: where words begin, and for each character the longer word around it."""

    edges: frozenset[int]
    around: Mapping[int, tuple[int, int]]


class PlaceNames:
    """All names of all regions, and the ordinary words that outweigh a name across them."""

    def __init__(
        self,
        names: Mapping[str, tuple[Name, ...]],
        around: Mapping[str, frozenset[str]],
        words: Iterable[str] = (),
        endings: Iterable[str] = (),
        joiners: Iterable[str] = (),
    ) -> None:
        """`around` gives for each code the codes of the regions it lies in, its own not among them.

        `words` are never cut in two, `endings` may follow a name in one word, `joiners` may stand between wide and narrow.
        """
        self._names = names
        self._around = around
        self._endings = frozenset(endings)
        self._joiners = frozenset(joiners)
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in names:
            lengths[name[0]].add(len(name))
        self._lengths = {first: sorted(sizes) for first, sizes in lengths.items()}
        self._segmenter = rjieba.Jieba()
        for name, meanings in names.items():
            if not all(one.bound for one in meanings):
                self._segmenter.add_word(name, None, None)
        for word in words:
            self._segmenter.add_word(word, SURE, None)

    def find(self, text: str, within: str | None = None) -> tuple[Found, ...]:
        """The places named in the text, in order; `within` is the code of a region already known."""
        starts = self._starts(text)
        if not starts:
            return ()
        words = self._words(text, starts)
        ending: dict[int, list[_Reading]] = defaultdict(list)
        best = _NOTHING
        before = {0: best}
        for end in range(1, max(starts) + 1):
            for start in starts.get(end, ()):
                if self._cut(text, start, end, words.around):
                    continue
                whole = start in words.edges and end in words.edges
                wider = ending[start] or (ending[start - 1] if text[start - 1 : start] in self._joiners else [])
                for reading in self._readings(text[start:end], (start, end, whole), wider, before[start], within):
                    ending[end].append(reading)
                    if reading[:3] > best[:3]:
                        best = reading
            before[end] = best
        return best.places

    def _starts(self, text: str) -> dict[int, list[int]]:
        """For each place where a name ends, the places where it may begin."""
        starts: dict[int, list[int]] = defaultdict(list)
        for start, first in enumerate(text):
            for size in self._lengths.get(first, ()):
                if text[start : start + size] in self._names and start + size <= len(text):
                    starts[start + size].append(start)
        return starts

    def _readings(
        self, name: str, span: tuple[int, int, bool], wider: list[_Reading], apart: _Reading, within: str | None
    ) -> Iterator[_Reading]:
        """The name alone, behind what was best before it; and joined to each wider place right before it."""
        meanings, (start, end, whole) = self._names[name], span
        known = self._inside(meanings, (within,)) if within else ()
        codes = known or tuple(one.code for one in meanings if not one.bound)
        if codes:
            places = (*apart.places, Found(start, end, codes))
            yield _Reading(apart.covered + end - start, apart.fewness - 1, apart.whole + whole, places)
        for reading in wider:
            wide = reading.places[-1]
            if narrow := self._inside(meanings, wide.codes):
                joined = (*reading.places[:-1], Found(wide.start, end, narrow))
                yield _Reading(reading.covered + end - start, reading.fewness, reading.whole + whole, joined)

    def _inside(self, meanings: tuple[Name, ...], outer: Iterable[str]) -> tuple[str, ...]:
        return tuple(one.code for one in meanings if not self._around[one.code].isdisjoint(outer))

    def _words(self, text: str, starts: Mapping[int, list[int]]) -> _Words:
        edges = {0}
        around: dict[int, tuple[int, int]] = {}
        end = 0
        for word in self._segmenter.cut(text, False):
            start, end = end, end + len(word)
            edges.add(end)
            if end - start > 1 and not _made_of_names(start, end, starts):
                around.update(dict.fromkeys(range(start, end), (start, end)))
        return _Words(frozenset(edges), around)

    def _cut(self, text: str, start: int, end: int, words: Mapping[int, tuple[int, int]]) -> bool:
        """Whether the name is a mere piece of a word no shorter than itself: 大理 of 大理石, but not 上海 of 上海人."""
        first, within = words.get(start, (start, start))
        if first < start and within - first >= end - start:
            return True
        begin, last = words.get(end - 1, (end, end))
        if last == end or last - begin < end - start:
            return False
        return begin != start or text[end:last] not in self._endings


def _made_of_names(start: int, end: int, starts: Mapping[int, list[int]]) -> bool:
    return any(one == start or (one > start and _made_of_names(start, one, starts)) for one in starts.get(end, ()))
