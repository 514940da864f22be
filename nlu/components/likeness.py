"""Kernel ridge regression on what phrases share, in characters and in meaning.

A text is compared with every phrase that was learnt; the more they share, the greater their `likeness`. What is said of it
is a weighted sum over those comparisons. The weights are the solution of one linear system, so learning needs no iteration and no seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix

Matrix = NDArray[np.float32]

BLOCK = 500


@dataclass(frozen=True)
class Comparing:
    """How phrases are compared and how firmly is learnt; nlu/README.md has the figures behind the defaults."""

    sharpness: float = 0.5
    """How much more near phrases count than far ones: likeness is overlap + sharpness · overlap²."""
    smoothing: float = 0.05
    """What is added to a phrase's likeness to itself (ridge): more follows single phrases less."""
    meaning: float = 2.25
    """The weight of sentence vectors beside characters, whose weight is 1."""
    width: int = 128
    """The principal directions of the sentence vectors that are kept."""


class LikenessRegression:
    """Phrases as rows (characters sparse, meaning dense in the directions `basis`), and what each says."""

    def __init__(
        self, characters: csr_matrix, meaning: Matrix, basis: Matrix, say: Matrix, comparing: Comparing
    ) -> None:
        self.characters = characters
        self.meaning = meaning
        self.basis = basis
        self.say = say
        self._by_ngram = characters.T.tocsr()
        self._comparing = comparing

    @classmethod
    def fit(cls, characters: csr_matrix, vectors: Matrix, wanted: Matrix, comparing: Comparing) -> LikenessRegression:
        """Learn the rows of `wanted` from rows of character features and rows of sentence vectors, both of length 1."""
        basis = _principal(vectors, comparing.width)
        meaning = vectors @ basis
        system = _likenesses(characters, meaning, comparing)
        system[np.diag_indices_from(system)] += np.float32(comparing.smoothing)
        # symmetric: transposed, it is the same in the order that LAPACK can overwrite instead of copying
        say = cho_solve(cho_factor(system.T, lower=True, overwrite_a=True, check_finite=False), wanted)
        return cls(characters, meaning, basis, np.ascontiguousarray(say), comparing)

    def predict(self, characters: csr_matrix, vectors: Matrix) -> Matrix:
        """For each row what the phrases like it say."""
        found = np.empty((characters.shape[0], self.say.shape[1]), dtype=np.float32)
        for start in range(0, len(found), BLOCK):
            rows = slice(start, start + BLOCK)
            shared = (characters[rows] @ self._by_ngram).toarray()
            overlap = _overlap(shared, (vectors[rows] @ self.basis) @ self.meaning.T, self._comparing.meaning)
            found[rows] = _likeness(overlap, self._comparing.sharpness) @ self.say
        return found


def _principal(vectors: Matrix, width: int) -> Matrix:
    """The directions in which the vectors differ most, as columns; all zero vectors give columns that keep them zero."""
    _, directions = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    return np.ascontiguousarray(directions[:, -width:], dtype=np.float32)


def _likenesses(characters: csr_matrix, meaning: Matrix, comparing: Comparing) -> Matrix:
    """The likeness of every two phrases, some rows at a time: with more than one such matrix memory would run out."""
    count = characters.shape[0]
    system = np.empty((count, count), dtype=np.float32)
    by_ngram = characters.T.tocsr()
    for start in range(0, count, BLOCK):
        rows = slice(start, start + BLOCK)
        overlap = _overlap((characters[rows] @ by_ngram).toarray(), meaning[rows] @ meaning.T, comparing.meaning)
        system[rows] = _likeness(overlap, comparing.sharpness)
    return system


def _overlap(characters: Matrix, meaning: Matrix, weight: float) -> Matrix:
    return (characters + np.float32(weight) * meaning) / np.float32(1 + weight)


def _likeness(overlap: Matrix, sharpness: float) -> Matrix:
    return overlap * (np.float32(1) + np.float32(sharpness) * overlap)
