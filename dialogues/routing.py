"""Which handler answers which facet (key of topics.yml); whatever is not computed is found among the statements."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias, cast

from dialogues.enquiry import Enquiry
from dialogues.rendering import render
from dialogues.reply import Part
from dialogues.topics.coverage_period import coverage_period
from dialogues.topics.funding import funding
from dialogues.topics.household_record import household_record, of_the_household
from dialogues.topics.household_total import household_total
from dialogues.topics.my_record import my_record
from dialogues.topics.newborn import newborn_enrolment
from dialogues.topics.next_steps import PROCEDURES, asks_next, next_steps, whole_procedure
from dialogues.topics.not_covered import NotCoveredContext
from dialogues.topics.notice_facts import notice_facts
from dialogues.topics.premium import premium
from dialogues.topics.refund import RefundContext, refund
from dialogues.topics.statement import StatementContext, beside, exact, statement
from dialogues.topics.target import BlankContext, target
from dialogues.topics.waiting_period import waiting
from dialogues.topics.window import window
from nlu.understanding import AgeMention, CategoryMention, FactMention, YearMention
from policy_kb.citation import each_once
from policy_kb.model import Answer

Handler: TypeAlias = Callable[[Enquiry], Part]


def _premium(enquiry: Enquiry) -> Part:
    """A household's total where one was described or is on record, else one person's premium."""
    if of_the_household(enquiry):
        return household_record(enquiry)
    return (household_total(enquiry) if enquiry.state.household else None) or premium(enquiry)


def _assistance(enquiry: Enquiry) -> Part:
    """A helped person's figure where a category is known; else what the notice says of assistance in general."""
    if enquiry.facts.get("category") or enquiry.readings or enquiry.state.household or of_the_household(enquiry):
        return _premium(enquiry)
    said = statement(enquiry)
    return said if isinstance(said.context, StatementContext) else premium(enquiry)


def _double(enquiry: Enquiry) -> Part:
    """Two categories of one person by their figures; with fewer named, what the notice says of such persons."""
    known = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    return premium(enquiry) if len(known) > 1 else statement(enquiry)


HANDLERS: dict[str, Handler] = {
    "premium": _premium,
    "assistance": _assistance,
    "assistance_double": _double,
    "premium_total": funding,
    "premium_change": funding,
    "premium_tiers": premium,
    "window": window,
    "window_late": window,
    "waiting_period": waiting,
    "coverage": coverage_period,
    "newborn_deadline": newborn_enrolment,
    "newborn_cover": newborn_enrolment,
    "newborn_fee": newborn_enrolment,
    "my_record": my_record,
    "refund": refund,
    "target": target,
    "notice_number": notice_facts,
    "notice_date": notice_facts,
    "notice_basis": notice_facts,
    "notice_issuer": notice_facts,
    "notice_about": notice_facts,
}
"""Facets with a handler of their own."""


def answer(enquiry: Enquiry) -> Part:
    """The part for an enquiry: computed where the facet is, with a statement beside it that fits the words; else found."""
    if enquiry.follow_up and asks_next(enquiry.question.text) and (steps := next_steps(enquiry)):
        return steps
    facet = meant_facet(enquiry)
    handler = HANDLERS.get(facet, statement)
    meant = replace(enquiry, facet=facet)
    part = _where_to_look(meant) or (whole_procedure(meant) if facet in PROCEDURES else None) or handler(meant)
    if facet == "newborn_how" and isinstance(part.context, NotCoveredContext) and not part.citations:
        part = newborn_enrolment(replace(enquiry, facet=facet))
    if facet in ("premium", "assistance") and enquiry.facts.get("category") and part.outcome == "answered":
        return exact(replace(enquiry, facet=facet)) or part
    if handler is statement or part.outcome not in ("answered", "not_covered") or enquiry.follow_up:
        return part
    return _with_beside(enquiry, part)


_WHERE = re.compile("(哪|哪里|哪儿|怎么|咋|咋个)(里|儿|能|才|去|样)*(查|看|瞧|找)")


def _where_to_look(enquiry: Enquiry) -> Part | None:
    """在哪能看见记录: where the notice says one can look, for whoever asks for no record's content."""
    if enquiry.facet != "my_record" or enquiry.record is not None or not _WHERE.search(enquiry.question.text):
        return None
    said = statement(replace(enquiry, facet="pay_receipt"))
    return said if isinstance(said.context, StatementContext) else None


def _with_beside(enquiry: Enquiry, part: Part) -> Part:
    complete = isinstance(part.context, StatementContext | NotCoveredContext | BlankContext | RefundContext)
    said = () if complete else beside(enquiry, render(part, enquiry.kb))
    if not said:
        return part
    cites = tuple(cite for one in said for cite in one.cites)
    citations = each_once((*part.citations, *cites))
    outcome = "answered" if any(isinstance(one, Answer) for one in said) else part.outcome
    return replace(part, beside=said, citations=citations, outcome=outcome)


