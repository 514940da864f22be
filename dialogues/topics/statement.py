"""Statements of the notice (answers, silences, clauses) found by search: everything that is not computed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dialogues.enquiry import Enquiry
from dialogues.finder import Found
from dialogues.reply import Context, Part
from dialogues.topics.not_covered import not_covered
from policy_kb.model import Answer

SURE = 0.62
"""Score from which a statement is given without more ado."""
LIKELY = 0.42
"""Score from which a statement of the very facet asked is given."""
FACET = 0.25
"""What the facet's confidence adds to a statement that serves it."""
MEETS = 0.1
"""What it adds that a statement is made for just this person."""
LONG = 28
"""Characters from which a question's clauses are looked up by themselves too: a story hides its question."""
CLOSE = 0.9
"""A second statement is added where it scores at least this share of the first."""
CLAUSE = 0.55
"""Score from which a clause is quoted where no statement fits."""


_PAUSE = re.compile(r"[，。？！,.?!；;\s]+")
_ASKS = re.compile("吗|么|呢|不$|没$|哪|啥|什么|怎|咋|多少|好多|几|谁|能不能|行不行|要不要|是不是|还是")


@dataclass(frozen=True)
class StatementContext(Context):
    """One or two statements; `first` is the first one's headline."""

    template = "statement"
    first: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class ClauseContext(Context):
    """The notice's own words where no statement was written for the question."""

    template = "clause"
    clause: str
    words: str
    hotline: str


def statement(enquiry: Enquiry) -> Part:
    """The statement that answers; a clause quoted where none does; else not_covered with whom to ask."""
    found = ranked(enquiry)
    if found and _good(enquiry, found[0]):
        return told(enquiry, found)
    clauses = enquiry.finder.clauses(enquiry.policy, enquiry.words)
    if clauses and clauses[0].score >= CLAUSE and clauses[0].clause:
        cite = clauses[0].clause
        return Part(enquiry.facet, "answered", ClauseContext(cite.clause, cite.quote, enquiry.kb.hotline), (cite,))
    return not_covered(enquiry)


def spoken(enquiry: Enquiry) -> Part | None:
    """A statement that fits the words so well that it comes before a computed answer; None where none does."""
    found = ranked(enquiry)
    return told(enquiry, found) if found and found[0].score >= SURE else None


def ranked(enquiry: Enquiry) -> tuple[Found, ...]:
    """The statements that may hold for this person, best first; those of likely facets gain."""
    likely = {one.facet: one.confidence for one in enquiry.question.ranking}
    likely[enquiry.facet] = max(likely.get(enquiry.facet, 0.0), 0.5)
    best: dict[str, Found] = {}
    for words, weight in wordings(enquiry.words):
        for one in enquiry.finder.statements(enquiry.policy, words):
            said = one.answer or one.silence
            if said is None or said.when.holds(enquiry.facts) is False:
                continue
            fits = MEETS if said.when.needs and said.when.holds(enquiry.facts) else 0.0
            score = one.score * weight + FACET * _confidence(one, likely) + fits
            if said.id not in best or best[said.id].score < score:
                best[said.id] = replace(one, score=score)
    return tuple(sorted(best.values(), key=lambda one: -one.score))


def wordings(text: str) -> tuple[tuple[str, float], ...]:
    """The question, and of a long one its clauses from the end backwards, each with how much its finds count."""
    if len(text) <= LONG:
        return ((text, 1.0),)
    pieces = [one for one in _PAUSE.split(text) if len(one) > 3]
    asking = [one for one in pieces if _ASKS.search(one)] or pieces[-2:]
    pairs = ["，".join(pieces[at : at + 2]) for at in range(max(len(pieces) - 3, 0), len(pieces) - 1)]
    return ((text, 1.0), *((one, 0.92) for one in dict.fromkeys((*asking[-3:], *pairs))))


def _confidence(found: Found, likely: dict[str, float]) -> float:
    return max((likely.get(facet, 0.0) for facet in facets_of(found)), default=0.0)


def facets_of(found: Found) -> tuple[str, ...]:
    """The facets a find serves."""
    said = found.answer or found.silence
    return said.facets if said else ()


def _good(enquiry: Enquiry, found: Found) -> bool:
    return found.score >= (LIKELY if enquiry.facet in facets_of(found) else SURE)


def told(enquiry: Enquiry, found: tuple[Found, ...]) -> Part:
    """The best find as a part; a second answer stands with it where it is nearly as good."""
    best = found[0]
    if best.silence is not None:
        return not_covered(enquiry, best.silence)
    close = [one.answer for one in found[:3] if one.answer and one.score >= best.score * CLOSE]
    answers = tuple(close[:2])
    citations = tuple({(cite.notice, cite.clause): cite for one in answers for cite in one.cites}.values())
    return Part(enquiry.facet, "answered", StatementContext(answers[0].first, answers), citations)
