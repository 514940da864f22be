"""What an evaluation comes to: accepted facets, macro-F1, entities, false corrections, the page."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from nlu import evaluation
from nlu.data_check_sentences import Sentence, essence
from nlu.evaluation_entities import false_corrections, score_entities
from nlu.evaluation_page import as_markdown
from nlu.evaluation_summary import Judged, Summary, summarise
from nlu.lexicon import Lexicon
from nlu.rasa_environment import environment
from nlu.understanding import Ranked

ROOT = Path(__file__).parents[2]
RASA_PYTHON = ROOT / ".venv-nlu" / "bin" / "python"
TOPICS = {"premium": "premium", "premium_change": "premium", "window": "window", "refund": "refund"}


def judged(expected: str, got: str, confidence: float = 0.9, also: tuple[str, ...] = ()) -> Judged:
    return Judged(f"{expected} for {got}", expected, (Ranked(got, confidence), Ranked(expected, 0.05)), also)


@pytest.fixture
def summary() -> Summary:
    """Four sentences: one right, one of the same topic, one right by a second facet, one wrong."""
    ones = [
        judged("premium", "premium"),
        judged("premium", "premium_change", 0.6),
        judged("refund", "window", also=("window",)),
        judged("window", "refund", 0.3),
    ]
    return summarise(ones, [5.0, 6.0, 7.0, 30.0], TOPICS)


def test_a_second_facet_that_is_right_counts_as_right_for_facet_and_topic(summary: Summary) -> None:
    assert summary.facet_accuracy == 0.5
    assert summary.topic_accuracy == 0.75


def test_second_facets_are_found_for_the_texts_that_rasas_reports_hold(tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "test_also.yml").write_text('"医保停了，能用吗？": [card]\n', encoding="utf-8")
    # Rasa writes the text that the pipeline's normaliser made: half-width marks, no blanks
    assert evaluation._also(tmp_path)[essence("医保停了,能用吗?")] == ["card"]


def test_macro_f1_counts_every_topic_once(summary: Summary) -> None:
    scores = {score.topic: score for score in summary.topics}
    assert scores["premium"].f1 == 1.0
    # asked twice (once as the second facet of a refund), found once, rightly
    assert scores["window"].f1 == pytest.approx(2 / 3)
    assert summary.topic_macro_f1 == pytest.approx((1.0 + 2 / 3) / 2)


def test_the_page_shows_every_part_of_the_report(summary: Summary, lexicon: Lexicon) -> None:
    sentence = Sentence("a.yml", 1, "premium", "f", "[我妈](kin)是[低保户](category)|[外星人](category)")
    whole = replace(
        summary,
        entities=score_entities([sentence], lexicon),
        corrections=false_corrections(["医宝交多少", "医保交多少"], lexicon),
    )
    page = as_markdown(whole)
    for heading in ("By topic", "By confidence", "Worst confusions", "Entities", "What the typo corrector changes"):
        assert f"## {heading}" in page
    assert "macro-F1" in page
    assert "1 of 2 test sentences are changed (50.00%)" in page
    assert "医宝→医保" in page
    assert "\\|外星人" in page


def test_entities_are_scored_by_kind_and_place(lexicon: Lexicon) -> None:
    found_and_missed = Sentence("a.yml", 1, "premium", "f", "[我妈](kin)是[低保户](category)，是[外星人](category)")
    not_marked = Sentence("a.yml", 2, "premium", "f", "[孩子](kin)是特困人员")
    scores = {score.kind: score for score in score_entities([found_and_missed, not_marked], lexicon)}
    assert (scores["kin"].precision, scores["kin"].recall) == (1.0, 1.0)
    assert (scores["category"].marked, scores["category"].precision, scores["category"].recall) == (2, 0.5, 0.5)
    assert scores["category"].missed == ("外星人 (我妈是低保户，是外星人)",)
    assert scores["all"].marked == 4


@pytest.mark.skipif(not RASA_PYTHON.exists(), reason="the Rasa environment .venv-nlu is not installed")
def test_the_confusion_matrix_by_topic_is_a_picture(summary: Summary, tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_text(json.dumps(asdict(summary)), encoding="utf-8")
    command = [str(RASA_PYTHON), "-m", "nlu.components.confusion_picture", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, env=environment(), check=True, capture_output=True)
    assert (tmp_path / "topic_confusion_matrix.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
