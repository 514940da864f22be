"""新生儿参保: until when, from when it covers, what it costs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast

from dialogues.babies import asks_beyond, of_the_child, older_than
from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Outcome, Part
from dialogues.topics.not_covered import not_covered
from dialogues.topics.statement import statement
from nlu.understanding import DateMention, Ranked, YearMention
from policy_kb.choosing import step
from policy_kb.citation import Citation
from policy_kb.conditions import years_between
from policy_kb.coverage import ONE_DAY, end_day
from policy_kb.decision import Decision, NewbornDecision
from policy_kb.model import NewbornRule, Rule, Rules, WindowRule
from policy_kb.newborn import newborn
from policy_kb.window import is_closed

_WANTS_A_DAY = re.compile("几月|几号|哪天|哪一天|哪日|什么时候|啥时候|多会儿|好久|还来得及|来不来得及|过期没|超没超")
_ASKS_END = re.compile("[管保报]到|到(?:啥|什么)时候|到(?:哪|几|多)|到期|截止|为止|结束")
"""管到哪天: until when cover lasts is asked, rather than from when."""
_TO_ENROL = re.compile("最晚|最迟|[办交缴]")
_PLAINLY = {
    "newborn_fee": "新生儿交多少钱",
    "newborn_deadline": "新生儿多少天内办",
    "newborn_cover": "新生儿从哪天能报",
}
"""A newborn's question without the day of birth, which would be looked up among the notice's days."""
_WANTS_A_SPAN = re.compile("多久|多少天|几天|多长时间|好多天|时间内|期限")


@dataclass(frozen=True)
class NewbornContext(Context):
    """The newborn's decision on `today`, and the notice's rules by kind; `asks_birth` where the birth date is wanted."""

    template = "newborn"
    facet: str
    year: int
    today: date
    birth: date | None
    paid_on: date | None
    """The day on which it is paid, where another than today was said or is on record."""
    late_start: date | None
    """The first day of cover of one who pays on that day after the deadline, where the birth is not known."""
    missed: bool
    """Whether it is asked what holds after the deadline, which is not over or not known."""
    days_left: int
    """Days until the last day on which one can pay within the deadline."""
    payable: date | None
    """That day: the deadline by the count that ends first, or before the closed days of its month; None if all are past."""
    closed: tuple[int, int] | None
    """The days of each month on which nothing can be paid, where the deadline or today falls on them."""
    next_open: date | None
    """The next day on which one can pay, where today is one of the closed days."""
    ends: date | None
    """The last day of cover that the notice states for the child; None where it states none, or the birth is not known."""
    asks_end: bool
    """Whether it was asked until when the cover lasts."""
    grown: bool
    """Whether the child has had its first birthday, so that rules for newborns say nothing more of it."""
    value: NewbornDecision
    late: NewbornRule | None
    automatic: NewbornRule | None
    both_years: NewbornRule | None
    premium: Decimal | None
    total: Decimal | None
    """What the cover years to pay for cost together, in 元; None for one year, or where one has no fee stated."""
    asks_birth: str | None
    own_fees: tuple[NewbornRule, ...]
    asks_guardian: str | None
    notes: tuple[str, ...]


def newborn_enrolment(enquiry: Enquiry) -> Part:
    """Deadline, cover and fee for the birth date known; without one the rule in days, and the question where a day is wanted."""
    if enquiry.facet == "newborn_deadline" and enquiry.state.facet == "newborn_cover" and _asks_end(enquiry):
        enquiry = replace(enquiry, facet="newborn_cover")
    rules = enquiry.policy.rules
    shut = next((one for one in rules.windows if one.closed_days), None)
    enquiry = _on_open_day(of_the_child(enquiry), shut)
    decision = newborn(rules, enquiry.facts, enquiry.today)
    no_fee = enquiry.facet == "newborn_fee" and len(rules.premium) != 1
    if decision.value is None or (no_fee and not _has_fee(decision.value)):
        return _found(enquiry)
    birth = cast("date | None", enquiry.facts.get("birth_date"))
    beyond = asks_beyond(enquiry) or older_than(enquiry, decision.value.days)
    missed = beyond and decision.value.in_time is not False
    if missed and (unsaid := _unsaid(enquiry, decision.value)):
        return unsaid
    paid_on = None if _day(enquiry) == enquiry.today else _day(enquiry)
    wanted = birth is None and _wants_a_day(enquiry) and not missed
    kinds: dict[str, NewbornRule] = {}
    for rule in rules.newborn:
        kinds.setdefault(rule.kind, rule)
    deadline = decision.value.deadline
    closed_today = bool(shut and is_closed(shut, enquiry.today))
    payable = _last_open(shut, deadline.safe, enquiry.today) if deadline else None
    ends, of_everybody = _ends(rules, decision.value)
    context = NewbornContext(
        facet=enquiry.facet,
        year=rules.year,
        today=enquiry.today,
        birth=birth,
        paid_on=paid_on,
        late_start=_late_start(kinds.get("late"), paid_on),
        missed=missed,
        days_left=max((payable - enquiry.today).days, 0) if payable else 0,
        payable=payable,
        closed=shut.closed_days if shut and deadline and (closed_today or payable != deadline.safe) else None,
        next_open=_reopens(shut, enquiry.today) if shut and closed_today else None,
        ends=ends,
        asks_end=_asks_end(enquiry),
        grown=birth is not None and years_between(birth, _day(enquiry)) >= 1,
        value=decision.value,
        late=kinds.get("late"),
        automatic=kinds.get("automatic"),
        both_years=kinds.get("both_years"),
        premium=_fee(rules, decision.value),
        total=_total(decision.value),
        asks_birth=enquiry.kb.facts["birth_date"].ask if wanted else None,
        own_fees=tuple(one for one in rules.newborn if one.kind == "fee"),
        asks_guardian=enquiry.kb.facts[decision.ask].ask if decision.ask and not wanted else None,
        notes=decision.notes,
    )
    citations = _citations(enquiry, decision, kinds, of_everybody)
    return Part(enquiry.facet, _outcome(enquiry, decision.value, wanted), context, citations,
                asks="birth_date" if wanted else decision.ask)  # fmt: skip


def _day(enquiry: Enquiry) -> date:
    """The day of payment, else today."""
    return cast("date", enquiry.facts.get("paid_on", enquiry.today))


def _late_start(rule: NewbornRule | None, paid_on: date | None) -> date | None:
    return paid_on + ONE_DAY if paid_on and rule and rule.starts == "day_after_payment" else None


def _on_open_day(enquiry: Enquiry, shut: WindowRule | None) -> Enquiry:
    """The enquiry without a day of payment to come on which nothing can be paid."""
    day = _day(enquiry)
    if shut is None or day <= enquiry.today or not is_closed(shut, day):
        return enquiry
    return replace(enquiry, facts={name: value for name, value in enquiry.facts.items() if name != "paid_on"})


def _unsaid(enquiry: Enquiry, value: NewbornDecision) -> Part | None:
    """That the notice does not say what holds after the deadline; None where it does, or says nothing of its silence."""
    if any(one.kind == "late" and (one.starts or one.left_to) for one in enquiry.policy.rules.newborn):
        return None
    found = enquiry.finder.statements(enquiry.policy, f"过了{value.days}天还能补吗", ("newborn_deadline",))
    silence = next((one.silence for one in found if one.silence), None)
    return not_covered(enquiry, silence) if silence else None


def _found(enquiry: Enquiry) -> Part:
    """What the notice says of newborns, also where the words alone (交多少钱) would be anybody's, or a birth date hides them."""
    ranking = (
        (Ranked(enquiry.facet, 1.0),) if enquiry.question.best.facet != enquiry.facet else enquiry.question.ranking
    )
    question = replace(enquiry.question, ranking=ranking)
    if any(one.role == "birth" and one.precision == "day" for one in question.of(DateMention)):
        question = replace(question, text=_PLAINLY.get(enquiry.facet, question.text))
    return statement(replace(enquiry, question=question))


