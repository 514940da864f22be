"""The topic classifier: each facet's score by the phrases like a text; kernel ridge regression is in likeness.py.

A phrase speaks for its own facet fully, and a little for the other facets of its topic.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from nlu.components.likeness import Comparing, LikenessRegression, Matrix

FORMAT = 2
"""Raised when the same stored numbers would mean something else."""
_SETTINGS = "topics.json"
_ARRAYS = "phrases.npz"


@dataclass(frozen=True)
class Settings(Comparing):
    """How the model compares, and how sure it is of what it finds."""

    kinship: float = 0.5
    """How much a phrase speaks for the other facets of its topic; for its own, 1 + kinship."""
    certainty: float = 10.0
    """What scores are multiplied by before they become probabilities; set so that these come true as often as they say."""


class TopicModel:
    """What phrases say for each of the facets `names`."""

    def __init__(self, names: list[str], settings: Settings, phrases: LikenessRegression) -> None:
        self.names = names
        self._settings = settings
        self._phrases = phrases

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
        return cls(names, settings, LikenessRegression.fit(characters, vectors, wanted, settings))

    def scores(self, characters: csr_matrix, vectors: Matrix) -> Matrix:
        """For each row and facet a score: near 1 + kinship where it fits, near kinship within its topic, else near 0."""
        return self._phrases.predict(characters, vectors)

    def probabilities(self, characters: csr_matrix, vectors: Matrix) -> Matrix:
        """For each row the probability of every facet, in the order of `names`."""
        scores = self.scores(characters, vectors) * self._settings.certainty
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True)

    def save(self, folder: Path) -> None:
        """Write names and numbers: no pickle, which could run code when read."""
        described = {"format": FORMAT, "names": self.names, "settings": asdict(self._settings)}
        (folder / _SETTINGS).write_text(json.dumps(described), encoding="utf-8")
        sparse = self._phrases.characters
        np.savez_compressed(
            folder / _ARRAYS,
            data=sparse.data,
            indices=sparse.indices,
            indptr=sparse.indptr,
            shape=sparse.shape,
            meaning=self._phrases.meaning,
            basis=self._phrases.basis,
            say=self._phrases.say,
        )

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Read what `save` wrote. Raises ValueError where another version of the code wrote it."""
        described = json.loads((folder / _SETTINGS).read_text(encoding="utf-8"))
        if described.get("format") != FORMAT:
            raise ValueError("this model was trained by another version of nlu/components: run `canbao nlu train`")
        settings = Settings(**described["settings"])
        with np.load(folder / _ARRAYS, allow_pickle=False) as stored:
            rows = csr_matrix((stored["data"], stored["indices"], stored["indptr"]), shape=tuple(stored["shape"]))
            arrays = (stored["meaning"], stored["basis"], stored["say"])
        return cls(described["names"], settings, LikenessRegression(rows, *arrays, settings))


def _wanted(facets: list[str], names: list[str], topic_of: Mapping[str, str], kinship: float) -> Matrix:
    """What each phrase says for each facet of `names`."""
    topics = np.array([topic_of.get(name, name) for name in names])
    column = {name: place for place, name in enumerate(names)}
    own = np.array([column[facet] for facet in facets])
    wanted = np.float32(kinship) * (topics[own][:, np.newaxis] == topics[np.newaxis, :])
    wanted[np.arange(len(own)), own] += np.float32(1)
    return np.ascontiguousarray(wanted, dtype=np.float32)
