"""Which question of topics.yml a message asks, with probabilities that mean what they say."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from nlu.components.fingerprint import Fingerprinted, topics
from nlu.components.topic_model import Settings, TopicModel


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class TopicClassifier(Fingerprinted, IntentClassifier, GraphComponent):
    """Ranks the topics of a message by its sparse (characters) and dense (meaning) sentence features."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: TopicModel | None = None
    ) -> None:
        self._settings = Settings(**{field.name: config[field.name] for field in fields(Settings)})
        self._longest = config["ranking_length"]
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def required_components(cls) -> list[type]:
        """Both kinds of features have to come first."""
        return [SparseFeaturizer, DenseFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The model's settings, and how many topics an answer ranks."""
        return {**asdict(Settings()), "ranking_length": 10}

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
        facets = [message.get(INTENT) for message in phrases]
        self._model = TopicModel.fit(*features_of(phrases), facets, self._settings, topics())
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the topic and the ranking of the messages."""
        if messages and self._model is not None:
            for message, chances in zip(messages, self._model.probabilities(*features_of(messages)), strict=True):
                set_ranking(message, self._model.names, chances, self._longest)
        return messages


def set_ranking(message: Message, names: list[str], chances: NDArray[np.float32], longest: int) -> None:
    """Give a message its topic and the `longest` most likely topics, best first."""
    best = np.argsort(-chances, kind="stable")[:longest]
    ranking = [{"name": names[topic], "confidence": round(float(chances[topic]), 4)} for topic in best]
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def features_of(messages: list[Message]) -> tuple[csr_matrix, NDArray[np.float32]]:
    """The messages' sparse and dense sentence features, a row each."""
    sparse = [message.get_sparse_features(TEXT)[1].features for message in messages]
    dense = [message.get_dense_features(TEXT)[1].features for message in messages]
    return sparse[0] if len(sparse) == 1 else vstack(sparse, format="csr"), np.vstack(dense)
