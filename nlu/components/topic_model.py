"""The mathematics of the topic classifier: kernel ridge regression on what phrases share, in characters and in meaning.

A question is compared with every training phrase; the more they share, the greater their `likeness`. Each facet's score
is a weighted sum of those comparisons. The weights are the solution of one linear system, so training needs no iteration
and no seed. A phrase speaks for its own facet fully, and a little for the other facets of its topic.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix

Matrix = NDArray[np.float32]

BLOCK = 500
FORMAT = 2
"""Raised when the same stored numbers would mean something else."""
_SETTINGS = "topics.json"
_ARRAYS = "phrases.npz"


@dataclass(frozen=True)
class Settings:
    """How the model compares and how firmly it learns; nlu/README.md has the figures behind the defaults."""

    sharpness: float = 0.5
    """How much more near phrases count than far ones: likeness is overlap + sharpness · overlap²."""
    kinship: float = 0.5
    """How much a phrase speaks for the other facets of its topic; for its own, 1 + kinship."""
    smoothing: float = 0.05
    """What is added to a phrase's likeness to itself (ridge): more follows single phrases less."""
    meaning: float = 2.25
    """The weight of sentence vectors beside characters, whose weight is 1."""
    width: int = 128
    """The principal directions of the sentence vectors that are kept."""
    certainty: float = 10.0
    """What scores are multiplied by before they become probabilities; set so that these come true as often as they say."""


class TopicModel:
    """Training phrases as rows (characters sparse, meaning dense) and each phrase's say for each facet."""

    def __init__(
        self, names: list[str], settings: Settings, characters: csr_matrix, meaning: Matrix, basis: Matrix, say: Matrix
    ) -> None:
        self.names = names
        self._settings = settings
        self._characters = characters
        self._by_ngram = characters.T.tocsr()
        self._meaning = meaning
        self._basis = basis
        self._say = say

    @classmethod
    def fit(
        cls,
        characters: csr_matrix,
        vectors: Matrix,
        facets: list[str],
        settings: Settings,
        topic_of: Mapping[str, str] | None = None,
    ) -> TopicModel:
        """Learn from phrases: rows of character features, rows of sentence vectors (both of length 1), facets' names.

        `topic_of` gives the topic of a facet; a facet without one is a topic of its own.
        """
        names = sorted(set(facets))
        wanted = _wanted(facets, names, topic_of or {}, settings.kinship)
        basis = _principal(vectors, settings.width)
        meaning = vectors @ basis
        system = _likenesses(characters, meaning, settings)
        system[np.diag_indices_from(system)] += np.float32(settings.smoothing)
        # symmetric: transposed, it is the same in the order that LAPACK can overwrite instead of copying
        say = cho_solve(cho_factor(system.T, lower=True, overwrite_a=True, check_finite=False), wanted)
        return cls(names, settings, characters, meaning, basis, np.ascontiguousarray(say))

    def scores(self, characters: csr_matrix, vectors: Matrix) -> Matrix:
        """For each row and facet a score: near 1 + kinship where it fits, near kinship within its topic, else near 0."""
        shared = (characters @ self._by_ngram).toarray()
        overlap = _overlap(shared, (vectors @ self._basis) @ self._meaning.T, self._settings.meaning)
        return _likeness(overlap, self._settings.sharpness) @ self._say

    def probabilities(self, characters: csr_matrix, vectors: Matrix) -> Matrix:
        """For each row the probability of every facet, in the order of `names`."""
        scores = self.scores(characters, vectors) * self._settings.certainty
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True)

    def save(self, folder: Path) -> None:
        """Write names and numbers: no pickle, which could run code when read."""
        described = {"format": FORMAT, "names": self.names, "settings": asdict(self._settings)}
        (folder / _SETTINGS).write_text(json.dumps(described), encoding="utf-8")
        sparse = self._characters
        np.savez_compressed(
            folder / _ARRAYS,
            data=sparse.data,
            indices=sparse.indices,
            indptr=sparse.indptr,
            shape=sparse.shape,
            meaning=self._meaning,
            basis=self._basis,
            say=self._say,
        )

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Read what `save` wrote. Raises ValueError where another version of the code wrote it."""
        described = json.loads((folder / _SETTINGS).read_text(encoding="utf-8"))
        if described.get("format") != FORMAT:
            raise ValueError("this model was trained by another version of nlu/components: run `canbao nlu train`")
        with np.load(folder / _ARRAYS, allow_pickle=False) as stored:
            rows = csr_matrix((stored["data"], stored["indices"], stored["indptr"]), shape=tuple(stored["shape"]))
            arrays = (stored["meaning"], stored["basis"], stored["say"])
        return cls(described["names"], Settings(**described["settings"]), rows, *arrays)


def _wanted(facets: list[str], names: list[str], topic_of: Mapping[str, str], kinship: float) -> Matrix:
    """What each phrase says for each facet of `names`."""
    topics = np.array([topic_of.get(name, name) for name in names])
    column = {name: place for place, name in enumerate(names)}
    own = np.array([column[facet] for facet in facets])
    wanted = np.float32(kinship) * (topics[own][:, np.newaxis] == topics[np.newaxis, :])
    wanted[np.arange(len(own)), own] += np.float32(1)
    return np.ascontiguousarray(wanted, dtype=np.float32)


def _principal(vectors: Matrix, width: int) -> Matrix:
    """The directions in which the vectors differ most, as columns; all zero vectors give columns that keep them zero."""
    _, directions = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    return np.ascontiguousarray(directions[:, -width:], dtype=np.float32)


def _likenesses(characters: csr_matrix, meaning: Matrix, settings: Settings) -> Matrix:
    """The likeness of every two phrases, some rows at a time: with more than one such matrix memory would run out."""
    count = characters.shape[0]
    system = np.empty((count, count), dtype=np.float32)
    by_ngram = characters.T.tocsr()
    for start in range(0, count, BLOCK):
        rows = slice(start, start + BLOCK)
        overlap = _overlap((characters[rows] @ by_ngram).toarray(), meaning[rows] @ meaning.T, settings.meaning)
        system[rows] = _likeness(overlap, settings.sharpness)
    return system


def _overlap(characters: Matrix, meaning: Matrix, weight: float) -> Matrix:
    return (characters + np.float32(weight) * meaning) / np.float32(1 + weight)


def _likeness(overlap: Matrix, sharpness: float) -> Matrix:
    return overlap * (np.float32(1) + np.float32(sharpness) * overlap)
