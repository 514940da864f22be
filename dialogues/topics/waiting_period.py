"""Whether one must wait for cover (待遇等待期), how long, and who need not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import cast

from dialogues.enquiry import Enquiry
from dialogues.record import EmployeeSpell, Enrolment
from dialogues.reply import Context, Part
from dialogues.topics.coverage_period import choices_of, coverage_period, days_until, enrolment_on_record
from dialogues.topics.due_lines import paying_now
from dialogues.topics.leading import leading
from dialogues.topics.statement import statement
from policy_kb.choosing import step
from policy_kb.coverage import cover
from policy_kb.decision import Cover, Decision, Wait
from policy_kb.model import WaitingRule
from policy_kb.waiting_period import waiting_period

_TO_EMPLOYEE = re.compile("(转|换|改|进厂).{0,4}职工|职工(医保)?(那边|那头)?的?(等待期|没生效|生效前)")
"""进厂转职工医保: the wait is that of the other insurance, and the notice says what holds here meanwhile."""


_NEVER_EMPLOYEE = ("resident", "none")
"""Whom rules that speak of a break in 职工医保 alone say nothing of."""


@dataclass(frozen=True)
class WaitingContext(Context):
    """The wait that holds, or all rules where that is open; `cover` where the payment day is known too."""

    template = "waiting_period"
    wait: Wait | None
    for_whom: str | None
    rules: tuple[WaitingRule, ...]
    cover: Cover | None
    paid_on: date | None
    paid_record: Enrolment | None
    """The payment on record, where the wait is computed for it."""
    unstated: EmployeeSpell | None
    """The spell of 职工医保 on record of which the notice does not say what wait follows."""
    whose: str
    """Whose record it is, where not that of the person asking."""
    days_left: int
    """Days of it that are left."""
    depends: str | None
    notes: tuple[str, ...]


def waiting(enquiry: Enquiry) -> Part:
    """The wait for this person; each rule of the notice where a fact is missing."""
    rules = enquiry.policy.rules
    if not rules.waiting:
        return statement(enquiry)
    left = {"gap_months", "employee_months"} & set(enquiry.facts)
    if not left and (enquiry.said.get("joins_employee_now") or _TO_EMPLOYEE.search(enquiry.question.text)):
        return statement(enquiry.with_facts(joins_employee_now=True))
    if not enquiry.said and not enquiry.informed and (part := leading(enquiry)):
        return part
    if (enquiry.state.facet or "").startswith("newborn"):
        enquiry = enquiry.with_facts(newborn=True)
    on_record = enrolment_on_record(enquiry)
    enquiry = enquiry.assuming(*(() if on_record or _by_years(enquiry) else ("gap_months", "previous_status")))
    enquiry = paying_now(enquiry)
    decision = waiting_period(rules, enquiry.facts)
    if on_record and decision.value is None:
        return coverage_period(enquiry)
    if decision.outcome == "silent" and enquiry.said.get("previous_status") in _NEVER_EMPLOYEE:
        return statement(enquiry) if "missed_years" in enquiry.said else coverage_period(enquiry)
    applied = next((one for one in rules.waiting if decision.steps and one.id == decision.steps[0].rule), None)
    shown = () if decision.value and (enquiry.said or on_record) else rules.waiting
    paid_on = cast("date | None", enquiry.facts.get("paid_on"))
    payment = cover(rules, enquiry.facts) if paid_on and decision.value else None
    context = WaitingContext(
        wait=decision.value,
        for_whom=applied.for_whom if applied else None,
        rules=shown,
        cover=payment.value if payment else None,
        paid_on=paid_on,
        paid_record=on_record,
        unstated=_unstated(enquiry, decision),
        whose=enquiry.whose,
        days_left=days_until(payment.value, enquiry.today) if payment and payment.value else 0,
        depends=enquiry.kb.facts[decision.ask].ask if decision.ask else None,
        notes=tuple(one.note for one in shown if one.note) or decision.notes,
    )
    steps = (*decision.steps, *(payment.steps if payment else ()), *(step(one) for one in shown))
    citations = Decision("decided", None, steps).citations
    return Part(enquiry.facet, "answered", context, citations, choices_of(enquiry, decision), asks=decision.ask)


def _by_years(enquiry: Enquiry) -> bool:
    """Whether years not paid were told, and the notice counts them: then residents' insurance is meant, not 职工医保."""
    counted = any(
        "missed_years" in one.when.needs or (one.more and one.more.fact == "missed_years")
        for one in enquiry.policy.rules.waiting
    )
    return counted and "missed_years" in enquiry.facts


def _unstated(enquiry: Enquiry, decision: Decision[Wait]) -> EmployeeSpell | None:
    spell = enquiry.record.employee_insurance if enquiry.record else None
    said = {"employee_months", "gap_months", "previous_status"} & set(enquiry.said)
    return spell if spell and spell.ended_on and spell.months and decision.outcome == "silent" and not said else None
