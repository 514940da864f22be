"""The clauses of one question that ask: what is looked up of a long one, and what is told of a second one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dialogues.enquiry import Enquiry
from dialogues.topics.bearing import of_the_place
from policy_kb.model import Answer

LONG = 28
"""Characters from which a question's clauses are looked up by themselves too: a story hides its question."""
MEETS = 0.55
"""Score by its own words from which a statement answers a second clause."""
_SHORTEST = 3
_PAUSE = re.compile(r"[，。？！,.?!；;\s]+")
_ASKS = re.compile("吗|么|呢|不$|没$|哪|啥|什么|怎|咋|多少|好多|几|谁|能不能|行不行|要不要|是不是|还是")


def wordings(text: str) -> tuple[tuple[str, float], ...]:
    """The question, and of a long one its clauses from the end backwards, each with how much its finds count."""
    if len(text) <= LONG:
        return ((text, 1.0),)
    pieces = _pieces(text)
    asking = [one for one in pieces if _ASKS.search(one)] or pieces[-2:]
    pairs = ["，".join(pieces[at : at + 2]) for at in range(max(len(pieces) - 3, 0), len(pieces) - 1)]
    return ((text, 1.0), *((one, 0.92) for one in dict.fromkeys((*asking[-3:], *pairs))))


def first_clause(text: str) -> str:
    """What stands before the first pause."""
    return _PAUSE.split(text)[0]


def of_the_other_clauses(enquiry: Enquiry, shown: Sequence[Answer]) -> tuple[Answer, ...]:
    """名单谁汇总，拿到后先做什么: the statement on each clause that asks, beside those `shown`; only such of the same matter."""
    asking = [one for one in _pieces(enquiry.question.text) if _ASKS.search(one)]
    if len(asking) < 2:
        return ()
    found: list[Answer] = []
    for clause in asking:
        best = next(iter(enquiry.finder.statements(enquiry.policy, clause)), None)
        said = best.answer if best and best.score >= MEETS else None
        if said and said not in (*shown, *found) and _fits(said, enquiry):
            found.append(said)
    return tuple(found)


def of_one_matter(facet: str, facets: Iterable[str]) -> bool:
    """Whether a facet is of the same matter as one of the others (newborn_fee and newborn_how)."""
    matter = facet.split("_")[0]
    return any(one.split("_")[0] == matter for one in facets)


def _pieces(text: str) -> list[str]:
    return [one for one in _PAUSE.split(text) if len(one) > _SHORTEST]


def _fits(said: Answer, enquiry: Enquiry) -> bool:
    """Whether a statement is on the matter and the place asked about, and may hold for this person."""
    same = of_one_matter(enquiry.facet, said.facets)
    return same and of_the_place(said, enquiry) and said.when.holds(enquiry.facts) is not False
