"""Draws the confusion matrix by topic that `canbao nlu test` counted; in Rasa's environment, which has a plotting library.

python -m nlu.components.confusion_picture reports/nlu
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np

INCHES = 11.0


def draw(folder: Path) -> None:
    """topic_confusion_matrix.png from the summary.json in the same folder: a row each expected topic, as shares of it."""
    pairs = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["topic_pairs"]
    names = sorted({name for expected, got, _ in pairs for name in (expected, got)})
    counts = np.zeros((len(names), len(names)), dtype=int)
    for expected, got, times in pairs:
        counts[names.index(expected), names.index(got)] = times
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = plt.subplots(figsize=(INCHES, INCHES))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("topic found")
    axes.set_ylabel("topic expected")
    for row, column in zip(*np.nonzero(counts), strict=True):
        colour = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, counts[row, column], ha="center", va="center", color=colour, fontsize=8)
    figure.tight_layout()
    figure.savefig(folder / "topic_confusion_matrix.png", dpi=110)


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
