"""Statements of the notice (answers, silences, clauses) found by search: everything that is not computed."""

from __future__ import annotations

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
CLOSE = 0.9
"""A second statement is added where it scores at least this share of the first."""
CLAUSE = 0.55
"""Score from which a clause is quoted where no statement fits."""


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


def ranked(enquiry: Enquiry) -> tuple[Found, ...]:
    """The statements that may hold for this person, best first; those of likely facets gain."""
    likely = {one.facet: one.confidence for one in enquiry.question.ranking}
    likely[enquiry.facet] = max(likely.get(enquiry.facet, 0.0), 0.5)
    found = enquiry.finder.statements(enquiry.policy, enquiry.words)
    possible = [one for one in found if _holds(enquiry, one)]
    weighed = [replace(one, score=one.score + 0.25 * _confidence(one, likely)) for one in possible]
    return tuple(sorted(weighed, key=lambda one: -one.score))


def _confidence(found: Found, likely: dict[str, float]) -> float:
    return max((likely.get(facet, 0.0) for facet in facets_of(found)), default=0.0)


def facets_of(found: Found) -> tuple[str, ...]:
    """The facets a find serves."""
    said = found.answer or found.silence
    return said.facets if said else ()


def _holds(enquiry: Enquiry, found: Found) -> bool:
    said = found.answer or found.silence
    return said is not None and said.when.holds(enquiry.facts) is not False


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
