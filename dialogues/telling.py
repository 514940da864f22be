"""Answering an enquiry and saying how much of a person the answer tells, by what really went into it."""

from __future__ import annotations

from dataclasses import replace

from dialogues.bound import record_for, relatives_meant
from dialogues.disclosure import Audience, Disclosure, tells_record
from dialogues.enquiry import Enquiry
from dialogues.reply import Part
from dialogues.routing import answer
from dialogues.topics.unbound import unbound
from dialogues.topics.which_person import which_person

PERSONAL = frozenset({"my_record", "refund"})
"""Facets whose answer is the record of one person, so that of several children one has to be picked."""


def told(enquiry: Enquiry) -> Part:
    """The part for an enquiry with its level; of several children that could be meant, it asks which."""
    state, facet = enquiry.state, enquiry.facet
    meant = relatives_meant(state, facet, enquiry.today) if enquiry.audience.hears(Disclosure.OWN_RECORD) else ()
    if facet in PERSONAL and len(meant) > 1 and enquiry.record is None:
        return levelled(which_person(facet, meant))
    part = answer(enquiry)
    if not enquiry.informed or part.outcome == "refused":
        return levelled(part)
    record = record_for(state, facet, enquiry.today)
    level = _level(enquiry, part)
    known = (record.resident,) if record and record.resident is not None and level > Disclosure.PUBLIC else ()
    return replace(part, disclosure=level, of=part.of or known)


def _level(enquiry: Enquiry, part: Part) -> Disclosure:
    """The least that has to be known to give this very answer: what adds nothing to it is not told by it."""
    if tells_record(part.context):
        return Disclosure.OWN_RECORD
    if answer(enquiry.uninformed()) == part:
        return Disclosure.PUBLIC
    return Disclosure.PERSONAL_POLICY if answer(enquiry.less_informed()) == part else Disclosure.OWN_RECORD


def levelled(part: Part) -> Part:
    """A part that stands on no record, or only on who belongs to the family."""
    return replace(part, disclosure=Disclosure.OWN_RECORD) if tells_record(part.context) else part


def within(part: Part, audience: Audience, hotline: str) -> Part:
    """The part, or the refusal that says why not here and where, in place of one that tells too much."""
    return part if audience.hears(part.disclosure) else unbound(part.facet, hotline, audience, somebody_elses=False)
