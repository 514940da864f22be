"""What an evaluation comes to: by topic, by confusion, by confidence, in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

from nlu.understanding import Ranked

BINS = 10
EXAMPLES = 3
"""Sentences shown for a confusion."""
WORST = 25
"""Confusions shown."""


@dataclass(frozen=True)
class Judged:
    """A test sentence, the facet it should have and the facets it got."""

    text: str
    expected: str
    ranking: tuple[Ranked, ...]

    @property
    def best(self) -> Ranked:
        """The facet it got."""
        return self.ranking[0]

    @property
    def right(self) -> bool:
        """Whether the best facet is the expected one."""
        return self.best.facet == self.expected


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
    calibration_error: float
    parse_ms_p50: float
    parse_ms_p99: float
    topics: tuple[TopicScore, ...]
    confusions: tuple[Confusion, ...]
    bins: tuple[ConfidenceBin, ...]


def summarise(judged: Sequence[Judged], milliseconds: Sequence[float], topics: dict[str, str]) -> Summary:
    """Sum up the judged sentences; `topics` gives the topic of each facet, `milliseconds` the time of each sentence."""
    pairs = [(topics[one.expected], topics[one.best.facet]) for one in judged]
    bins = _bins(judged)
    cuts = quantiles(milliseconds, n=100, method="inclusive")
    return Summary(
        sentences=len(judged),
        facet_accuracy=fmean(one.right for one in judged),
        facet_top3=fmean(one.expected in [r.facet for r in one.ranking[:3]] for one in judged),
        topic_accuracy=fmean(expected == got for expected, got in pairs),
        calibration_error=sum(b.sentences * abs(b.confidence - b.accuracy) for b in bins) / len(judged),
        parse_ms_p50=cuts[49],
        parse_ms_p99=cuts[98],
        topics=tuple(_score(topic, pairs) for topic in sorted({expected for expected, _ in pairs})),
        confusions=_confusions(judged),
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


def as_markdown(summary: Summary) -> str:
    """The summary as a page to read."""
    s = summary
    head = [
        "# NLU evaluation",
        "",
        f"{s.sentences} sentences the model has not seen. Right facet {s.facet_accuracy:.1%}, among the first three "
        f"{s.facet_top3:.1%}; right topic {s.topic_accuracy:.1%}. Calibration error {s.calibration_error:.3f}. "
        f"One parse over HTTP: p50 {s.parse_ms_p50:.1f} ms, p99 {s.parse_ms_p99:.1f} ms.",
    ]
    topics = [[t.topic, t.sentences, f"{t.precision:.2f}", f"{t.recall:.2f}", f"{t.f1:.2f}"] for t in s.topics]
    bins = [[f"{b.low:.1f}-{b.high:.1f}", b.sentences, f"{b.confidence:.2f}", f"{b.accuracy:.2f}"] for b in s.bins]
    confusions = [[c.expected, c.got, c.times, " / ".join(c.examples)] for c in s.confusions]
    tables = (
        _table("By topic", ["topic", "sentences", "precision", "recall", "F1"], topics)
        + _table("By confidence", ["confidence", "sentences", "claimed", "right"], bins)
        + _table("Worst confusions", ["expected", "got", "times", "for example"], confusions)
    )
    return "\n".join([*head, *tables]) + "\n"


def _table(title: str, heads: list[str], rows: Sequence[Sequence[object]]) -> list[str]:
    lines = [" | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) for row in rows]
    body = [f"| {line} |" for line in lines]
    return ["", f"## {title}", "", f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *body]
