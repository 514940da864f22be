"""Whether a statement told beside an answer bears on the question: its town, its office, its matter."""

from __future__ import annotations

import re

from dialogues.enquiry import Enquiry
from dialogues.renaming import OFFICE
from nlu.understanding import PlaceMention
from policy_kb.model import Answer, Silence

_GENERIC = re.compile(
    "通知|没有写|没有|医保|居民|参保|多少|什么|怎么|是不是|能不能|多久|哪天|时候|一次|可以|年度|[，、。？！]"
)
_NO_NAME = frozenset({"办公室", "委员会"})
_OF_GROWN_UPS = {"window", "window_late", "coverage", "waiting_period"}
SHORTEST = 2
"""Characters of an office's name."""


def of_the_place(said: Answer | Silence, enquiry: Enquiry) -> bool:
    """Whether a statement beside speaks of the town or office asked about, where one is named."""
    named = [*towns(enquiry), *_offices(enquiry)]
    return not named or any(name in f"{said.first}{said.say or ''}" for name in named)


def _offices(enquiry: Enquiry) -> list[str]:
    """The offices that a question on the work of staff names, without 县."""
    if not enquiry.facet.startswith("staff_duty"):
        return []
    found = [one.lstrip("县区市镇的") for one in OFFICE.findall(enquiry.words.split()[-1] if enquiry.words else "")]
    return [one for one in found if one not in _NO_NAME and len(one) >= SHORTEST]


def towns(enquiry: Enquiry) -> list[str]:
    """The towns the question names."""
    places = [one for one in enquiry.question.of(PlaceMention) if one.span.end]
    regions = enquiry.kb.regions
    return [regions[code].name for one in places for code in one.codes if regions[code].level == "town"]


def of_the_matter(said: Answer | Silence, enquiry: Enquiry) -> bool:
    """Whether a statement bears on what was asked: grown-ups' days of payment are none of a newborn's.

    What the notice does not say shares a word of two characters with the question in its headline.
    """
    if enquiry.facet.startswith("newborn") and set(said.facets) <= _OF_GROWN_UPS:
        return False
    if isinstance(said, Answer):
        return True
    text = _GENERIC.sub("，", enquiry.words)
    headline = _GENERIC.sub("，", said.first)
    pairs = {headline[at : at + 2] for at in range(len(headline) - 1)}
    return any("，" not in one and one in text for one in pairs)
