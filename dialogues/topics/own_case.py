"""A statement the notice makes of just this person's category (特困没参保的 …), told in place of the general computation."""

from __future__ import annotations

from dialogues.enquiry import Enquiry
from dialogues.reply import Part
from dialogues.topics.statement import ranked, told
from policy_kb.conditions import All, Condition, InCategory

FITS = 0.45
"""Score from which such a statement is what was asked for."""
_NEAR = 5
"""So many of the best finds are looked at."""


def own_case(enquiry: Enquiry, *facets: str, closely: bool = False) -> Part | None:
    """The best statement on one of `facets` that is made for a category the person is in; None where none fits.

    `closely`: only one that asks for another circumstance too, which was said (随军配偶 who has a job).
    """
    for found in ranked(enquiry)[:_NEAR]:
        said = found.answer
        if said is None or found.score < FITS or not set(said.facets) & set(facets):
            continue
        if closely and not (set(said.when.needs) - {"category"}) & set(enquiry.said):
            continue
        if _of_a_category(said.when) and said.when.holds(enquiry.facts):
            return told(enquiry, (found,))
    return None


def _of_a_category(condition: Condition) -> bool:
    """Whether it asks that the person is in some category (and not that it is in none)."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return any(isinstance(one, InCategory) for one in parts)
