"""From when until when cover lasts (待遇享受期), for the day of payment known, said or today's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import cast

from dialogues.enquiry import Enquiry
from dialogues.payment_day import inexact, on_last_day
from dialogues.record import EmployeeSpell, Enrolment
from dialogues.reply import Choice, Context, Part
from dialogues.topics.not_covered import not_covered
from dialogues.topics.own_case import FITS
from dialogues.topics.statement import ranked, statement, told
from dialogues.treatment_day import Treatment, treatment
from policy_kb.choosing import facts_with, step
from policy_kb.coverage import cover
from policy_kb.decision import Cover, Decision, Wait
from policy_kb.model import CoverageRule, Rule, Rules
from policy_kb.waiting_period import waiting_period
from policy_kb.window import window_on

_COUNTS_FROM = re.compile(
    r"(?:半年|个月|[\d几十]天|等待期|这段时间|这个期限).{0,6}(?:从|打|自|由|按)?(?:哪|啥|什么|几号|几时|多会).{0,6}(?:算|数|起|开始)"
    r"|(?:从|打|自|由|按)(?:哪|啥|什么|几号|几时|多会).{0,6}(?:算|数|起|开始).{0,4}(?:半年|个月|[\d几十]天|等待期)"
)
"""From which day a wait counts."""


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
    widest: CoverageRule | None
    """Of these the one that asks least of a person."""
    if_so: Cover | None
    """The cover that a payment on `paid_on` gives whoever the one rule shown is for, where that is open."""
    depends: str | None
    wait: Wait | None
    """The wait that follows from a break in 职工医保 said or on record, which the cover's own rule does not count in."""
    wait_for: str | None
    """For whom that wait is, in the words of its rule."""
    spell: EmployeeSpell | None
    """The spell of 职工医保 on record from which the break is counted."""
    notes: tuple[str, ...]
    treatment: Treatment | None
    """The day of treatment that was asked about."""


def coverage_period(enquiry: Enquiry) -> Part:
    """The first and last day of cover; where nothing is known of the payment, each rule of the notice."""
    rules = enquiry.policy.rules
    if not rules.coverage:
        return statement(enquiry)
    if unsaid := _start_of_wait(enquiry):
        return unsaid
    enquiry = on_last_day(enquiry).assuming()
    paid_on = _payment_day(enquiry)
    decision = cover(rules, enquiry.facts, paid_on) if paid_on else None
    known = "paid_on" in enquiry.facts
    applied = _applied(rules, decision)
    vague = paid_on is not None and inexact(enquiry, paid_on) and _moves(applied, decision)
    settled = known and decision is not None and decision.value is not None and not vague
    on_day = facts_with(enquiry.facts, paid_on=paid_on if decision and decision.outcome == "depends" else None)
    shown = () if settled else tuple(one for one in rules.coverage if one.when.holds(on_day) is not False)
    if vague and applied:
        shown = (applied,)
    if not settled and not shown:
        return statement(enquiry)
    if not known and (own := _own_words(enquiry, shown, decision)):
        return own
    waits = wait_after_gap(enquiry, decision)
    steps = (*(decision.steps if decision else ()), *(step(one) for one in shown), *(waits.steps if waits else ()))
    context = CoverageContext(
        year=rules.year,
        today=enquiry.today,
        paid_on=paid_on,
        known=known,
        paid_record=enrolment_on_record(enquiry),
        whose=enquiry.whose,
        days_left=days_until(decision.value, enquiry.today) if known and decision and decision.value else 0,
        cover=decision.value if decision and not vague else None,
        applied=applied,
        rules=shown,
        widest=min(shown, key=lambda one: len(one.when.needs), default=None),
        if_so=_if_so(decision) if known and len(shown) == 1 and not inexact(enquiry, paid_on) else None,
        depends=enquiry.kb.facts[decision.ask].ask if decision and decision.ask else None,
        wait=waits.value if waits else None,
        wait_for=waiting_for(enquiry, waits),
        spell=enquiry.record.employee_insurance if waits and enquiry.record and _said_no_gap(enquiry) else None,
        notes=waits.notes if waits else decision.notes if decision else (),
        treatment=None if waits or vague or decision is None else treatment(enquiry, decision.value),
    )
    citations = Decision("decided", None, steps).citations
    ask = decision.ask if decision else None
    return Part(enquiry.facet, "answered", context, citations, choices_of(enquiry, decision), asks=ask)


