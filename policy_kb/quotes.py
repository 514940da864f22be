"""Where a quote stands in a clause: compared without white space and width, `…` standing for words left out, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from policy_kb.citation import Citation
from policy_kb.clause_id import parse
from policy_kb.entry import Entry
from policy_kb.fault import offer
from policy_kb.notice import Clause, Notice, Paragraph, normalise
from policy_kb.numerals import Figure, Years, figures

Span = tuple[int, int]
_LEFT_OUT = re.compile(r"…+|\.{3,}")


def spans(quote: str, words: str) -> tuple[Span, ...] | None:
    """Where the parts of `quote` stand in the normalised `words` of a clause; None where one of them does not."""
    found: list[Span] = []
    at = 0
    for part in filter(None, (normalise(part) for part in _LEFT_OUT.split(quote))):
        start = words.find(part, at)
        if start < 0:
            return None
        at = start + len(part)
        found.append((start, at))
    return tuple(found) or None


class ClauseWords:
    """The normalised words of a notice's clauses, each with those of the clauses under it, read once."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        issued = (notice.issued.year,) if notice.issued else ()
        self.years = Years(tuple(dict.fromkeys((notice.year, notice.year - 1, *issued))))
        self._segments = {name: parse(name) for name in notice.clause_ids}
        self._lines = {name: _lines(clause) for name, clause in notice.clauses.items()}
        self._spaced: dict[str, str] = {}
        self._compact: dict[str, str] = {}
        self._figures: dict[str, tuple[Figure, ...]] = {}

    def of(self, clause: str) -> str:
        """The words of `clause` and its children without white space; empty where the notice has no such clause."""
        if clause not in self._compact:
            self._compact[clause] = "".join(self.spaced(clause).split())
        return self._compact[clause]

    def spaced(self, clause: str) -> str:
        """The same words, a line each paragraph and table row, cells apart, so that no two figures run together."""
        if clause not in self._spaced:
            around = self._segments.get(clause, ("",))
            within = [name for name, segments in self._segments.items() if segments[: len(around)] == around]
            lines = sorted(line for name in within for line in self._lines[name])
            self._spaced[clause] = "\n".join(text for _, text in lines)
        return self._spaced[clause]

    def figures(self, clause: str) -> tuple[Figure, ...]:
        """The figures of `clause` and its children, placed in what `of` gives."""
        if clause not in self._figures:
            spaced = self.spaced(clause)
            place = list(accumulate((not character.isspace() for character in spaced), initial=0))
            found = figures(spaced, self.years)
            self._figures[clause] = tuple(replace(one, start=place[one.start], end=place[one.end]) for one in found)
        return self._figures[clause]


def _lines(clause: Clause) -> list[tuple[tuple[int, int], str]]:
    """Normalised paragraphs and table rows, each with its place in the file."""
    found: list[tuple[tuple[int, int], str]] = []
    for block in clause.blocks:
        if isinstance(block, Paragraph):
            found.append(((block.line, 0), normalise(block.text)))
        else:
            rows = enumerate((block.columns, *block.rows))
            found += [((block.line, at), " ".join(normalise(cell) for cell in row)) for at, row in rows]
    return found


def cites(entry: Entry, words: ClauseWords, optional: bool = False) -> tuple[Citation, ...]:
    """The clauses an entry cites, each with its quote; a clause without one of the quotes keeps an empty quote."""
    clauses, quotes = entry.texts("cite"), entry.texts("quote")
    entry.ledger.cited.update(clauses)
    if optional and not clauses and not quotes:
        return ()
    entry.need("cite", "quote")
    known = words.notice.clause_ids
    for clause in clauses:
        if clause not in known:
            entry.fault("cite", f"the notice has no clause {clause}", offer(clause, known), breaks=True)
    return () if entry.broken else pair(words, clauses, quotes)


def pair(words: ClauseWords, clauses: Sequence[str], quotes: Sequence[str]) -> tuple[Citation, ...]:
    """Each quote with the first of the clauses in which it stands (the first clause where it stands in none)."""
    paired = []
    for quote in quotes:
        home = next((clause for clause in clauses if spans(quote, words.of(clause))), clauses[0])
        paired.append(Citation(words.notice.id, home, quote))
    bare = [clause for clause in clauses if clause not in {one.clause for one in paired}]
    return (*paired, *(Citation(words.notice.id, clause, _shared(words, clause, quotes)) for clause in bare))


def _shared(words: ClauseWords, clause: str, quotes: Sequence[str]) -> str:
    """A quote that stands in this clause too, though paired with another; empty where there is none."""
    return next((quote for quote in quotes if spans(quote, words.of(clause))), "")
