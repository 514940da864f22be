"""What the household of the record pays for a cover year (一家合计), with a line for each who may be told, paid or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from dialogues.disclosure import OfRecord
from dialogues.enquiry import Enquiry
from dialogues.household.reading import TOGETHER
from dialogues.record import Enrolment, Record, everybody
from dialogues.reply import Context, Part
from dialogues.topics.due_lines import DueLine, due_table
from policy_kb.citation import Citation

MOST = 8
"""Lines of one reply; larger households are told as far as that."""


@dataclass(frozen=True)
class Person(OfRecord):
    """One of the household: how he or she is called here, what is due (several lines: a tier is open), and what is paid."""

    label: str
    lines: tuple[DueLine, ...]
    paid: Enrolment | None

    @property
    def pays(self) -> Decimal | None:
        """What this person pays in the end, in 元; None where that is open."""
        return self.lines[0].pays if len(self.lines) == 1 else None


@dataclass(frozen=True)
class HouseholdRecordContext(Context):
    """`total` in 元 for all told (None: one of them is open), `unpaid` of it not paid yet; `untold` are not counted."""

    template = "household_record"
    year: int
    people: tuple[Person, ...]
    count: int
    total: Decimal | None
    unpaid: Decimal | None
    waiting: int
    """How many of them have not paid."""
    untold: int


def of_the_household(enquiry: Enquiry) -> bool:
    """Whether a question is about everybody of the household (我家一共要交多少) and the record knows who that is."""
    record = enquiry.record
    known = record is not None and record is enquiry.state.record and bool(record.family or record.untold)
    return known and not enquiry.state.household and bool(TOGETHER.search(enquiry.words))


def household_record(enquiry: Enquiry) -> Part:
    """A line each, and what they pay together; of adults who are not in this person's care nothing is told."""
    record = enquiry.record
    assert record is not None, "asked for only where of_the_household"
    shown = list(everybody(record))[:MOST]
    told = [_person(enquiry, one, own=one is record) for one in shown]
    people = tuple(person for person, _ in told)
    pays = [one.pays for one in people]
    open_ones = [one.pays for one in people if one.paid is None]
    context = HouseholdRecordContext(
        year=enquiry.year,
        people=people,
        count=len(people),
        total=sum((one for one in pays if one is not None), Decimal(0)) if None not in pays else None,
        unpaid=sum((one for one in open_ones if one is not None), Decimal(0)) if None not in open_ones else None,
        waiting=len(open_ones),
        untold=record.untold,
    )
    cites = {(cite.notice, cite.clause): cite for _, found in told for cite in found}
    of = tuple(one.resident for one in shown if one.resident is not None)
    return Part(enquiry.facet, "answered", context, tuple(cites.values()), of=of)


def _person(enquiry: Enquiry, record: Record, own: bool) -> tuple[Person, tuple[Citation, ...]]:
    facts = record.facts(enquiry.kb.categories, enquiry.year, enquiry.today)
    of_this_one = replace(enquiry, facts=facts, said={}, state=replace(enquiry.state, record=record, subject=None))
    table = due_table(of_this_one)
    enrolment = record.enrolment(enquiry.year)
    label = "您本人" if own else _called(enquiry, record)
    known = all(one.pays is not None and not one.bears_subsidy for one in table.lines)
    return Person(
        label, table.lines if known else (), enrolment if enrolment and enrolment.paid else None
    ), table.citations


def _called(enquiry: Enquiry, record: Record) -> str:
    family = enquiry.state.record.family if enquiry.state.record else ()
    return next((one.label for one in family if one.record is record), "")
