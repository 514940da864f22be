"""Which question of topics.yml a message asks: logistic regression with probabilities that mean what they say."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression

log = logging.getLogger(__name__)

_NAMES = "topics.json"
_WEIGHTS = "weights.npz"


class TopicModel:
    """Linear weights a topic (features × topics), their offsets, and the topics' names in that order."""

    def __init__(self, names: list[str], weights: NDArray[np.float32], offsets: NDArray[np.float32]) -> None:
        self.names = names
        self._weights = weights
        self._offsets = offsets

    @classmethod
    def fit(cls, rows: csr_matrix, names: list[str], *, strength: float, balance: float, seed: int) -> TopicModel:
        """Learn from one row of features and one topic's name a phrase.

        `strength` is the inverse of the regularisation; `balance` 0 weighs every phrase the same, 1 every topic.
        """
        kinds, counts = np.unique(names, return_counts=True)
        weights = {kind: (counts.mean() / count) ** balance for kind, count in zip(kinds, counts, strict=True)}
        regression = LogisticRegression(C=strength, class_weight=weights, max_iter=300, tol=1e-3, random_state=seed)
        regression.fit(rows, names)
        return cls(list(regression.classes_), *_both_sides(regression))

    def probabilities(self, row: csr_matrix, temperature: float) -> NDArray[np.float64]:
        """The probability of every topic; a temperature above 1 makes them less sure."""
        scores = (row @ self._weights).ravel().astype(np.float64) + self._offsets
        scores = scores / temperature
        odds = np.exp(scores - scores.max())
        return odds / odds.sum()

    def save(self, folder: Path) -> None:
        """Write names and numbers: no pickle, which could run code when read."""
        (folder / _NAMES).write_text(json.dumps(self.names), encoding="utf-8")
        np.savez_compressed(folder / _WEIGHTS, weights=self._weights, offsets=self._offsets)

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Read what `save` wrote."""
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        with np.load(folder / _WEIGHTS, allow_pickle=False) as stored:
            return cls(names, stored["weights"], stored["offsets"])


def _both_sides(regression: LogisticRegression) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights and offsets; for two topics scikit-learn keeps only the second's."""
    weights, offsets = regression.coef_, regression.intercept_
    if len(regression.classes_) == 2:
        weights, offsets = np.vstack([-weights / 2, weights / 2]), np.concatenate([-offsets / 2, offsets / 2])
    return np.ascontiguousarray(weights.T, dtype=np.float32), offsets.astype(np.float32)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Ranks the topics of a message by all its sentence features, sparse and dense."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: TopicModel | None = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def required_components(cls) -> list[type]:
        """Features have to come first."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What TopicModel.fit and .probabilities take, and how many topics an answer ranks."""
        return {"strength": 10.0, "balance": 0.5, "temperature": 1.0, "random_seed": 42, "ranking_length": 10}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TopicModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training phrases."""
        phrases = [message for message in training_data.intent_examples if message.get(TEXT)]
        self._model = TopicModel.fit(
            vstack([_row(message) for message in phrases], format="csr"),
            [message.get(INTENT) for message in phrases],
            strength=self._config["strength"],
            balance=self._config["balance"],
            seed=self._config["random_seed"],
        )
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the topic and the ranking of the messages."""
        for message in messages:
            ranking = self._rank(message)
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _rank(self, message: Message) -> list[dict[str, Any]]:
        assert self._model is not None
        chances = self._model.probabilities(_row(message), self._config["temperature"])
        best = np.argsort(-chances, kind="stable")[: self._config["ranking_length"]]
        return [{"name": self._model.names[i], "confidence": float(chances[i])} for i in best]


def _row(message: Message) -> csr_matrix:
    """All sentence features of a message beside each other."""
    wanted = (FEATURE_TYPE_SENTENCE, TEXT)
    parts = [feature.features for feature in message.features if (feature.type, feature.attribute) == wanted]
    return hstack([csr_matrix(part) for part in parts], format="csr")
