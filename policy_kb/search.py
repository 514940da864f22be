"""Finding what bears on a question: the statements of one notice by how people ask for them, and its clauses by their words.

A hit's score says how much of the question the entry meets, from 0 to 1:
- words: the BM25 score of the entry over the score the question itself would have as an entry. 1: the same words; about
  0.5: half of the question's weight, a rare word weighing more than a common one; a word no entry holds weighs most.
- meaning (with an encoder): the cosine of the two sentence vectors, 0.2 and less counting as 0, 0.8 and more as 1.
With an encoder the score is the mean of both, so 1 still means the same question, and above 0.5 neither part is weak.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar, cast

import bm25s
import numpy as np
from numpy.typing import NDArray

from policy_kb.knowledge import Policy
from policy_kb.model import Answer, Silence
from policy_kb.notice import Notice
from policy_kb.words import Words

Vectors: TypeAlias = Sequence[Sequence[float]] | NDArray[np.float32]
Encoder: TypeAlias = Callable[[list[str]], Vectors]
Scores: TypeAlias = NDArray[np.float32]

K1, B = 1.2, 0.5
"""BM25: questions are short, so length matters less than usual."""
MEANING_FLOOR, MEANING_TOP = 0.2, 0.8
MEANING_WEIGHT = 0.5
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
class _Entry(Generic[T]):
    found: T
    text: str


class _Index(Generic[T]):
    """Wordings, several of which may stand for one thing: a thing has the score of its best wording."""

    def __init__(self, entries: Sequence[_Entry[T]], words: Words, encoder: Encoder | None) -> None:
        self._entries = entries
        self._words = words
        self._encoder = encoder
        self._cut = [words.cut(entry.text) for entry in entries]
        self._vocabulary = {word for cut in self._cut for word in cut}
        self._length = sum(map(len, self._cut)) / max(len(self._cut), 1) or 1.0
        self._weights = _weights(self._cut)
        self._bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
        if self._vocabulary:
            self._bm25.index(self._cut, show_progress=False)
        self._vectors = _unit(encoder([entry.text for entry in entries])) if encoder and entries else None

    def find(self, question: str, limit: int, wanted: Callable[[T], bool]) -> tuple[Hit[T], ...]:
        """The best things for a question, best first; those that meet nothing of it are left out."""
        cut = self._words.cut(question)
        scores = self._scores(question, cut)
        hits: dict[int, Hit[T]] = {}
        for place in np.argsort(-scores, kind="stable"):
            entry, score = self._entries[place], float(scores[place])
            if len(hits) == limit or score <= 0:
                break
            if id(entry.found) not in hits and wanted(entry.found):
                matched = tuple(word for word in dict.fromkeys(cut) if word in self._cut[place])
                hits[id(entry.found)] = Hit(entry.found, round(score, 4), entry.text, matched)
        return tuple(hits.values())

    def _scores(self, question: str, cut: list[str]) -> Scores:
        by_words = self._by_words(cut)
        if self._encoder is None or self._vectors is None:
            return by_words
        cosine = self._vectors @ _unit(self._encoder([question]))[0]
        by_meaning = np.clip((cosine - MEANING_FLOOR) / (MEANING_TOP - MEANING_FLOOR), 0.0, 1.0)
        return cast("Scores", (1 - MEANING_WEIGHT) * by_words + MEANING_WEIGHT * by_meaning)

    def _by_words(self, cut: list[str]) -> Scores:
        known = [word for word in cut if word in self._vocabulary]
        if not known:
            return np.zeros(len(self._entries), dtype=np.float32)
        scores = self._bm25.get_scores(known)
        return cast("Scores", np.clip(scores / self._own_score(cut), 0.0, 1.0))

    def _own_score(self, cut: list[str]) -> float:
        """What the question would score as an entry: BM25 as bm25s computes it (method lucene)."""
        counts = Counter(cut)
        drag = K1 * (1 - B + B * len(cut) / self._length)
        unknown = max(self._weights.values())
        return sum(
            count * self._weights.get(word, unknown) * count / (count + drag) for word, count in counts.items()
        )


def _weights(cut: list[list[str]]) -> dict[str, float]:
    """How much each word tells: its inverse document frequency."""
    held = Counter(word for words in cut for word in set(words))
    return {word: math.log(1 + (len(cut) - count + 0.5) / (count + 0.5)) for word, count in held.items()}


def _unit(vectors: Vectors) -> NDArray[np.float32]:
    array = np.asarray(vectors, dtype=np.float32)
    length = np.linalg.norm(array, axis=1, keepdims=True)
    return cast("NDArray[np.float32]", array / np.where(length == 0, 1, length))


class AnswerSearch:
    """Search over the answers, silences and references of one notice: each `ask` is an entry, so are its own words."""

    def __init__(self, policy: Policy, words: Words, encoder: Encoder | None = None) -> None:
        rules = policy.rules
        statements: tuple[Answer | Silence, ...] = (*rules.answers, *rules.silent_on, *rules.left_to)
        entries = [_Entry(one, text) for one in statements for text in wordings(one)]
        self._index = _Index(entries, words, encoder)

    def find(self, question: str, facets: tuple[str, ...] = (), limit: int = 5) -> tuple[Hit[Answer | Silence], ...]:
        """The statements that best meet the question; with `facets` only those that serve one of them."""
        return self._index.find(question, limit, lambda one: not facets or bool(set(facets) & set(one.facets)))


class ClauseSearch:
    """Search over all sentences of one notice."""

    def __init__(self, policy: Policy, words: Words, encoder: Encoder | None = None) -> None:
        parts = clause_parts(policy.notice)
        self._index = _Index([_Entry(part, part.text) for part in parts], words, encoder)

    def find(self, question: str, limit: int = 5) -> tuple[Hit[ClausePart], ...]:
        """The sentences that best meet the question, each with its clause."""
        return self._index.find(question, limit, lambda _: True)


def wordings(one: Answer | Silence) -> tuple[str, ...]:
    """The texts by which a statement is found: every way to ask for it, its first line, and the words it rests on."""
    quotes = (cite.quote for cite in one.cites if cite.quote)
    return tuple(dict.fromkeys((*one.asks, one.first, *quotes)))


def clause_parts(notice: Notice) -> tuple[ClausePart, ...]:
    """The sentences of a notice in order; a short piece goes with the one after it, a table row is a sentence."""
    return tuple(ClausePart(name, text) for name in notice.clause_ids for text in sentences(notice.clause(name).text))


def sentences(text: str) -> list[str]:
    """The sentences of a clause's own words."""
    found: list[str] = []
    held = ""
    for piece in SENTENCE_END.split(text):
        held += piece.strip() if not held else " " + piece.strip()
        held = held.strip()
        if len(held) >= SHORTEST_SENTENCE:
            found.append(held)
            held = ""
    if held and found:
        found[-1] += held
    elif held:
        found.append(held)
    return found
