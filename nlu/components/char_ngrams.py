"""Single characters and pairs as features: Chinese needs no words to tell questions apart."""

from __future__ import annotations

import json
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
from sklearn.feature_extraction.text import TfidfVectorizer

_STATE = "ngrams.json"


class CharNgrams:
    """The n-grams of a training set and their weights (tf-idf, rows of length 1); ends of a text count as characters."""

    def __init__(self, shortest: int, longest: int, at_least: int) -> None:
        self._options = {"shortest": shortest, "longest": longest, "at_least": at_least}
        self._vectorizer = TfidfVectorizer(
            analyzer="char",
            ngram_range=(shortest, longest),
            min_df=at_least,
            sublinear_tf=True,
            lowercase=False,
            dtype=np.float32,
        )

    def fit(self, texts: list[str]) -> None:
        """Learn which n-grams there are and how rare each is."""
        self._vectorizer.fit([_fenced(text) for text in texts])

    def transform(self, texts: list[str]) -> csr_matrix:
        """One row a text, one column an n-gram."""
        return self._vectorizer.transform([_fenced(text) for text in texts])

    def save(self, path: Path) -> None:
        """Write what was learnt as JSON: no pickle, which could run code when read."""
        vocabulary = {ngram: int(column) for ngram, column in self._vectorizer.vocabulary_.items()}
        weights = [round(float(weight), 6) for weight in self._vectorizer.idf_]
        state = {"options": self._options, "vocabulary": vocabulary, "weights": weights}
        path.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> CharNgrams:
        """Read what `save` wrote."""
        state = json.loads(path.read_text(encoding="utf-8"))
        ngrams = cls(**state["options"])
        ngrams._vectorizer.vocabulary = state["vocabulary"]
        ngrams._vectorizer.idf_ = np.array(state["weights"], dtype=np.float32)
        return ngrams


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True)
class CharNgramFeaturizer(SparseFeaturizer, GraphComponent):
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
        self._ngrams = ngrams or CharNgrams(config["shortest"], config["longest"], config["at_least"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Lengths in characters, and in how many training texts an n-gram must stand."""
        return {**SparseFeaturizer.get_default_config(), "shortest": 1, "longest": 2, "at_least": 1}

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


def _fenced(text: str) -> str:
    return f"^{text}$"
