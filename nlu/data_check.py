"""What training phrases and test sentences have to be: each rule that a county's staff can break while adding some."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from nlu.data_check_sentences import Fault, Sentence, essence, read_sentences
from nlu.lexicon import Phrases
from nlu.personal import screen

DATA, TEST, ENTITIES = "nlu/data", "nlu/test", "nlu/test_entities"
ALSO, FLOORS, TOPICS = "nlu/test_also.yml", "nlu/floors.yml", "nlu/topics.yml"
NEAR = 0.75
"""Likeness (1 - edits / longer length) from which a test sentence is a training phrase with one word changed.

Of our own pairs, those above differ in one word (客服 for 人); those at 0.7 and below ask different things (股市, 天气)."""
SHORTEST_NEAR = 6
"""Characters below which only the same words count: 好的再见 and 好的谢谢 are as near as short courtesies must be."""
ENTITY_NAMES = frozenset(
    {"category", "place", "tier", "year", "date", "age", "span", "amount", "people", "kin", "channel"}
)
_BROKEN = re.compile(r"\]\s*[({]|\[[^\[\]]*\(\w+\)")
"""What is left of markup that is not whole; [捂脸] alone is what a messenger makes of a picture."""
_OLDEST_ISSUE = date(2100, 1, 1)
"""An identity number is judged as on this day, so that the check does not hang on today."""


@dataclass(frozen=True)
class Checked:
    """All faults in the order of their files and lines, and how many sentences were looked at."""

    faults: tuple[Fault, ...]
    phrases: int
    test_sentences: int


def check(root: Path, entity_words: Iterable[str] = ()) -> Checked:
    """Looks at every sentence below `root`; `entity_words` are words that always are an entity (categories, tiers)."""
    facets = _yaml(root / TOPICS)
    data, faults = _split(read_sentences(root / DATA, root))
    test, more = _split(read_sentences(root / TEST, root))
    annotated, others = _split(read_sentences(root / ENTITIES, root))
    faults += [*more, *others]
    words = Phrases(entity_words)
    for sentence in (*data, *test, *annotated):
        faults += _of_one(sentence, facets, words, all_tagged=sentence.path.startswith(ENTITIES))
    faults += _twice(data)
    faults += _twice(test)
    faults += _too_few(root, [one for one in data if one.facet in facets], facets)
    faults += _near(test, data)
    faults += _also(root, test, facets)
    return Checked(tuple(sorted(faults, key=lambda f: (f.path, f.line))), len(data), len(test))


def _split(found: Iterable[Sentence | Fault]) -> tuple[list[Sentence], list[Fault]]:
    everything = list(found)
    return (
        [one for one in everything if isinstance(one, Sentence)],
        [one for one in everything if isinstance(one, Fault)],
    )


def _of_one(sentence: Sentence, facets: Mapping[str, Any], words: Phrases, *, all_tagged: bool) -> Iterator[Fault]:
    """The faults that one sentence shows by itself."""

    def fault(what: str, remedy: str) -> Fault:
        return Fault(sentence.path, sentence.line, what, remedy)

    if sentence.facet not in facets:
        yield fault(f"no facet {sentence.facet!r}", f"write one of {TOPICS}, or add it there")
    if not sentence.family:
        yield fault("a block without a family", "write `# family: WHAT ITS PHRASES HAVE IN COMMON` above its intent")
    if not sentence.text:
        yield fault("an empty sentence", "delete the line")
    screened = screen(sentence.text, _OLDEST_ISSUE)
    if screened.values:
        yield fault(
            "looks like a real ID number, phone, bank card or name", "write __ID__, __PHONE__, __CARD__, __NAME__"
        )
    yield from _markup(sentence, words, fault, all_tagged=all_tagged)


def _markup(sentence: Sentence, words: Phrases, fault: Any, *, all_tagged: bool) -> Iterator[Fault]:
    rest = sentence.untagged
    if _BROKEN.search(rest) or (sentence.tags and ("[" in rest or "]" in rest)):
        yield fault("broken markup of an entity", "write [words](entity), or 〔 〕 for brackets in a sentence")
    for tag in sentence.tags:
        if tag.entity not in ENTITY_NAMES:
            yield fault(f"no entity {tag.entity!r}", f"write one of {', '.join(sorted(ENTITY_NAMES))}")
    if sentence.tags or all_tagged:
        for _, word in words.find(rest):
            yield fault(f"{word} is an entity and not marked", f"write [{word}](category), or (tier)")


def _twice(sentences: Sequence[Sentence]) -> Iterator[Fault]:
    """Sentences that stand again: under another facet nobody could tell which is meant, under the same one is in vain."""
    first: dict[str, Sentence] = {}
    for sentence in sentences:
        other = first.setdefault(essence(sentence.text) or sentence.text, sentence)
        if other is sentence:
            continue
        where = f"{other.path}:{other.line}"
        if other.facet != sentence.facet:
            what = f"the same sentence under {sentence.facet} and {other.facet} ({where})"
            yield Fault(sentence.path, sentence.line, what, "leave it where topics.yml's `means` puts it, or say more")
        else:
            yield Fault(sentence.path, sentence.line, f"the same sentence as {where}", "delete one of them")


def _too_few(root: Path, data: Sequence[Sentence], facets: Mapping[str, Any]) -> Iterator[Fault]:
    """Facets and topics below the floors of floors.yml; the line is that of the floor."""
    floors = _yaml(root / FLOORS)
    lines = (root / FLOORS).read_text(encoding="utf-8").splitlines()
    by_facet = Counter(sentence.facet for sentence in data)
    by_topic: Counter[str] = Counter()
    for facet, times in by_facet.items():
        by_topic[facets[facet]["topic"]] += times
    held = [(facet, by_facet[facet], floors["facet"], "facet") for facet in facets]
    held += [(topic, by_topic[topic], floor, topic) for topic, floor in floors["topics"].items()]
    for name, there, floor, key in held:
        if there < floor:
            line = next((n for n, text in enumerate(lines, start=1) if text.strip().startswith(f"{key}:")), 1)
            what = f"{name} has {there} phrases, {floor} are its floor"
            yield Fault(FLOORS, line, what, f"write {floor - there} more into {DATA}")


def _near(test: Sequence[Sentence], data: Sequence[Sentence]) -> Iterator[Fault]:
    """Test sentences that are training phrases, or nearly: they would measure memory, not understanding."""
    if not test or not data:
        return
    asked, known = ([essence(sentence.text) for sentence in part] for part in (test, data))
    likeness = process.cdist(asked, known, scorer=Levenshtein.normalized_similarity, score_cutoff=NEAR, workers=-1)
    best = likeness.argmax(axis=1)
    for row, sentence in enumerate(test):
        near = float(likeness[row, best[row]])
        if near >= 1 or (near >= NEAR and len(asked[row]) >= SHORTEST_NEAR):
            other = data[best[row]]
            what = f"also a training phrase, or nearly ({other.path}:{other.line} {other.text})"
            yield Fault(sentence.path, sentence.line, what, "delete one, or ask it in quite other words")


def _also(root: Path, test: Sequence[Sentence], facets: Mapping[str, Any]) -> Iterator[Fault]:
    """Entries of test_also.yml that speak of no sentence or no facet."""
    texts = {sentence.text: sentence.facet for sentence in test}
    for text, others in _yaml(root / ALSO).items():
        if text not in texts:
            yield Fault(ALSO, 1, f"no test sentence {text!r}", f"write it as it stands in {TEST}, or delete it")
        for facet in others:
            if facet not in facets or facet == texts.get(text):
                yield Fault(ALSO, 1, f"{facet!r} for {text!r} is no other facet", f"write one of {TOPICS}")


def _yaml(path: Path) -> dict[str, Any]:
    return (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.exists() else {}
