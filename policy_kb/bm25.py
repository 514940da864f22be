"""BM25 over texts, its scores held against what the question itself would score: from 0 to 1."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias, cast

import bm25s
import numpy as np
from numpy.typing import NDArray

Scores: TypeAlias = NDArray[np.float32]


class Bm25:
    """An index over texts cut into terms; `k1` and `b` as usual (how much repetition and length count)."""

    def __init__(self, texts: Sequence[Sequence[str]], k1: float, b: float) -> None:
        self._count = len(texts)
        self._k1, self._b = k1, b
        self._length = sum(map(len, texts)) / max(self._count, 1) or 1.0
        self._weights = _weights(texts)
        self._unknown = max(self._weights.values(), default=1.0)
        self._index = bm25s.BM25(k1=k1, b=b, method="lucene")
        if self._weights:
            self._index.index([list(text) for text in texts], show_progress=False)

    def scores(self, question: Sequence[str]) -> Scores:
        """For each text, its score over that of a text that is the question; a term no text holds weighs most."""
        known = [term for term in question if term in self._weights]
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        return cast("Scores", np.clip(self._index.get_scores(known) / self._own(question), 0.0, 1.0))

    def _own(self, question: Sequence[str]) -> float:
        drag = self._k1 * (1 - self._b + self._b * len(question) / self._length)
        return sum(
            count * self._weights.get(term, self._unknown) * count / (count + drag)
            for term, count in Counter(question).items()
        )


def _weights(texts: Sequence[Sequence[str]]) -> dict[str, float]:
    """How much each term tells: its inverse document frequency."""
    held = Counter(term for text in texts for term in set(text))
    return {term: math.log(1 + (len(texts) - count + 0.5) / (count + 0.5)) for term, count in held.items()}
