"""How well the reader finds entities (they are read by grammar, not by Rasa), and what its typo corrector changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nlu.data_check_sentences import Sentence
from nlu.lexicon import Lexicon
from nlu.mentions import MentionReader
from nlu.normalise import normalise
from nlu.typos import Typos
from nlu.understanding import KinMention, Mention, PeopleMention

TODAY = date(2021, 11, 5)
"""The day that 今年 and 昨天 are read on; which one it is changes no span."""


@dataclass(frozen=True)
class Words:
    """Words of a sentence, characters [start, end), and the kind of entity they are."""

    kind: str
    start: int
    end: int

    def meets(self, other: Words) -> bool:
        """Whether the other is the same kind at the same place; borders may differ by a unit or a 我."""
        return self.kind == other.kind and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class EntityScore:
    """How one kind is found: entities that are marked, precision and recall of what the reader finds."""

    kind: str
    marked: int
    precision: float
    recall: float
    f1: float
    missed: tuple[str, ...]
    """What was not found, with its sentence."""


@dataclass(frozen=True)
class FalseCorrections:
    """What the typo corrector changes in sentences that hold no typo."""

    sentences: int
    changed: tuple[str, ...]
    """wrong→right in the sentence."""

    @property
    def rate(self) -> float:
        """The share of sentences that were changed."""
        return len(self.changed) / self.sentences if self.sentences else 0.0


def score_entities(sentences: Iterable[Sentence], lexicon: Lexicon) -> tuple[EntityScore, ...]:
    """One score for each kind that is marked somewhere, and one for all."""
    reader = MentionReader(lexicon)
    pairs = [(one, _marked(one), _found(reader, one.text)) for one in sentences]
    kinds = sorted({words.kind for _, marked, _ in pairs for words in marked})
    return tuple(_score(kind, pairs) for kind in kinds) + ((_score("all", pairs),) if kinds else ())


def false_corrections(sentences: Iterable[str], lexicon: Lexicon) -> FalseCorrections:
    """What the corrector does to sentences that are spelt right."""
    typos = Typos(lexicon)
    texts = [normalise(text).text for text in sentences]
    changed = [
        f"{'、'.join(f'{c.wrong}→{c.right}' for c in corrections)}: {text}"
        for text in texts
        if (corrections := typos.correct(text)[1])
    ]
    return FalseCorrections(len(texts), tuple(changed))


def _marked(sentence: Sentence) -> list[Words]:
    found, start = [], 0
    for tag in sentence.tags:
        start = sentence.text.index(tag.words, start)
        found.append(Words(tag.entity, start, start + len(tag.words)))
        start += len(tag.words)
    return found


def _found(reader: MentionReader, text: str) -> list[Words]:
    """What the reader finds, but circumstances (facts that rules ask for) and single relatives counted as one person."""
    mentions = reader.read(text, TODAY).found
    kin = {(m.span.start, m.span.end) for m in mentions if isinstance(m, KinMention)}
    kept = [m for m in mentions if not (isinstance(m, PeopleMention) and (m.span.start, m.span.end) in kin)]
    return [Words(kind, m.span.start, m.span.end) for m in kept if (kind := _kind(m)) != "fact" and m.span.end]


def _kind(mention: Mention) -> str:
    """CategoryMention → category."""
    return re.sub("Mention$", "", type(mention).__name__).lower()


def _score(kind: str, pairs: Sequence[tuple[Sentence, list[Words], list[Words]]]) -> EntityScore:
    marked_all = found_all = hits = right = 0
    missed: list[str] = []
    for sentence, marked, found in pairs:
        marked = [words for words in marked if kind in (words.kind, "all")]
        found = [words for words in found if kind in (words.kind, "all")]
        met = [any(words.meets(other) for other in found) for words in marked]
        missed += [
            f"{sentence.text[words.start : words.end]} ({sentence.text})"
            for words, is_met in zip(marked, met, strict=True)
            if not is_met
        ]
        marked_all, found_all, hits = marked_all + len(marked), found_all + len(found), hits + sum(met)
        right += sum(any(words.meets(other) for other in marked) for words in found)
    precision, recall = right / found_all if found_all else 0.0, hits / marked_all
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return EntityScore(kind, marked_all, precision, recall, f1, tuple(missed))
