"""From when until when cover lasts (待遇享受期), for the day of payment known, said or today's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from dialogues.enquiry import Enquiry
from dialogues.record import EmployeeSpell, Enrolment
from dialogues.reply import Choice, Context, Part
from dialogues.topics.statement import statement
from policy_kb.choosing import step
from policy_kb.coverage import cover
from policy_kb.decision import Cover, Decision, Wait
from policy_kb.model import CoverageRule
from policy_kb.waiting_period import waiting_period
from policy_kb.window import window_on


@dataclass(frozen=True)
class CoverageContext(Context):
    """`cover` for a payment on `paid_on` (`known`: said or on record, else today's); `rules` for the general answer."""

    template = "coverage_period"
    year: int
    today: date
    paid_on: date | None
    known: bool
    paid_record: Enrolment | None
    """The payment on record, where cover is computed for it."""
    whose: str
    """Whose record it is, where not that of the person asking."""
    days_left: int
    """Days until the cover of a payment that is made begins."""
    cover: Cover | None
    applied: CoverageRule | None
    rules: tuple[CoverageRule, ...]
    depends: str | None
    wait: Wait | None
    """The wait that follows from a break in 职工医保 said or on record, which the cover's own rule does not count in."""
    wait_for: str | None
    """For whom that wait is, in the words of its rule."""
    spell: EmployeeSpell | None
    """The spell of 职工医保 on record from which the break is counted."""
    notes: tuple[str, ...]


def coverage_period(enquiry: Enquiry) -> Part:
    """The first and last day of cover; where nothing is known of the payment, each rule of the notice."""
    rules = enquiry.policy.rules
    if not rules.coverage:
        return statement(enquiry)
    enquiry = enquiry.assuming()
    paid_on = _payment_day(enquiry)
    decision = cover(rules, enquiry.facts, paid_on) if paid_on else None
    known = "paid_on" in enquiry.facts
    settled = known and decision is not None and decision.value is not None
    shown = () if settled else tuple(one for one in rules.coverage if one.when.holds(enquiry.facts) is not False)
    if not settled and not shown:
        return statement(enquiry)
    waits = _wait(enquiry, decision)
    steps = (*(decision.steps if decision else ()), *(step(one) for one in shown), *(waits.steps if waits else ()))
    context = CoverageContext(
        year=rules.year,
        today=enquiry.today,
        paid_on=paid_on,
        known=known,
        paid_record=enrolment_on_record(enquiry),
        whose=enquiry.whose,
        days_left=days_until(decision.value, enquiry.today) if known and decision and decision.value else 0,
        cover=decision.value if decision else None,
        applied=next(
            (one for one in rules.coverage if decision and decision.steps and one.id == decision.steps[0].rule), None
        ),
        rules=shown,
        depends=enquiry.kb.facts[decision.ask].ask if decision and decision.ask else None,
        wait=waits.value if waits else None,
        wait_for=_waiting_rule(enquiry, waits),
        spell=enquiry.record.employee_insurance if waits and enquiry.record and _said_no_gap(enquiry) else None,
        notes=waits.notes if waits else decision.notes if decision else (),
    )
    citations = Decision("decided", None, steps).citations
    ask = decision.ask if decision else None
    return Part(enquiry.facet, "answered", context, citations, _choices(enquiry, decision), asks=ask)


def _wait(enquiry: Enquiry, decision: Decision[Cover] | None) -> Decision[Wait] | None:
    """The wait after a break in 职工医保; None where there is no break, none is stated, or the cover has counted it in."""
    counted = (
        decision is not None
        and decision.value is not None
        and bool(decision.value.at_once or decision.value.waits_months or decision.value.waits_days)
    )
    broken = "gap_months" in {**enquiry.said, **(enquiry.record.facts(enquiry.kb.categories, enquiry.year, enquiry.today)
                                                 if enquiry.record else {})}  # fmt: skip
    if counted or not broken or enrolment_on_record(enquiry):
        return None
    found = waiting_period(enquiry.policy.rules, enquiry.facts)
    return found if found.value and (found.value.months or found.value.days) else None


def _waiting_rule(enquiry: Enquiry, waits: Decision[Wait] | None) -> str | None:
    applied = waits.steps[0].rule if waits and waits.steps else None
    return next((one.for_whom for one in enquiry.policy.rules.waiting if one.id == applied), None)


def _said_no_gap(enquiry: Enquiry) -> bool:
    return not {"gap_months", "employee_months", "previous_status"} & set(enquiry.said)


def enrolment_on_record(enquiry: Enquiry) -> Enrolment | None:
    """The year's payment with its day, where it comes from the record and not from what was said."""
    found = enquiry.record.enrolment(enquiry.year) if enquiry.record and "paid_on" not in enquiry.said else None
    return found if found and found.paid and found.paid_on else None


def days_until(found: Cover, today: date) -> int:
    """Days from today to the first day of cover; 0 where it has begun or has no day."""
    return max((found.starts.safe - today).days, 0) if found.starts else 0


def _payment_day(enquiry: Enquiry) -> date | None:
    """The day of payment said or on record; else today, where one can pay today."""
    if "paid_on" in enquiry.facts:
        return cast("date", enquiry.facts["paid_on"])
    state = window_on(enquiry.policy.rules, enquiry.facts, enquiry.today)
    return enquiry.today if state.value is not None and state.value.state == "open" else None


def _choices(enquiry: Enquiry, decision: Decision[Cover] | None) -> tuple[Choice, ...]:
    if decision is None or decision.ask is None or len(decision.branches) > 4:
        return ()
    kind = enquiry.kb.facts[decision.ask]
    return tuple(Choice(kind.label(one.value), fact=decision.ask, value=one.value) for one in decision.branches)
