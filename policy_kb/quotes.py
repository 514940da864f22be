"""Where a quote stands in a clause: compared without white space and width, `…` standing for words left out, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from policy_kb.citation import Citation
from policy_kb.entry import Entry
from policy_kb.fault import offer
from policy_kb.notice import Notice, Paragraph, covers, normalise
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


@dataclass(frozen=True)
class Words:
    """The words of a clause, normalised: `compact` without white space, and the figures with their place in it."""

    compact: str
    figures: tuple[Figure, ...]


class ClauseWords:
    """The words of a notice's clauses, each with those of the clauses under it, read once."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        issued = (notice.issued.year,) if notice.issued else ()
        self.years = Years(tuple(dict.fromkeys((notice.year, notice.year - 1, *issued))))
        self._words: dict[str, Words] = {}

    def of(self, clause: str) -> str:
        """The compact words of `clause` and its children; empty where the notice has no such clause."""
        return self.words(clause).compact

    def figures(self, clause: str) -> tuple[Figure, ...]:
        """The figures of `clause` and its children, placed in its compact words."""
        return self.words(clause).figures

    def words(self, clause: str) -> Words:
        """Words and figures of a clause."""
        if clause not in self._words:
            self._words[clause] = _words(_spaced(self.notice, clause), self.years)
        return self._words[clause]


def _spaced(notice: Notice, clause: str) -> str:
    """Normalised paragraphs a line each, and table cells apart, so that no two figures run together."""
    if clause not in notice.clause_ids:
        return ""
    blocks = [block for one in notice.clauses.values() if covers(clause, one.id) for block in one.blocks]
    lines: list[str] = []
    for block in sorted(blocks, key=lambda block: block.line):
        if isinstance(block, Paragraph):
            lines.append(normalise(block.text))
        else:
            lines += [" ".join(normalise(cell) for cell in row) for row in (block.columns, *block.rows)]
    return "\n".join(lines)


def _words(spaced: str, years: Years) -> Words:
    place = list(accumulate((not character.isspace() for character in spaced), initial=0))
    found = tuple(replace(one, start=place[one.start], end=place[one.end]) for one in figures(spaced, years))
    return Words("".join(spaced.split()), found)


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
