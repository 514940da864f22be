"""Reads a message: from what somebody typed to an Understanding."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Protocol

from nlu.choices import read_choice
from nlu.errors import NluUnavailable
from nlu.expected import is_number_asked, read_answer
from nlu.lexicon import Lexicon
from nlu.mentions import MentionReader, Mentions
from nlu.normalise import clipped, normalise, without_fillers
from nlu.other_insurance import parted
from nlu.personal import NAME, PLACEHOLDER, screen
from nlu.residue import residue
from nlu.splitting import Part, split
from nlu.typos import Typos
from nlu.understanding import (
    Correction,
    DateMention,
    DateRole,
    FactMention,
    Mention,
    Question,
    Ranked,
    Span,
    Understanding,
)

_HAN = re.compile(r"[\u3400-\u9fff]")
_DIGITS = "0123456789一二三四五六七八九十"
_KNOWN_LATIN = re.compile(r"(?:ok|okay|hi|hello|bye|yes|no|thanks?|thank you)\W*", re.IGNORECASE)
_LATIN_WORD = re.compile("[A-Za-z]{2,}")
_SENTENCE = 3
"""Latin words from which digits among them do not make a message readable."""
REMEMBERED = 2048
"""Texts whose reading is kept, as many ask the same in the same words; placeholders stand where personal data stood."""
_ROLES: dict[str, DateRole] = {"birth_date": "birth", "paid_on": "paid"}


class Parsed(Protocol):
    """What a classifier says of one text: facets, best first."""

    @property
    def intents(self) -> tuple[Ranked, ...]:
        """The facets ranked."""
        ...


class Classifier(Protocol):
    """What the reader needs of the NLU client."""

    async def parse(self, text: str) -> Parsed:
        """The facets of one text. Raises NluSlow, NluGone."""
        ...


@dataclass(frozen=True)
class Draft:
    """A message read but for its facets: what `Reader.read` adds rankings to, and the texts to rank."""

    understanding: Understanding
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Heard:
    """A text as it was spelt and split: `text` is that of the `parts`, each with its question and what is asked of it."""

    spelt: str
    corrections: tuple[Correction, ...]
    text: str
    faults: tuple[str, ...]
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]
    asks: tuple[str, ...]


class Reader:
    """Reads messages with one lexicon; `classifier` ranks the facets of a question."""

    def __init__(self, lexicon: Lexicon, classifier: Classifier) -> None:
        self._lexicon = lexicon
        self._classifier = classifier
        self._typos = Typos(lexicon)
        self._mentions = MentionReader(lexicon)
        self._heard = lru_cache(REMEMBERED)(self._hear)

    async def read(self, text: str, today: date, expecting: str | None = None, offered: int = 0) -> Understanding:
        """The message as an Understanding; `degraded`, with empty rankings, where the classifier does not answer.

        `expecting` is the fact that was asked for last, so that a bare 七十 or 没有 is read as its value. The number of
        one of the `offered` quick replies needs no classifier.
        """
        draft = self.draft(text, today, expecting)
        heard = draft.understanding
        if not draft.asks or (heard.choice is not None and 1 <= heard.choice <= offered):
            return heard
        try:
            parsed = await asyncio.gather(*(self._classifier.parse(ask) for ask in draft.asks))
        except NluUnavailable:
            return replace(heard, degraded=True)
        return replace(heard, questions=_ranked(heard.questions, [p.intents for p in parsed]))

    def draft(self, text: str, today: date, expecting: str | None = None) -> Draft:
        """Everything that needs no classifier: cleaning, placeholders, spelling, questions, mentions."""
        cleaned = normalise(text)
        if cleaned.fault is not None:
            return Draft(Understanding(cleaned.text, (), faults=(cleaned.fault,)))
        screened = screen(cleaned.text, today)
        if _is_foreign(screened.text):
            return Draft(Understanding(screened.text, (), faults=("not_chinese",), personal=screened.values))
        heard = self._heard(clipped(screened.text), today, expecting)
        names = _names(heard.text, screened.values)
        questions = tuple(
            replace(one, names=tuple(_within(part, names)))
            for one, part in zip(heard.questions, heard.parts, strict=True)
        )
        faults = ("bad_id_number", *heard.faults) if screened.bad_id else heard.faults
        choice = None if is_number_asked(expecting, self._lexicon) else read_choice(heard.spelt)
        understood = Understanding(heard.spelt, questions, choice, faults, screened.values, heard.corrections)
        return Draft(understood, heard.asks)

    def _hear(self, text: str, today: date, expecting: str | None) -> _Heard:
        """What a text says in which placeholders stand for all that is personal."""
        spelt, corrections = self._typos.correct(text)
        asked = parted(spelt)
        found = self._mentions.read(asked, today, _ROLES.get(expecting or "", "other"))
        if expecting:
            found = self._answered(asked, today, expecting, found)
        parts = tuple(split(asked, found.found))
        questions = tuple(_question(asked, index, parts, found.found) for index in range(len(parts)))
        asks = tuple(without_fillers(asked[part.start : part.end]) for part in parts)
        return _Heard(spelt, corrections, asked, found.faults, parts, questions, asks)

    def _answered(self, text: str, today: date, expecting: str, found: Mentions) -> Mentions:
        """The mentions with those that only the open question makes of a bare answer."""
        role = _ROLES.get(expecting)
        if (
            role
            and text[-1:] in _DIGITS
            and not any(isinstance(m, DateMention) and m.precision == ("day") for m in found.found)
        ):
            by_day = self._mentions.read(f"{text}号", today, role)
            found = by_day if by_day.found else found
        answer = read_answer(text, expecting, self._lexicon, found.found)
        return Mentions((*found.found, *answer), found.faults)


def _is_foreign(text: str) -> bool:
    bare = PLACEHOLDER.sub("", text)
    if _HAN.search(bare) or bare != text:
        return False
    if any(c.isdigit() for c in bare):
        return len(_LATIN_WORD.findall(bare)) >= _SENTENCE
    return not _KNOWN_LATIN.fullmatch(bare)


def _question(text: str, index: int, parts: Sequence[Part], mentions: Sequence[Mention]) -> Question:
    """One question with its own mentions, and those of the others that it does not gainsay."""
    part = parts[index]
    words = text[part.start : part.end].strip("，。；\n")
    start = text.index(words, part.start)
    own = tuple(_moved(m, -start) for m in mentions if part.start <= m.span.start < part.end)
    shared = [
        replace(m, span=Span(0, 0, m.span.text))
        for m in _elsewhere(index, parts, mentions)
        if not any(_same_matter(m, o) for o in own)
    ]
    return Question(words, (), (*own, *shared), residue(words, own))


def _names(text: str, values: Sequence[str]) -> list[tuple[int, str]]:
    """Where each name stood, and the name; `values` are those of all placeholders in their order."""
    marks = list(PLACEHOLDER.finditer(text))[: len(values)]
    return [(mark.start(), value) for mark, value in zip(marks, values, strict=False) if mark.group() == NAME]


def _within(part: Part, names: Sequence[tuple[int, str]]) -> Iterator[str]:
    return (name for start, name in names if part.start <= start < part.end)


def _moved(mention: Mention, by: int) -> Mention:
    span = mention.span
    return replace(mention, span=Span(max(span.start + by, 0), span.end + by, span.text))


def _elsewhere(index: int, parts: Sequence[Part], mentions: Sequence[Mention]) -> list[Mention]:
    """What earlier questions and their stories say, and what a later story says before it asks; nearest first."""
    earlier = [[m for m in mentions if p.start <= m.span.start < p.end] for p in reversed(parts[:index])]
    later = [[m for m in mentions if p.start <= m.span.start < p.asks] for p in parts[index + 1 :]]
    found: list[Mention] = []
    for group in (*earlier, *later):
        found += [m for m in group if not any(_same_matter(m, f) for f in found)]
    return found


def _same_matter(one: Mention, other: Mention) -> bool:
    """Whether two mentions speak of the same thing, so that the nearer one holds."""
    if isinstance(one, FactMention) and isinstance(other, FactMention):
        return one.fact == other.fact
    return type(one) is type(other)


def _ranked(questions: Sequence[Question], rankings: Sequence[tuple[Ranked, ...]]) -> tuple[Question, ...]:
    """Each question with its ranking; a bare 特困呢 in the same message asks what the question before it asked."""
    ranked: list[Question] = []
    for question, ranking in zip(questions, rankings, strict=True):
        bare = bool(ranked) and not question.residue and bool(question.mentions)
        ranked.append(replace(question, ranking=ranked[-1].ranking if bare else ranking))
    return tuple(ranked)
