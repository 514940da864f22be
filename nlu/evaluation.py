"""How well the model understands sentences it has not seen: Rasa's own evaluation, and a summary by topic."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import AsyncExitStack
from dataclasses import asdict, replace
from pathlib import Path

import yaml

from nlu.client import NluClient
from nlu.data_check import ALSO, ENTITIES
from nlu.data_check_sentences import Sentence, essence, read_sentences
from nlu.evaluation_entities import false_corrections, score_entities
from nlu.evaluation_page import as_markdown
from nlu.evaluation_summary import Judged, Summary, summarise
from nlu.lexicon import Lexicon
from nlu.rasa_command import in_rasa, rasa
from nlu.running import find_running
from nlu.server import NluServer

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0
"""Seconds one sentence may take; this measures the server and must not cut it off."""


def evaluate(test_dir: Path, reports_dir: Path, lexicon: Lexicon, root: Path = ROOT) -> Summary:
    """Judge the newest model by the sentences in `test_dir` (Rasa's format); reports go to `reports_dir`.

    There: Rasa's intent_report.json, confusion matrix, histogram, errors and successes; summary.md, summary.json and the
    confusion matrix by topic. `lexicon` is what the reader of entities and the typo corrector go by.
    Raises NluNotInstalled, NluNotTrained, NluNotStarted, NluCommandFailed.
    """
    reports_dir.mkdir(parents=True, exist_ok=True)
    rasa(root, "test", "nlu", "--nlu", str(test_dir), "--out", str(reports_dir), "--successes")
    sentences = _sentences(reports_dir)
    judged, milliseconds = asyncio.run(_ask(root, sentences, _also(root)))
    annotated = [one for one in read_sentences(root / ENTITIES, root) if isinstance(one, Sentence)]
    summary = replace(
        summarise(judged, milliseconds, _topics(root)),
        entities=score_entities(annotated, lexicon),
        corrections=false_corrections((text for text, _ in sentences), lexicon),
    )
    (reports_dir / "summary.md").write_text(as_markdown(summary), encoding="utf-8")
    record = json.dumps(asdict(summary), ensure_ascii=False, indent=1)
    (reports_dir / "summary.json").write_text(record, encoding="utf-8")
    in_rasa(root, "nlu.components.confusion_picture", str(reports_dir))
    return summary


def _sentences(reports_dir: Path) -> list[tuple[str, str]]:
    """Every test sentence and its intent, as Rasa wrote them down."""
    found = []
    for name in ("intent_errors.json", "intent_successes.json"):
        for entry in json.loads((reports_dir / name).read_text(encoding="utf-8")):
            found.append((entry["text"], entry["intent"]))
    return found


def _topics(root: Path) -> dict[str, str]:
    facets = yaml.safe_load((root / "nlu" / "topics.yml").read_text(encoding="utf-8"))
    return {facet: entry["topic"] for facet, entry in facets.items()}


def _also(root: Path) -> dict[str, list[str]]:
    """The facets that are right as well, by the essence of the sentence: Rasa's reports hold it normalised."""
    path = root / ALSO
    entries = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.exists() else {}
    return {essence(text): facets for text, facets in entries.items()}


async def _ask(
    root: Path, sentences: list[tuple[str, str]], also: dict[str, list[str]]
) -> tuple[list[Judged], list[float]]:
    """Ask the server for one sentence after another: what it answers, and in how many milliseconds."""
    judged, milliseconds = [], []
    async with AsyncExitStack() as stack:
        url = await find_running(root) or (await stack.enter_async_context(NluServer(root, announce=False))).url
        client = await stack.enter_async_context(NluClient(url, timeout=PATIENCE, remembered=0))
        for text, expected in sentences:
            began = time.perf_counter()
            parse = await client.parse(text)
            milliseconds.append((time.perf_counter() - began) * 1000)
            judged.append(Judged(text, expected, parse.intents, tuple(also.get(essence(text), ()))))
    return judged, milliseconds
