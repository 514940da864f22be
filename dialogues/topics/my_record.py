"""The person's own enrolment (我交了吗): paid or not, how much, how and when, from when it covers; only from a bound record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dialogues.bound import strangers
from dialogues.enquiry import Enquiry
from dialogues.later_payment import Later, later_payments
from dialogues.record import Enrolment, Record, shown_name
from dialogues.reply import Context, Part
from dialogues.topics.due_lines import DueLine, due_table, too_much
from dialogues.topics.household_record import household_record, of_the_household
from dialogues.topics.past_record import last_time, past_record
from dialogues.topics.unbound import unbound
from dialogues.wording import day
from policy_kb.choosing import step
from policy_kb.citation import Citation
from policy_kb.coverage import cover
from policy_kb.decision import Cover, Decision, Step, Window
from policy_kb.window import window_on


@dataclass(frozen=True)
class RecordContext(Context):
    """The year's enrolment, what is due, where today stands in the window, and what follows from paying later.

    `paid`: the premium is paid; `standing`: else what the register holds of the year (registered, stopped, paid back).
    """

    template = "my_record"
    year: int
    whose: str
    """The masked name where the record is not that of the person asking; else empty."""
    holder: str
    """Whose record it is, by the masked name: somebody else may have been meant (李四交了吗)."""
    paid: Enrolment | None
    standing: Enrolment | None
    sum_paid: Decimal | None
    times: int
    lines: tuple[DueLine, ...]
    """What is due by the register: one line, or one for each tier that is open."""
    too_much: Decimal | None
    """What was paid beyond what is due, in 元."""
    unclear: tuple[str, ...]
    cover: Cover | None
    days_left: int
    """Days until the cover begins."""
    window: Window | None
    opens: str | None
    """The first day of the window to come, as the notice gives it."""
    later: tuple[Later, ...]
    today: date


_OTHERS = re.compile(
    "书记|邻居|隔壁|对门|街坊|同村|同学|老板|亲家|工友|[他她]喊我问|替[他她]问|帮[他她]问|同事|朋友|别人|人家|他家|她家|亲戚|妹妹|姐姐|哥哥|弟弟|表[哥姐弟妹]|堂[哥姐弟妹]|婆家|娘家"
)
"""Somebody else's record is not told, whoever asks."""


def my_record(enquiry: Enquiry) -> Part:
    """What the record says of this cover year; without a record, why not here and where instead."""
    record, question = enquiry.record, enquiry.question
    others = bool(_OTHERS.search(question.text)) or strangers(enquiry.state.record or Record(), question.names)
    if record is None or others:
        bound = enquiry.informed or (others and not enquiry.audience.may_bind)
        return unbound(enquiry.facet, enquiry.kb.hotline, enquiry.audience, somebody_elses=bound)
    if enquiry.unheld is not None:
        return past_record(enquiry, record, enquiry.unheld)
    if (last := last_time(enquiry, record)) is not None:
        return past_record(enquiry, record, last)
    if of_the_household(enquiry):
        return household_record(enquiry)
    return _told(enquiry, record)


def _told(enquiry: Enquiry, record: Record) -> Part:
    rules = enquiry.policy.rules
    own = enquiry.with_facts(**record.facts(enquiry.kb.categories, enquiry.year, enquiry.today))
    payments = [one for one in record.of_year(enquiry.year) if one.paid]
    paid = payments[0] if payments else None
    state = window_on(rules, own.facts, enquiry.today)
    payment = cover(rules, own.assuming().facts, paid.paid_on) if paid and paid.paid_on else None
    covered = payment.steps if payment else ()
    steps: tuple[Step, ...] = covered or state.steps or tuple(step(one) for one in rules.windows[:1])
    table = due_table(own)
    lines = table.lines if all(one.pays is not None for one in table.lines) else ()
    later, later_cites = ((), ()) if paid else later_payments(own)
    context = RecordContext(
        year=enquiry.year,
        whose=enquiry.whose.removesuffix("的"),
        holder=f"{shown_name(record.name)}的" if record.name else "",
        paid=paid,
        standing=None if paid else record.enrolment(enquiry.year),
        sum_paid=_sum(payments),
        times=len(payments),
        lines=lines,
        too_much=too_much(_sum(payments), lines),
        unclear=record.unclear(enquiry.kb.categories, enquiry.today),
        cover=payment.value if payment else None,
        days_left=_days_left(payment.value if payment else None, enquiry.today),
        window=None if paid else state.value,
        opens=_opens(enquiry, state.value),
        later=later,
        today=enquiry.today,
    )
    cites = (*Decision("decided", None, steps).citations, *(table.citations if lines else ()), *later_cites)
    return Part(enquiry.facet, "answered", context, _once(cites))


def _sum(payments: list[Enrolment]) -> Decimal | None:
    """What was paid for the year in all, in 元; None where a sum is missing."""
    amounts = [one.amount for one in payments if one.amount is not None]
    return sum(amounts, Decimal(0)) if amounts and len(amounts) == len(payments) else None


def _days_left(found: Cover | None, today: date) -> int:
    return max((found.starts.safe - today).days, 0) if found and found.starts else 0


def _once(cites: tuple[Citation, ...]) -> tuple[Citation, ...]:
    return tuple({(cite.notice, cite.clause): cite for cite in cites}.values())


def _opens(enquiry: Enquiry, window: Window | None) -> str | None:
    rule = next((one for one in enquiry.policy.rules.windows if window and one.id == window.rule), None)
    return (rule.opens_as or (day(rule.opens) if rule.opens else None)) if rule else None
