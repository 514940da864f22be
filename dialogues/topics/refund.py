"""Whether a premium is paid back (退费); with a record, what was paid beside what was due."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from dialogues.continuing import CERTIFIED_LATER
from dialogues.disclosure import OfRecord
from dialogues.enquiry import Enquiry
from dialogues.record import Record
from dialogues.reply import Context, Part
from dialogues.topics.due_lines import DueTable, due_table, too_much
from dialogues.topics.not_covered import NotCoveredContext, not_covered
from dialogues.topics.premium import premium
from dialogues.topics.statement import AHEAD, StatementContext, ranked, statement
from nlu.understanding import Ranked
from policy_kb.model import Answer, Silence

_WITHDRAWS = re.compile(
    "重复|[交缴]重|[两二2][份次遍回]|多[交缴]|去世|死|没了|过世|职工|进厂|单位|不想|不要|不参|退保|外地|别处"
)
"""Words of somebody who withdraws or paid too much (退费)."""


@dataclass(frozen=True)
class Overpaid(OfRecord):
    """What the register says was paid for the year, in how many payments, and what is due, in 元."""

    paid: Decimal
    times: int
    due: Decimal
    too_much: Decimal
    label: str


@dataclass(frozen=True)
class RefundContext(Context):
    """The record's figures (`whose`, where not the person asking) before the notice's statement, or before what it does not say."""

    template = "refund"
    over: Overpaid
    whose: str
    said: StatementContext | None
    unsaid: NotCoveredContext | None


def refund(enquiry: Enquiry) -> Part:
    """The notice's rule on refunds; where the record shows more paid than due, or twice, that first."""
    table = due_table(_by_record(enquiry))
    over = _overpaid(enquiry, table)
    if over is None and _paid_back(enquiry):
        if _WHEN.search(enquiry.question.text):
            asked = replace(enquiry.question, ranking=(Ranked("assistance_how", 1.0),))
            return statement(replace(enquiry, facet="assistance_how", question=asked))
        return premium(replace(enquiry, facet="assistance"))
    if "refund_reason" not in enquiry.facts and CERTIFIED_LATER.search(enquiry.question.text):
        enquiry = enquiry.with_facts(refund_reason="overpaid")
    if over is not None and "refund_reason" not in enquiry.said:
        enquiry = enquiry.with_facts(refund_reason="paid_twice" if over.times > 1 else "overpaid")
    enquiry = _with_a_death(enquiry)
    part = _unsaid_of_the_reason(enquiry) or statement(enquiry)
    said = part.context if isinstance(part.context, StatementContext) else None
    unsaid = part.context if isinstance(part.context, NotCoveredContext) else None
    if over is None or (said is None and unsaid is None):
        return part
    citations = tuple({(one.notice, one.clause): one for one in (*part.citations, *table.citations)}.values())
    return replace(
        part, outcome="answered", context=RefundContext(over, enquiry.whose, said, unsaid), citations=citations
    )


_GONE = re.compile("(?<![卡证票本据机钱])(?:没了|没得了|走了|走咯|不在了)(?=[，。？！]|$)")
"""A person who is gone; a card or a receipt is not."""
_WHEN = re.compile("几月|哪个?月|哪天|几号|(?:啥|什么|多会儿|好久)时?候?(?:退|到|给|返)|什么时候|啥时候|多久|几天")
"""得等到几月份才退: when it is paid back."""


def _unsaid_of_the_reason(enquiry: Enquiry) -> Part | None:
    """What the notice does not say of just this reason (人没了); None where it states that one, or refunds in general."""
    reason = enquiry.facts.get("refund_reason")
    if reason is None:
        return None
    found = ranked(enquiry)
    on_refunds = [one for one in found if _chiefly_on_refunds(one.answer or one.silence)]
    if not on_refunds or (found[0].answer and on_refunds[0].score < found[0].score - AHEAD):
        return None
    own = [one for one in on_refunds if _of_the_reason(one.answer or one.silence, enquiry)]
    if own:
        return None if any(one.answer for one in own) else not_covered(enquiry, own[0].silence)
    silence = next((one.silence for one in on_refunds if one.silence), None)
    stated = any(_chiefly_on_refunds(one) for one in enquiry.policy.rules.answers)
    if silence is None or stated or reason == "overpaid":
        return None
    label = enquiry.kb.facts["refund_reason"].label(reason)
    return not_covered(enquiry, replace(silence, first=f"通知没有写{label}退不退"))


def _chiefly_on_refunds(said: Answer | Silence | None) -> bool:
    return said is not None and said.facets[0] == "refund"


def _of_the_reason(said: Answer | Silence | None, enquiry: Enquiry) -> bool:
    """Whether a statement is made for the reason that was told."""
    return said is not None and "refund_reason" in said.when.needs and said.when.holds(enquiry.facts) is True


def _with_a_death(enquiry: Enquiry) -> Enquiry:
    """The enquiry with death as the reason, where someone is gone (前天没了) in so many words that only here say it."""
    known = "refund_reason" in enquiry.said or not _GONE.search(enquiry.question.text)
    return enquiry if known else enquiry.with_facts(refund_reason="died")


def _paid_back(enquiry: Enquiry) -> bool:
    """后头退不退 of one whose assistance is paid back (先缴后补): what is meant is that, and no withdrawal (退费)."""
    if not enquiry.facts.get("category") or "refund_reason" in enquiry.said or _WITHDRAWS.search(enquiry.question.text):
        return False
    return any(line.how == "reimbursed" or line.too_old_from for line in due_table(enquiry).lines)


def _by_record(enquiry: Enquiry) -> Enquiry:
    """The question by the register alone: it decides what is paid back, whatever the person says."""
    record = enquiry.record
    if record is None:
        return enquiry
    return enquiry.with_facts(**record.facts(enquiry.kb.categories, enquiry.year, enquiry.today))


def _overpaid(enquiry: Enquiry, table: DueTable) -> Overpaid | None:
    record = enquiry.record
    if record is None or len(table.lines) != 1 or table.lines[0].pays is None:
        return None
    paid, times = _paid(record, enquiry.year)
    over, line = too_much(paid, table.lines), table.lines[0]
    return Overpaid(paid, times, paid - over, over, line.label) if over is not None else None


def _paid(record: Record, year: int) -> tuple[Decimal, int]:
    amounts = [one.amount for one in record.of_year(year) if one.paid and one.amount is not None]
    return sum(amounts, Decimal(0)), len(amounts)