def _last_open(rule: WindowRule | None, day: date, today: date) -> date | None:
    """The last day until `day` on which one can pay; None where closed days leave none from today on."""
    if rule is None:
        return day
    while is_closed(rule, day):
        day -= ONE_DAY
    return day if day >= today else None


def _reopens(rule: WindowRule, day: date) -> date:
    """The first day after closed days."""
    while is_closed(rule, day):
        day += ONE_DAY
    return day


def _has_fee(value: NewbornDecision) -> bool:
    return bool(value.fees) and all(fee is not None for _, fee in value.fees)


def _fee(rules: Rules, value: NewbornDecision) -> Decimal | None:
    """The one fee of a newborn: that of its own decision, else the one premium of the notice."""
    if len(value.fees) == 1 and value.fees[0][1] is not None:
        return value.fees[0][1]
    return rules.premium[0].amount if len(rules.premium) == 1 else None


def _total(value: NewbornDecision) -> Decimal | None:
    fees = [fee for _, fee in value.fees if fee is not None]
    return sum(fees, Decimal(0)) if len(fees) == len(value.fees) > 1 else None


def _outcome(enquiry: Enquiry, value: NewbornDecision, wanted: bool) -> Outcome:
    """Asked where the birth date is wanted; not_covered where just the fee of a year without one is asked for."""
    if wanted:
        return "asked"
    years = [one.year for one in enquiry.question.of(YearMention)]
    unstated = [year for year, fee in value.fees if fee is None]
    return "not_covered" if enquiry.facet == "newborn_fee" and len(years) == 1 and years[0] in unstated else "answered"


def _wants_a_day(enquiry: Enquiry) -> bool:
    text = enquiry.question.text
    return bool(_WANTS_A_DAY.search(text)) and not _WANTS_A_SPAN.search(text) and enquiry.facet == "newborn_deadline"


def _asks_end(enquiry: Enquiry) -> bool:
    """Whether it is asked until when the cover lasts."""
    text = enquiry.question.text
    return bool(_ASKS_END.search(text)) and not _TO_ENROL.search(text)


def _ends(rules: Rules, value: NewbornDecision) -> tuple[date | None, tuple[Rule, ...]]:
    """The last day of the child's cover: its own rule's, else everybody's in the notice's year, with the rule that says so."""
    if value.cover and value.cover.ends:
        return value.cover.ends, ()
    if value.cover is None and value.deadline is None:
        own = {end_day(rules, one.ends) for one in rules.newborn if one.kind == "deadline"}
        return (own.pop() if len(own) == 1 else None), ()
    days = {end_day(rules, one.ends) for one in rules.coverage if one.ends}
    return (
        (days.pop(), rules.coverage[:1]) if len(days) == 1 and value.cover and rules.year in value.years else (None, ())
    )


def _citations(
    enquiry: Enquiry, decision: Decision[NewbornDecision], kinds: dict[str, NewbornRule], ends: tuple[Rule, ...]
) -> tuple[Citation, ...]:
    general = enquiry.policy.rules.premium
    shown: list[Rule] = [kinds[kind] for kind in ("late", "automatic", "both_years") if kind in kinds]
    shown += ends
    if enquiry.facet == "newborn_fee" and len(general) == 1:
        shown.append(general[0])
    return Decision("decided", None, (*decision.steps, *(step(one) for one in shown))).citations
