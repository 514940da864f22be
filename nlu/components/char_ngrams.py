"""Single characters and pairs as features: Chinese needs no words to tell questions apart."""

from __future__ import annotations

import json
from collections import Counter
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from nlu.components.fingerprint import Fingerprinted

_STATE = "ngrams.json"


class CharNgrams:
    """The n-grams of a training set and their weights: tf-idf as in scikit-learn (smooth, sublinear, rows of length 1).

    The two ends of a text count as characters. Written out here because one text at a time is ten times as fast so.
    """

    def __init__(self, shortest: int, longest: int, weights: dict[str, float] | None = None) -> None:
        self._shortest = shortest
        self._longest = longest
        self._set(weights or {})

    def fit(self, texts: list[str]) -> None:
        """Learn which n-grams there are and how rare each is."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(self._ngrams(text)))
        self._set({ngram: log((1 + len(texts)) / (1 + seen[ngram])) + 1 for ngram in sorted(seen)})

    def transform(self, texts: list[str]) -> csr_matrix:
        """One row a text, one column an n-gram."""
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for text in texts:
            row = {ngram: times for ngram, times in Counter(self._ngrams(text)).items() if ngram in self._columns}
            values = [(1 + log(times)) * self._weights[ngram] for ngram, times in row.items()]
            length = sqrt(sum(value * value for value in values))
            data += [value / length for value in values]
            columns += [self._columns[ngram] for ngram in row]
            ends.append(len(data))
        arrays = (np.array(data, dtype=np.float32), np.array(columns, dtype=np.int32), np.array(ends, dtype=np.int32))
        return csr_matrix(arrays, shape=(len(texts), len(self._columns)))

    def save(self, path: Path) -> None:
        """Write what was learnt as JSON: no pickle, which could run code when read."""
        state = {"shortest": self._shortest, "longest": self._longest, "weights": self._weights}
        path.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> CharNgrams:
        """Read what `save` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def _set(self, weights: dict[str, float]) -> None:
        self._weights = weights
        self._columns = {ngram: column for column, ngram in enumerate(weights)}

    def _ngrams(self, text: str) -> list[str]:
        fenced = f"^{text}$"
        lengths = range(self._shortest, self._longest + 1)
        return [fenced[start : start + size] for size in lengths for start in range(len(fenced) - size + 1)]


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True)
class CharNgramFeaturizer(Fingerprinted, SparseFeaturizer, GraphComponent):
    """Sets the character n-grams of a message as its sparse sentence features."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        context: ExecutionContext,
        ngrams: CharNgrams | None = None,
    ) -> None:
        super().__init__(context.node_name, config)
        self._storage = storage
        self._resource = resource
        self._ngrams = ngrams or CharNgrams(config["shortest"], config["longest"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Lengths in characters."""
        return {**SparseFeaturizer.get_default_config(), "shortest": 1, "longest": 2}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CharNgramFeaturizer:
        """An untrained component."""
        return cls(config, model_storage, resource, execution_context)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CharNgramFeaturizer:
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, execution_context, CharNgrams.load(folder / _STATE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the n-grams of the training texts."""
        texts = [message.get(TEXT) for message in training_data.training_examples if message.get(TEXT)]
        self._ngrams.fit(texts)
        with self._storage.write_to(self._resource) as folder:
            self._ngrams.save(folder / _STATE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the features of the messages."""
        rows = self._ngrams.transform([message.get(TEXT) or "" for message in messages])
        for message, row in zip(messages, rows, strict=True):
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the features of the training examples."""
        self.process([message for message in training_data.training_examples if message.get(TEXT)])
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse lengths that make no n-gram."""
        if not 1 <= config["shortest"] <= config["longest"]:
            raise ValueError(f"shortest {config['shortest']} and longest {config['longest']} leave no n-gram")