def _if_so(decision: Decision[Cover] | None) -> Cover | None:
    """The one cover that any value of the fact asked for gives."""
    found = {one.decision.value for one in decision.branches if one.decision.value} if decision else set()
    (only,) = found if len(found) == 1 else (None,)
    return only if only and only.starts else None


def _applied(rules: Rules, decision: Decision[Cover] | None) -> CoverageRule | None:
    """The rule by which a payment covers."""
    first = decision.steps[0].rule if decision and decision.steps else None
    return next((one for one in rules.coverage if one.id == first), None)


def _moves(rule: CoverageRule | None, decision: Decision[Cover] | None) -> bool:
    """Whether the first day of cover moves with the day of payment, so that a month named (2月里交) gives no single one."""
    known = decision is not None and decision.value is not None and decision.value.starts is not None
    return known and rule is not None and rule.starts in ("day_of_payment", "day_after_payment")


def _start_of_wait(enquiry: Enquiry) -> Part | None:
    """这半年打哪天数起, after a question on the wait: that the notice does not say; None where it does, or else is asked."""
    if enquiry.state.facet != "waiting_period" or not _COUNTS_FROM.search(enquiry.question.text):
        return None
    found = enquiry.finder.statements(enquiry.policy, "等待期从哪天算起", ("waiting_period",))
    silence = found[0].silence if found and found[0].score >= FITS else None
    return not_covered(enquiry, silence) if silence else None


def _own_words(enquiry: Enquiry, rules: tuple[CoverageRule, ...], decision: Decision[Cover] | None) -> Part | None:
    """What the notice says of the very persons spoken of (毕业生, 新增的低保), where paying today comes under a general rule.

    None where the rule is theirs, or no statement is made for them or rests on the clause of a rule that is.
    """
    applied = {one.rule for one in decision.steps} if decision else set()
    own = [one for one in rules if _of_said(one, enquiry)]
    if applied & {one.id for one in own}:
        return None
    clauses = {cite.clause for one in own for cite in one.cites}
    found = ranked(enquiry)
    said = found[0].answer if found and found[0].score >= FITS else None
    if said is None or enquiry.facet not in said.facets:
        return None
    theirs = (_of_said(said, enquiry) and said.when.holds(enquiry.facts)) or clauses & {
        one.clause for one in said.cites
    }
    return told(enquiry, found) if theirs else None


def _of_said(rule: Rule, enquiry: Enquiry) -> bool:
    """Whether a rule asks for a circumstance that was said."""
    return bool((set(rule.when.needs) - {"paid_on"}) & set(enquiry.said))


def wait_after_gap(enquiry: Enquiry, decision: Decision[Cover] | None) -> Decision[Wait] | None:
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


def waiting_for(enquiry: Enquiry, waits: Decision[Wait] | None) -> str | None:
    """For whom a wait is, in the words of its rule."""
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


def choices_of(enquiry: Enquiry, decision: Decision[Cover] | Decision[Wait] | None) -> tuple[Choice, ...]:
    """Quick replies for the fact that a decision turns on, where it has names for its values."""
    if decision is None or decision.ask is None or enquiry.kb.facts[decision.ask].kind not in ("bool", "choice"):
        return ()
    kind = enquiry.kb.facts[decision.ask]
    return tuple(Choice(kind.label(one.value), fact=decision.ask, value=one.value) for one in decision.branches)
