"""Whether a premium is paid back (退费); with a record, what was paid beside what was due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Part
from dialogues.topics.due_lines import due_table
from dialogues.topics.statement import StatementContext, statement


@dataclass(frozen=True)
class RefundContext(Context):
    """The notice's statement behind the record's figures, in 元."""

    template = "refund"
    paid: Decimal
    due: Decimal
    label: str
    said: StatementContext


def refund(enquiry: Enquiry) -> Part:
    """The notice's rule on refunds; where the record shows more paid than due, that first."""
    overpaid = _overpaid(enquiry)
    if overpaid is not None and "refund_reason" not in enquiry.said:
        enquiry = enquiry.with_facts(refund_reason="overpaid")
    part = statement(enquiry)
    if overpaid is None or not isinstance(part.context, StatementContext):
        return part
    paid, due, label = overpaid
    citations = tuple(dict.fromkeys((*part.citations, *due_table(enquiry).citations)))
    return replace(part, context=RefundContext(paid, due, label, part.context), citations=citations)


def _overpaid(enquiry: Enquiry) -> tuple[Decimal, Decimal, str] | None:
    enrolment = enquiry.record.enrolment(enquiry.year) if enquiry.record else None
    lines = due_table(enquiry).lines
    if enrolment is None or enrolment.amount is None or len(lines) != 1 or lines[0].pays is None:
        return None
    return (enrolment.amount, lines[0].pays, lines[0].label) if enrolment.amount > lines[0].pays else None