_HOW_MUCH = re.compile("多少|好多|几个钱|几块|几多|多钱|啥价")
_OF_A_BABY = {"window": "newborn_deadline", "window_late": "newborn_deadline", "coverage": "newborn_cover"}
"""What is asked of a baby in the words of a grown-up's question."""
_GROWN = {
    "newborn_deadline": "window",
    "newborn_cover": "coverage",
    "newborn_fee": "premium",
    "newborn_how": "eligibility",
}
"""What is asked of a child that is no baby any more."""
A_YEAR = 365
NO_BABY = 2
"""Years of age from which nobody is a newborn."""


def _names_a_baby(enquiry: Enquiry) -> bool:
    """Whether this very question speaks of a newborn, and of no year or age that is none's."""
    mentions = enquiry.question.mentions
    baby = any(isinstance(one, FactMention) and one.fact == "newborn" and one.value for one in mentions)
    older = any(isinstance(one, AgeMention) and one.years != 0 for one in mentions)
    return baby and not older and not any(isinstance(one, YearMention) for one in mentions)


def _is_a_babys_record(enquiry: Enquiry) -> bool:
    """Whether the record that answers is that of a child in its first year, of whom nothing is paid yet."""
    record = enquiry.record
    born = record.birth_date if record else None
    return born is not None and (enquiry.today - born).days < A_YEAR and "paid_on" not in enquiry.facts


def _past_year(enquiry: Enquiry) -> bool:
    """去年呢: last year's figure, which a notice may state beside its own."""
    years = enquiry.question.of(YearMention)
    return len(years) == 1 and all(
        isinstance(one, YearMention) and one.relative and one.year < enquiry.today.year for one in years
    )


def _if_no_baby(enquiry: Enquiry) -> str:
    """The facet of a question that sounds like one on a newborn but is about an older child or a student."""
    if enquiry.said.get("student", "none") != "none":
        return "student"
    age = enquiry.said.get("age", 0)
    return _GROWN[enquiry.facet] if isinstance(age, int | float) and age >= NO_BABY else enquiry.facet


_DAYS = re.compile("多少天|多少日|好多天|报多少|报好多|几天|几号")
_TREATMENT = re.compile("门诊|住院|拿药|看病|报销|起付|封顶|限额")
"""Words by which a question on the tiers asks what each pays for, not what each costs."""
_DUTY = re.compile("考核|督查|督导|通报|业绩|约谈")
"""Words of those who work for the insurance; no resident is examined."""
_CHANGE = re.compile("涨|去年|上年|以前|往年|比|变|降|原来|那会儿")
_USABLE = re.compile("能报|报得|能用|用得|报不报|报账|生效|管不管")
_NOT_ENROLLED = re.compile("没参[保上]|没有参保")
"""那低保的没参保呢: what is done with them, not what they pay."""
_AT_ONCE = re.compile(
    "(马上|立马|立刻|立即|当时|直接).{0,3}(报|用|享受)|等.{0,3}(几个月|多久|半年|好久)"
    "|(啥时候|什么时候|好久|几时|多久).{0,6}(报|用|享受)"
)
"""断了五个月，补办了能马上报不: what is asked is the wait, although paying late is spoken of."""
_RATIO = re.compile("多少|比例|几成|百分|好多|门槛|起付|封顶|限额")


def meant_facet(enquiry: Enquiry) -> str:
    """The facet, mended where the words and what is known of the person say more than the classifier heard."""
    text, facet = enquiry.question.text, enquiry.facet
    household = enquiry.state.household or of_the_household(enquiry)
    if household and _HOW_MUCH.search(text) and not facet.startswith(("benefits", "refund", "staff")):
        return "premium"
    if facet.startswith("newborn"):
        facet = _if_no_baby(enquiry)
    elif facet in _OF_A_BABY and (_names_a_baby(enquiry) or _is_a_babys_record(enquiry)):
        facet = _OF_A_BABY[facet]
    if facet == "my_record" and enquiry.follow_up and "paid_on" in enquiry.said:
        return "coverage"
    if facet == "my_record" and enquiry.record is None and enquiry.said.get("category") and _HOW_MUCH.search(text):
        return "assistance"
    if (
        facet in ("newborn_deadline", "newborn_cover", "newborn_how")
        and _HOW_MUCH.search(text)
        and not _DAYS.search(text)
    ):
        return "newborn_fee"
    named = bool(enquiry.question.of(CategoryMention)) or "身份" in text
    if facet == "premium_tiers" and _TREATMENT.search(text):
        return "benefits"
    if facet in HANDLERS and _DUTY.search(text) and not facet.startswith(("target", "notice", "my_record")):
        return "staff_work"
    if facet == "premium_total" and named:
        return "assistance" if enquiry.facts.get("category") else "premium"
    if facet in ("premium", "assistance") and _past_year(enquiry) and not named:
        return "premium_change"
    if facet == "premium_change" and not _CHANGE.search(text):
        return "premium"
    if facet in ("premium", "assistance") and named and _NOT_ENROLLED.search(text):
        return "window_late"
    if facet.startswith("window") and "gap_months" in enquiry.said and _AT_ONCE.search(text):
        return "waiting_period"
    paid = enquiry.record is not None and "paid_on" in enquiry.facts
    if facet == "benefits" and paid and _USABLE.search(text) and not _RATIO.search(text):
        return "coverage"
    return facet
