"""Which handler answers which facet (key of topics.yml); whatever is not computed is found among the statements."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias, cast

from dialogues.asked_in_words import facet_by_words
from dialogues.babies import HOW_MUCH, fee_of_a_baby, of_a_baby
from dialogues.continuing import TO_WHAT_AGE
from dialogues.enquiry import Enquiry
from dialogues.rendering import render
from dialogues.reply import Part
from dialogues.topics.after_employment import after_employment
from dialogues.topics.coverage_period import coverage_period, wait_after_gap
from dialogues.topics.days_compared import days_compared
from dialogues.topics.duplicate import duplicate
from dialogues.topics.funding import funding
from dialogues.topics.household_record import household_record, of_the_household
from dialogues.topics.household_total import HouseholdContext
from dialogues.topics.leading import tiers
from dialogues.topics.my_record import my_record
from dialogues.topics.newborn import newborn_enrolment
from dialogues.topics.newborn_fees import newborn_fees
from dialogues.topics.next_steps import PROCEDURES, asks_next, next_steps, of_any_way, whole_procedure
from dialogues.topics.not_covered import NotCoveredContext
from dialogues.topics.notice_facts import notice_facts
from dialogues.topics.own_case import of_an_age, of_the_category
from dialogues.topics.premium import premium
from dialogues.topics.refund import RefundContext, refund
from dialogues.topics.statement import StatementContext, beside, exact, statement
from dialogues.topics.target import TOLD_ALONE, target
from dialogues.topics.unpaid import unpaid
from dialogues.topics.waiting_period import waiting
from dialogues.topics.where_to_look import where_to_look
from dialogues.topics.window import over_by_then, window
from dialogues.treatment_day import treatment_day
from nlu.understanding import CategoryMention, YearMention
from policy_kb.citation import each_once
from policy_kb.model import Answer

Handler: TypeAlias = Callable[[Enquiry], Part]


def _premium(enquiry: Enquiry) -> Part:
    """A household's total where one was described or is on record, else one person's premium."""
    if of_the_household(enquiry):
        return household_record(enquiry)
    return premium(enquiry)


_TERSE = 12
"""Characters of a message that says little more than who is meant (俺娘没吃低保，她呢)."""


def _assistance(enquiry: Enquiry) -> Part:
    """A helped person's figure where a category is known; else what the notice says of assistance in general."""
    if enquiry.follow_up and TO_WHAT_AGE.search(enquiry.question.text) and (limit := of_an_age(enquiry)):
        return limit
    text = enquiry.question.text
    if own := of_the_category(enquiry):
        return own
    priced = enquiry.follow_up or len(text) <= _TERSE or bool(HOW_MUCH.search(text))
    denied = priced and any(one.negated for one in enquiry.question.of(CategoryMention))
    if (
        denied
        or enquiry.facts.get("category")
        or enquiry.readings
        or enquiry.state.household
        or of_the_household(enquiry)
    ):
        return _premium(enquiry)
    said = statement(enquiry)
    return said if isinstance(said.context, StatementContext) else premium(enquiry)


def _double(enquiry: Enquiry) -> Part:
    """Two categories of one person by their figures; with one alone (残疾，不是低保; 那孤儿呢) its figure; with none named, the notice's words."""
    known = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    another = enquiry.follow_up or any(one.negated for one in enquiry.question.of(CategoryMention))
    if another and len(known) == 1:
        return premium(replace(enquiry, facet="assistance"))
    return premium(enquiry) if len(known) > 1 else statement(enquiry)


HANDLERS: dict[str, Handler] = {
    "premium": _premium,
    "assistance": _assistance,
    "assistance_double": _double,
    "premium_total": funding,
    "premium_change": funding,
    "premium_tiers": tiers,
    "window": window,
    "window_late": window,
    "waiting_period": waiting,
    "coverage": coverage_period,
    "newborn_deadline": newborn_enrolment,
    "newborn_cover": newborn_enrolment,
    "newborn_fee": newborn_fees,
    "my_record": my_record,
    "duplicate": duplicate,
    "refund": refund,
    "target": target,
    "notice_number": notice_facts,
    "notice_date": notice_facts,
    "notice_basis": notice_facts,
    "notice_issuer": notice_facts,
    "notice_about": notice_facts,
}
"""Facets with a handler of their own."""


OF_DAYS = frozenset({"window", "window_late", "coverage", "premium_tiers", "waiting_period", "premium", "assistance"})
"""Facets under which two days of payment are compared."""


OF_JOINING = frozenset({"transfer", "eligibility", "duplicate", "window", "window_late", "how_to_register"})
"""Facets under which somebody may ask to join after 职工医保."""


