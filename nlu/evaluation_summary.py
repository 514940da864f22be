"""What an evaluation comes to: by topic, by confusion, by confidence, in time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

from nlu.evaluation_entities import EntityScore, FalseCorrections
from nlu.understanding import Ranked

BINS = 10
EXAMPLES = 3
"""Sentences shown for a confusion."""
WORST = 25
"""Confusions shown."""


@dataclass(frozen=True)
class Judged:
    """A test sentence, the facet it should have and the facets it got; those in `also` are right as well."""

    text: str
    expected: str
    ranking: tuple[Ranked, ...]
    also: tuple[str, ...] = ()

    @property
    def best(self) -> Ranked:
        """The facet it got."""
        return self.ranking[0]

    @property
    def right(self) -> bool:
        """Whether the best facet is an accepted one."""
        return self.best.facet in self.accepted

    @property
    def accepted(self) -> tuple[str, ...]:
        """The expected facet and those that are right as well."""
        return (self.expected, *self.also)

    def topics(self, topic_of: dict[str, str]) -> tuple[str, str]:
        """The topic it should have and the one it got; of several that are right, the one it got."""
        got = topic_of[self.best.facet]
        return got if got in {topic_of[facet] for facet in self.accepted} else topic_of[self.expected], got


@dataclass(frozen=True)
class TopicScore:
    """How well one topic is found; `sentences` is how many the test set has."""

    topic: str
    sentences: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Confusion:
    """A facet taken for another, how often, and some of the sentences."""

    expected: str
    got: str
    times: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class ConfidenceBin:
    """Answers whose confidence lies in [low, high): what they claim on average and how many are right."""

    low: float
    high: float
    sentences: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class Summary:
    """The whole evaluation; accuracies and the calibration error (expected, over ten bins) between 0 and 1."""

    sentences: int
    facet_accuracy: float
    facet_top3: float
    topic_accuracy: float
    topic_macro_f1: float
    """The mean F1 of the topics, each counted once however many sentences it has."""
    calibration_error: float
    parse_ms_p50: float
    parse_ms_p99: float
    topics: tuple[TopicScore, ...]
    confusions: tuple[Confusion, ...]
    topic_pairs: tuple[tuple[str, str, int], ...]
    """How often a topic (first) was taken for one (second): the confusion matrix by topic."""
    bins: tuple[ConfidenceBin, ...]
    entities: tuple[EntityScore, ...] = ()
    corrections: FalseCorrections | None = None


def summarise(judged: Sequence[Judged], milliseconds: Sequence[float], topics: dict[str, str]) -> Summary:
    """Sum up the judged sentences; `topics` gives the topic of each facet, `milliseconds` the time of each sentence."""
    pairs = [one.topics(topics) for one in judged]
    scores = tuple(_score(topic, pairs) for topic in sorted({expected for expected, _ in pairs}))
    bins = _bins(judged)
    cuts = quantiles(milliseconds, n=100, method="inclusive")
    return Summary(
        sentences=len(judged),
        facet_accuracy=fmean(one.right for one in judged),
        facet_top3=fmean(any(r.facet in one.accepted for r in one.ranking[:3]) for one in judged),
        topic_accuracy=fmean(expected == got for expected, got in pairs),
        topic_macro_f1=fmean(score.f1 for score in scores),
        calibration_error=sum(b.sentences * abs(b.confidence - b.accuracy) for b in bins) / len(judged),
        parse_ms_p50=cuts[49],
        parse_ms_p99=cuts[98],
        topics=scores,
        confusions=_confusions(judged),
        topic_pairs=tuple((*pair, times) for pair, times in sorted(Counter(pairs).items())),
        bins=bins,
    )


def _score(topic: str, pairs: list[tuple[str, str]]) -> TopicScore:
    there = sum(expected == topic for expected, _ in pairs)
    found = sum(got == topic for _, got in pairs)
    both = sum(expected == got == topic for expected, got in pairs)
    precision, recall = both / found if found else 0.0, both / there
    return TopicScore(topic, there, precision, recall, 2 * both / (there + found))


def _confusions(judged: Sequence[Judged]) -> tuple[Confusion, ...]:
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in judged:
        if not one.right:
            texts[one.expected, one.best.facet].append(one.text)
    worst = sorted(texts.items(), key=lambda item: (-len(item[1]), item[0]))[:WORST]
    return tuple(Confusion(*facets, len(found), tuple(found[:EXAMPLES])) for facets, found in worst)


def _bins(judged: Sequence[Judged]) -> tuple[ConfidenceBin, ...]:
    filled = defaultdict(list)
    for one in judged:
        filled[min(int(one.best.confidence * BINS), BINS - 1)].append(one)
    return tuple(
        ConfidenceBin(
            index / BINS,
            (index + 1) / BINS,
            len(ones),
            fmean(one.best.confidence for one in ones),
            fmean(one.right for one in ones),
        )
        for index, ones in sorted(filled.items())
    )
