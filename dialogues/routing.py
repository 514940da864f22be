"""Which handler answers which facet (key of topics.yml); whatever is not computed is found among the statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from dialogues.enquiry import Enquiry
from dialogues.reply import Part
from dialogues.topics.coverage_period import coverage_period
from dialogues.topics.funding import funding
from dialogues.topics.household_total import household_total
from dialogues.topics.my_record import my_record
from dialogues.topics.newborn import newborn_enrolment
from dialogues.topics.notice_facts import notice_facts
from dialogues.topics.premium import premium
from dialogues.topics.refund import refund
from dialogues.topics.statement import statement
from dialogues.topics.target import target
from dialogues.topics.waiting_period import waiting
from dialogues.topics.window import window

Handler: TypeAlias = Callable[[Enquiry], Part]


def _premium(enquiry: Enquiry) -> Part:
    """A household's total where one was described, else one person's premium."""
    return (household_total(enquiry) if enquiry.state.household else None) or premium(enquiry)


HANDLERS: dict[str, Handler] = {
    "premium": _premium,
    "assistance": _premium,
    "assistance_double": premium,
    "premium_total": funding,
    "premium_change": funding,
    "premium_tiers": premium,
    "window": window,
    "window_late": window,
    "waiting_period": waiting,
    "coverage": coverage_period,
    "newborn_deadline": newborn_enrolment,
    "newborn_cover": newborn_enrolment,
    "newborn_fee": newborn_enrolment,
    "my_record": my_record,
    "refund": refund,
    "target": target,
    "notice_number": notice_facts,
    "notice_date": notice_facts,
    "notice_basis": notice_facts,
    "notice_issuer": notice_facts,
    "notice_about": notice_facts,
}
"""Facets with a handler of their own."""


def handler_of(facet: str) -> Handler:
    """The handler of a facet."""
    return HANDLERS.get(facet, statement)
