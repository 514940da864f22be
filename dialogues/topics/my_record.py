"""The person's own enrolment (我交了吗): paid or not, how much, from when it covers; only from a bound record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dialogues.enquiry import Enquiry
from dialogues.record import Enrolment
from dialogues.reply import Context, Part
from dialogues.topics.due_lines import due_table
from dialogues.wording import day
from policy_kb.choosing import step
from policy_kb.coverage import cover
from policy_kb.decision import Cover, Decision, Step, Window
from policy_kb.window import window_on


@dataclass(frozen=True)
class RecordContext(Context):
    """The year's enrolment (None: no payment on record), what is due in 元, and where today stands in the window."""

    template = "my_record"
    year: int
    enrolment: Enrolment | None
    earlier: tuple[Enrolment, ...]
    due: Decimal | None
    cover: Cover | None
    window: Window | None
    opens: str | None
    """The first day of the window to come, as the notice gives it."""
    today: date


@dataclass(frozen=True)
class UnboundContext(Context):
    """Nobody is bound to this conversation: where one can look instead."""

    template = "unbound"
    hotline: str


_OTHERS = re.compile(
    "书记|邻居|同事|朋友|别人|人家|他家|她家|亲戚|妹妹|姐姐|哥哥|弟弟|表[哥姐弟妹]|堂[哥姐弟妹]|婆家|娘家|__NAME__"
)
"""Somebody else's record is not told, whoever asks."""


def my_record(enquiry: Enquiry) -> Part:
    """What the record says of this cover year; without a record, why not here and where instead."""
    record = enquiry.record
    if record is None or _OTHERS.search(enquiry.question.text):
        return Part(enquiry.facet, "refused", UnboundContext(enquiry.kb.hotline))
    rules = enquiry.policy.rules
    enrolment = record.enrolment(enquiry.year)
    paid = enrolment if enrolment and enrolment.paid else None
    state = window_on(rules, enquiry.facts, enquiry.today)
    payment = cover(rules, enquiry.facts, paid.paid_on) if paid and paid.paid_on else None
    steps: tuple[Step, ...] = payment.steps if payment else state.steps or tuple(step(one) for one in rules.windows[:1])
    registered = record.facts(enquiry.kb.categories, enquiry.year, enquiry.today)
    table = due_table(enquiry.with_facts(**registered))
    context = RecordContext(
        year=enquiry.year,
        enrolment=paid,
        earlier=tuple(one for one in record.enrolments if one.paid and one.year < enquiry.year),
        due=table.lines[0].pays if len(table.lines) == 1 else None,
        cover=payment.value if payment else None,
        window=None if paid else state.value,
        opens=_opens(enquiry, state.value),
        today=enquiry.today,
    )
    cites = (*Decision("decided", None, steps).citations, *(table.citations if context.due is not None else ()))
    return Part(enquiry.facet, "answered", context, tuple(dict.fromkeys(cites)))


def _opens(enquiry: Enquiry, window: Window | None) -> str | None:
    rule = next((one for one in enquiry.policy.rules.windows if window and one.id == window.rule), None)
    return (rule.opens_as or (day(rule.opens) if rule.opens else None)) if rule else None
