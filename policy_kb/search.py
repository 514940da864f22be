"""Finding what bears on a question: the statements of one notice by how people ask for them, and its clauses by their words.

A hit's score says how much of the question the thing meets, from 0 to 1; it is the weighted mean of
- its wordings: the best one, helped a little by the second best (BM25 over what the question itself would score);
- all its words together (BM25 likewise), so that a word the best wording lacks may stand in another.
The same question scores 1. Questions on other matters mostly score below 0.4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import numpy as np

from policy_kb.bm25 import Bm25, Scores
from policy_kb.knowledge import Policy
from policy_kb.model import Answer, Silence
from policy_kb.notice import Notice, normalise
from policy_kb.words import Words

WORDING, WHOLE = (0.8, 0.3), (1.2, 0.5)
"""k1 and b of BM25 over single wordings (short, nothing repeats) and over all words of a thing."""
SECOND = 0.3
ANSWER_WHOLE, CLAUSE_WHOLE = 0.5, 0.3
"""The share of all its words in the score of a statement, and of the whole clause in that of a sentence."""
SENTENCE_END = re.compile(r"(?<=[。；！？\n])")
SHORTEST_SENTENCE = 8
"""Characters under which a piece is joined to the next one (a heading, a number)."""

T = TypeVar("T")


@dataclass(frozen=True)
class ClausePart:
    """A sentence of a notice and the clause it stands in."""

    clause: str
    text: str


@dataclass(frozen=True)
class Hit(Generic[T]):
    """What was found, how much of the question it meets (0 to 1), by which wording, and the question's words in it."""

    found: T
    score: float
    text: str
    words_matched: tuple[str, ...]


@dataclass(frozen=True)
class Findable(Generic[T]):
    """A thing, the wordings it is found by, and all the words that belong to it."""

    thing: T
    wordings: tuple[str, ...]
    whole: str


class _Index(Generic[T]):
    """Things to be found, each by several wordings."""

    def __init__(self, things: Sequence[Findable[T]], words: Words, whole_weight: float) -> None:
        self._whole_weight = whole_weight
        self._things = [one for one in things if one.wordings]
        self._words = words
        self._texts = [text for one in self._things for text in one.wordings]
        self._exact = [{normalise(text) for text in one.wordings} for one in self._things]
        self._place = np.array([(row, at) for row, one in enumerate(self._things) for at in range(len(one.wordings))])
        self._held = [set(words.cut(one.whole)) for one in self._things]
        self._wordings = Bm25([words.terms(text) for text in self._texts], *WORDING)
        self._wholes = Bm25([words.terms(one.whole) for one in self._things], *WHOLE)

    def find(self, question: str, limit: int, wanted: Callable[[T], bool]) -> tuple[Hit[T], ...]:
        """The best things for a question, best first; those that meet nothing of it are left out."""
        asked = tuple(dict.fromkeys(self._words.cut(question)))
        if not self._things or not asked:
            return ()
        wordings = self._table(self._by_wording(question))
        hits: list[Hit[T]] = []
        scores = self._scores(wordings, question)
        for row in np.argsort(-scores, kind="stable"):
            if len(hits) == limit or scores[row] <= 0:
                break
            if wanted(self._things[row].thing):
                hits.append(self._hit(int(row), float(scores[row]), wordings, asked))
        return tuple(hits)

    def _table(self, by_wording: Scores) -> Scores:
        """The scores of wordings as one row a thing, filled up with zeros; at least two columns."""
        rows, columns = self._place[:, 0], self._place[:, 1]
        table = np.zeros((len(self._things), max(int(columns.max()) + 1, 2)), dtype=np.float32)
        table[rows, columns] = by_wording
        return table

    def _by_wording(self, question: str) -> Scores:
        """The score of each wording."""
        return self._wordings.scores(self._words.terms(question))

    def _scores(self, wordings: Scores, question: str) -> Scores:
        """The score of each thing."""
        top = np.sort(wordings, axis=1)
        told = (top[:, -1] + SECOND * top[:, -2]) / (1 + SECOND)
        whole = self._wholes.scores(self._words.terms(question))
        scores = (1 - self._whole_weight) * told + self._whole_weight * whole
        asked = normalise(question)
        same = [asked in exact for exact in self._exact]
        return cast("Scores", np.where(same, 1.0, scores))

    def _hit(self, row: int, score: float, wordings: Scores, asked: tuple[str, ...]) -> Hit[T]:
        one = self._things[row]
        best = one.wordings[int(np.argmax(wordings[row, : len(one.wordings)]))]
        matched = tuple(word for word in asked if word in self._held[row])
        return Hit(one.thing, round(score, 4), best, matched)


class AnswerSearch:
    """Search over the answers, silences and references of one notice: each `ask` is an entry, so are its own words."""

    def __init__(self, policy: Policy, words: Words) -> None:
        rules = policy.rules
        statements: tuple[Answer | Silence, ...] = (*rules.answers, *rules.silent_on, *rules.left_to)
        self._index = _Index([findable(one) for one in statements], words, ANSWER_WHOLE)

    def find(self, question: str, facets: tuple[str, ...] = (), limit: int = 5) -> tuple[Hit[Answer | Silence], ...]:
        """The statements that best meet the question; with `facets` only those that serve one of them."""
        return self._index.find(question, limit, lambda one: not facets or bool(set(facets) & set(one.facets)))


class ClauseSearch:
    """Search over all sentences of one notice."""

    def __init__(self, policy: Policy, words: Words) -> None:
        notice = policy.notice
        parts = [Findable(one, (one.text,), notice.clause(one.clause).text) for one in clause_parts(notice)]
        self._index = _Index(parts, words, CLAUSE_WHOLE)

    def find(self, question: str, limit: int = 5) -> tuple[Hit[ClausePart], ...]:
        """The sentences that best meet the question, each with its clause."""
        return self._index.find(question, limit, lambda _: True)


def findable(one: Answer | Silence) -> Findable[Answer | Silence]:
    """A statement with every way to ask for it, its first line, and the words it rests on."""
    quotes = tuple(cite.quote for cite in one.cites if cite.quote)
    wordings = tuple(dict.fromkeys((*one.asks, one.first, *quotes)))
    return Findable(one, wordings, "\n".join((*wordings, one.say or "")))


def clause_parts(notice: Notice) -> tuple[ClausePart, ...]:
    """The sentences of a notice in order; a short piece goes with the one after it, a table row is a sentence."""
    return tuple(ClausePart(name, text) for name in notice.clause_ids for text in sentences(notice.clause(name).text))


def sentences(text: str) -> list[str]:
    """The sentences of a clause's own words."""
    found: list[str] = []
    held = ""
    for piece in SENTENCE_END.split(text):
        held = f"{held} {piece.strip()}".strip()
        if len(held) >= SHORTEST_SENTENCE:
            found.append(held)
            held = ""
    if held and found:
        found[-1] += held
    elif held:
        found.append(held)
    return found
