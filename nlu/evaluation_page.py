"""An evaluation as a page to read."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.evaluation_entities import FalseCorrections
from nlu.evaluation_summary import Summary

MISSED = 4
"""Missed entities shown for a kind."""


def as_markdown(summary: Summary) -> str:
    """The summary as Markdown."""
    s = summary
    head = [
        "# NLU evaluation",
        "",
        f"{s.sentences} sentences the model has not seen. Right facet {s.facet_accuracy:.1%}, among the first three "
        f"{s.facet_top3:.1%}; right topic {s.topic_accuracy:.1%}, macro-F1 of the topics {s.topic_macro_f1:.3f}. "
        f"Calibration error {s.calibration_error:.3f}. "
        f"One parse over HTTP: p50 {s.parse_ms_p50:.1f} ms, p99 {s.parse_ms_p99:.1f} ms.",
        "",
        "Pictures: topic_confusion_matrix.png (by topic), intent_confusion_matrix.png (by facet), intent_histogram.png.",
    ]
    topics = [[t.topic, t.sentences, f"{t.precision:.2f}", f"{t.recall:.2f}", f"{t.f1:.2f}"] for t in s.topics]
    bins = [[f"{b.low:.1f}-{b.high:.1f}", b.sentences, f"{b.confidence:.2f}", f"{b.accuracy:.2f}"] for b in s.bins]
    confusions = [[c.expected, c.got, c.times, " / ".join(c.examples)] for c in s.confusions]
    tables = (
        _table("By topic", ["topic", "sentences", "precision", "recall", "F1"], topics)
        + _table("By confidence", ["confidence", "sentences", "claimed", "right"], bins)
        + _table("Worst confusions", ["expected", "got", "times", "for example"], confusions)
    )
    return "\n".join([*head, *tables, *_entities(s), *_corrections(s.corrections)]) + "\n"


def _entities(summary: Summary) -> list[str]:
    rows = [
        [e.kind, e.marked, f"{e.precision:.2f}", f"{e.recall:.2f}", f"{e.f1:.2f}", " / ".join(e.missed[:MISSED])]
        for e in summary.entities
    ]
    heads = ["entity", "marked", "precision", "recall", "F1", "missed, for example"]
    return _table("Entities, as nlu/mentions.py reads them", heads, rows) if rows else []


def _corrections(corrections: FalseCorrections | None) -> list[str]:
    if corrections is None:
        return []
    what = f"{len(corrections.changed)} of {corrections.sentences} test sentences are changed ({corrections.rate:.2%})."
    return ["", "## What the typo corrector changes", "", what, "", *(f"- {one}" for one in corrections.changed)]


def _table(title: str, heads: list[str], rows: Sequence[Sequence[object]]) -> list[str]:
    lines = [" | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) for row in rows]
    body = [f"| {line} |" for line in lines]
    return ["", f"## {title}", "", f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *body]