def answer(enquiry: Enquiry) -> Part:
    """The part for an enquiry: computed where the facet is, with a statement beside it that fits the words; else found."""
    if enquiry.unheld is not None:
        return my_record(enquiry)
    if enquiry.follow_up and asks_next(enquiry.question.text) and (steps := next_steps(enquiry)):
        return steps
    if joins_or_lacks := after_employment(enquiry) if enquiry.facet in OF_JOINING else unpaid(enquiry):
        return joins_or_lacks
    if enquiry.facet in OF_DAYS and (compared := days_compared(enquiry)):
        return compared
    facet = meant_facet(enquiry)
    whom = enquiry.follow_up and facet.startswith("window") and _WHOM.search(enquiry.question.text)
    handler = statement if whom else HANDLERS.get(facet, statement)
    meant = of_any_way(_under(enquiry, facet))
    part = where_to_look(meant) or (whole_procedure(meant) if facet in PROCEDURES else None) or handler(meant)
    if facet == "newborn_how" and isinstance(part.context, NotCoveredContext) and not part.citations:
        part = newborn_enrolment(replace(enquiry, facet=facet))
    asked_sum = facet in ("premium", "assistance") and enquiry.facet != "newborn_fee" and not enquiry.state.household
    if asked_sum and enquiry.facts.get("category") and part.outcome == "answered" and not enquiry.follow_up:
        return exact(replace(enquiry, facet=facet)) or part
    if asked_sum and enquiry.follow_up and part.outcome == "not_covered" and _PUBLIC.search(enquiry.question.text):
        return funding(replace(enquiry, facet="premium_total"))
    if handler is statement or part.outcome not in ("answered", "not_covered") or enquiry.follow_up:
        return part
    return _with_beside(enquiry if facet == enquiry.facet or not facet.startswith("newborn") else meant, part)


_PUBLIC = re.compile("(?:财政|国家|政府|公家|上头)[^，。？！]{0,3}(?:补|出|贴|给)")
"""财政补好多, where the notice gives no sum for the category told: what the public gives for everybody."""
_WHOM = re.compile("(?:哪些|哪种|哪几种|什么|啥|啥样的?)人|谁")
"""哪些人允许: for whom it holds is asked, not until when."""


def _under(enquiry: Enquiry, facet: str) -> Enquiry:
    """The enquiry under the facet meant; what the tiers pay for (门诊这块二档能用到好多) is then no question on prices."""
    meant, heard = replace(enquiry, facet=facet), enquiry.question
    if (facet, enquiry.facet) != ("benefits", "premium_tiers") or _COMPARES.search(heard.text):
        return meant
    others = tuple(one for one in heard.ranking if one.facet != enquiry.facet)
    return replace(meant, question=replace(heard, ranking=others))


_COMPARES = re.compile("好处|区别|不同|不一样|划算|划得来|合算|差")


def _with_beside(enquiry: Enquiry, part: Part) -> Part:
    complete = isinstance(
        part.context, (StatementContext, NotCoveredContext, RefundContext, HouseholdContext, *TOLD_ALONE)
    )
    said = () if complete else beside(enquiry, lambda: render(part, enquiry.kb))
    if not said:
        return part
    cites = tuple(cite for one in said for cite in one.cites)
    citations = each_once((*part.citations, *cites))
    outcome = "answered" if any(isinstance(one, Answer) for one in said) else part.outcome
    return replace(part, beside=said, citations=citations, outcome=outcome)


def _past_year(enquiry: Enquiry) -> bool:
    """去年呢: last year's figure, which a notice may state beside its own."""
    years = enquiry.question.of(YearMention)
    return len(years) == 1 and all(one.relative and one.year < enquiry.today.year for one in years)


_TREATMENT = re.compile("门诊|住院|拿药|看病|报销|起付|封顶|限额")
"""Words by which a question on the tiers asks what each pays for, not what each costs."""
_DUTY = re.compile("考核|督查|督导|通报|业绩|约谈")
"""Words of those who work for the insurance; no resident is examined."""
_CHANGE = re.compile("涨|去年|上年|以前|往年|比|变|降|原来|那会儿")
_USABLE = re.compile("能报|报得|能用|用得|报不报|报账|生效|管不管")
_PAYS = re.compile(
    "[要得该]([交缴出掏]|花)?(多少|好多|几个钱|几块)(?!天|个月|年|人|户)|[交缴出掏](多少|好多|几个钱|几块)(?!天|个月|年|人|户)"
)
"""低保户现在补交要多少: what is asked is the sum, although paying late is spoken of."""
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
    if by_words := facet_by_words(enquiry):
        return by_words
    household = enquiry.state.household or of_the_household(enquiry)
    if household and HOW_MUCH.search(text) and not facet.startswith(("benefits", "refund", "staff")):
        return "premium"
    facet = of_a_baby(enquiry)
    if facet == "my_record" and enquiry.follow_up and "paid_on" in enquiry.said:
        return "coverage"
    if facet == "my_record" and enquiry.record is None and enquiry.said.get("category") and HOW_MUCH.search(text):
        return "assistance"
    if fee := fee_of_a_baby(enquiry, facet):
        return fee
    named = bool(enquiry.question.of(CategoryMention)) or "身份" in text
    if facet.startswith(("window", "target")) and enquiry.facts.get("category") and _PAYS.search(text):
        return "assistance"
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
    if facet == "coverage" and over_by_then(enquiry):
        return "waiting_period" if wait_after_gap(enquiry, None) else "window"
    if facet.startswith("window") and "gap_months" in enquiry.said and _AT_ONCE.search(text):
        return "waiting_period"
    treated = enquiry.record is not None or treatment_day(enquiry.question) is not None
    paid = treated and "paid_on" in enquiry.facts
    if facet == "benefits" and paid and _USABLE.search(text) and not _RATIO.search(text):
        return "coverage"
    return facet
