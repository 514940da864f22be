"""A statement the notice makes of just this person's category (特困没参保的 …), told in place of the general computation."""

from __future__ import annotations

import re

from dialogues.enquiry import Enquiry
from dialogues.reply import Part
from dialogues.topics.statement import StatementContext, ranked, statement, told
from policy_kb.conditions import All, Condition, InCategory
from policy_kb.model import Answer

FITS = 0.45
"""Score from which such a statement is what was asked for."""
_WHO_THEY_ARE = re.compile(
    "指(?:的是|的)?(?:哪|什么|啥|谁)|(?:是|包括)些?(?:哪些|什么样|啥样)的?人|[啥什]么?叫|(?:什么|啥)意思|[怎咋]么?认定"
)
"""监测户指哪些人: who belongs to a category, not what they pay."""
_SUM = re.compile("多少|好多|几|[交缴减免补]")
_NEAR = 5
"""So many of the best finds are looked at."""


def own_case(enquiry: Enquiry, *facets: str, closely: bool = False, least: float = FITS) -> Part | None:
    """The best statement on one of `facets` that is made for a category the person is in; None where none scores `least`.

    `closely`: only one that asks for another circumstance too, which was said (随军配偶 who has a job).
    """
    for found in ranked(enquiry)[:_NEAR]:
        said = found.answer
        if said is None or found.score < least or not set(said.facets) & set(facets):
            continue
        if closely and not (set(said.when.needs) - {"category"}) & set(enquiry.said):
            continue
        if _of_a_category(said.when) and said.when.holds(enquiry.facts):
            return told(enquiry, (found,))
    return None


def of_the_category(enquiry: Enquiry) -> Part | None:
    """What the notice says of just this category in the circumstance told (没领证的双女户), or of who belongs to it."""
    if enquiry.follow_up:
        return None
    if own := own_case(enquiry, "assistance", closely=True):
        return own
    text = enquiry.question.text
    if not _WHO_THEY_ARE.search(text) or _SUM.search(text):
        return None
    part = statement(enquiry)
    return part if isinstance(part.context, StatementContext) else None


def of_an_age(enquiry: Enquiry) -> Part | None:
    """What the notice says of the age to which this category is helped (补到18周岁); None where it says nothing of one."""
    ages = tuple(one for one in ranked(enquiry) if one.score >= FITS and one.answer and _on_age(one.answer))
    return told(enquiry, ages) if ages else None


def _on_age(said: Answer) -> bool:
    return "assistance" in said.facets and "岁" in said.first


def _of_a_category(condition: Condition) -> bool:
    """Whether it asks that the person is in some category (and not that it is in none)."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return any(isinstance(one, InCategory) for one in parts)
