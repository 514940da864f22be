"""新生儿参保: until when, from when it covers, what it costs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Outcome, Part
from dialogues.topics.statement import statement
from nlu.understanding import YearMention
from policy_kb.choosing import step
from policy_kb.citation import Citation
from policy_kb.decision import Decision, NewbornDecision
from policy_kb.model import NewbornRule, Rule
from policy_kb.newborn import newborn

_WANTS_A_DAY = re.compile("几月|几号|哪天|哪一天|哪日|什么时候|啥时候|多会儿|好久|还来得及|来不来得及|过期没|超没超")
_WANTS_A_SPAN = re.compile("多久|多少天|几天|多长时间|好多天|时间内|期限")


@dataclass(frozen=True)
class NewbornContext(Context):
    """The newborn's decision on `today`, and the notice's rules by kind; `asks_birth` where the birth date is wanted."""

    template = "newborn"
    facet: str
    year: int
    today: date
    birth: date | None
    days_left: int
    """Days until the deadline, by the count that ends first."""
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
    rules = enquiry.policy.rules
    decision = newborn(rules, enquiry.facts, enquiry.today)
    if decision.value is None:
        return statement(enquiry)
    if enquiry.facet == "newborn_fee" and len(rules.premium) != 1 and len(decision.value.years) < 2:
        return statement(enquiry)
    birth = cast("date | None", enquiry.facts.get("birth_date"))
    wanted = birth is None and _wants_a_day(enquiry)
    kinds: dict[str, NewbornRule] = {}
    for rule in rules.newborn:
        kinds.setdefault(rule.kind, rule)
    context = NewbornContext(
        facet=enquiry.facet,
        year=rules.year,
        today=enquiry.today,
        birth=birth,
        days_left=_days_left(decision.value, enquiry.today),
        value=decision.value,
        late=kinds.get("late"),
        automatic=kinds.get("automatic"),
        both_years=kinds.get("both_years"),
        premium=rules.premium[0].amount if len(rules.premium) == 1 else None,
        total=_total(decision.value),
        asks_birth=enquiry.kb.facts["birth_date"].ask if wanted else None,
        own_fees=tuple(one for one in rules.newborn if one.kind == "fee"),
        asks_guardian=enquiry.kb.facts[decision.ask].ask if decision.ask and not wanted else None,
        notes=decision.notes,
    )
    return Part(enquiry.facet, _outcome(enquiry, decision.value, wanted), context, _citations(enquiry, decision, kinds),
                asks="birth_date" if wanted else decision.ask)  # fmt: skip


def _total(value: NewbornDecision) -> Decimal | None:
    fees = [fee for _, fee in value.fees if fee is not None]
    return sum(fees, Decimal(0)) if len(fees) == len(value.fees) > 1 else None


def _days_left(value: NewbornDecision, today: date) -> int:
    return max((value.deadline.safe - today).days, 0) if value.deadline else 0


def _outcome(enquiry: Enquiry, value: NewbornDecision, wanted: bool) -> Outcome:
    """Asked where the birth date is wanted; not_covered where just the fee of a year without one is asked for."""
    if wanted:
        return "asked"
    years = [one.year for one in enquiry.question.of(YearMention) if isinstance(one, YearMention)]
    unstated = [year for year, fee in value.fees if fee is None]
    return "not_covered" if enquiry.facet == "newborn_fee" and len(years) == 1 and years[0] in unstated else "answered"


def _wants_a_day(enquiry: Enquiry) -> bool:
    text = enquiry.question.text
    return bool(_WANTS_A_DAY.search(text)) and not _WANTS_A_SPAN.search(text) and enquiry.facet == "newborn_deadline"


def _citations(
    enquiry: Enquiry, decision: Decision[NewbornDecision], kinds: dict[str, NewbornRule]
) -> tuple[Citation, ...]:
    general = enquiry.policy.rules.premium
    shown: list[Rule] = [kinds[kind] for kind in ("late", "automatic", "both_years") if kind in kinds]
    if enquiry.facet == "newborn_fee" and len(general) == 1:
        shown.append(general[0])
    return Decision("decided", None, (*decision.steps, *(step(one) for one in shown))).citations
