"""Writes every text the one way that the features after it expect."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.fingerprint import Fingerprinted

PLACEHOLDER = re.compile(r"__[A-Z]+__")
"""What the bot puts in the place of an ID number, a telephone number or a name before it asks."""
_BLANK = re.compile(r"\s+")
_BLANK_BETWEEN_WORDS = re.compile(r"(?<=[A-Za-z0-9])\s+(?=[A-Za-z0-9])")
_MARKS = re.compile(r"[\u200b-\u200f\ufeff\ufe0f]")


def normalise(text: str) -> str:
    """Full width and compatibility forms folded, small letters, no white space but between Latin words or numbers.

    Placeholders (`__ID__`) keep their capitals.
    """
    folded = _MARKS.sub("", unicodedata.normalize("NFKC", text)).strip()
    folded = _BLANK_BETWEEN_WORDS.sub("\0", folded)
    folded = _BLANK.sub("", folded).replace("\0", " ")
    kept = PLACEHOLDER.findall(folded)
    plain = [part.lower() for part in PLACEHOLDER.split(folded)]
    return plain[0] + "".join(mark + part for mark, part in zip(kept, plain[1:], strict=True))


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class Normaliser(Fingerprinted, GraphComponent):
    """The first component: replaces the text of a message by its normalised form."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        """A component without state."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Normalise the texts that are to be parsed."""
        for message in messages:
            message.set(TEXT, normalise(message.get(TEXT) or ""))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalise the texts to learn from."""
        self.process([message for message in training_data.training_examples if message.get(TEXT)])
        return training_data
