"""Whether one may join this insurance after 职工医保 has ended (辞职了，能交居民医保不), before how the one passes into the other."""

from __future__ import annotations

import re

from dialogues.enquiry import Enquiry
from dialogues.left_work import asks_to_join, left_work
from dialogues.reply import Part
from dialogues.topics.own_case import own_case
from dialogues.topics.statement import StatementContext, ranked
from policy_kb.citation import each_once
from policy_kb.facts import Facts
from policy_kb.model import Answer, Silence

_PLAINLY = "没有参加职工医保的本地人能不能参加居民医保"
"""The question of somebody without 职工医保, whatever the story before it."""
_PASSING_OVER = "职工医保断了怎么转居民"
_STILL = re.compile("还能|还可以|还[交缴收补]|来得及|补[交缴办]|晚")
"""断了五个月，居民的还能交不: heard as a question on the time, it is one."""
_ANY = 0.2
"""Score from which a statement made for just this category is told of its joining."""
_OF_HELP = frozenset({"premium", "assistance", "assistance_how", "assistance_double"})
_LOCAL: Facts = {"hukou": "local", "insured_elsewhere": False}
"""What is taken as given of somebody who says nothing of it; the headline names whom it holds for."""


def after_employment(enquiry: Enquiry) -> Part | None:
    """Who may join, and then what the notice says of passing over or does not; None where that is not what is asked.

    Of somebody in a category (退役军人) first what it says of their passing over.
    """
    if not asks_to_join(enquiry.question):
        return None
    if enquiry.said.get("category") and (theirs := _of_the_category(enquiry)):
        return theirs
    ended = enquiry.facts.get("employee_insured") is False and left_work(enquiry.question)
    in_time = enquiry.facet.startswith("window") and _STILL.search(enquiry.question.text)
    if not ended or in_time:
        return None
    may = _who_may(enquiry)
    if may is None:
        return None
    found = enquiry.finder.statements(enquiry.policy, f"{_PASSING_OVER}，{enquiry.question.text}", ("transfer",))
    beside = next((one for one in found if _of_passing_over(one.answer or one.silence, enquiry)), None)
    answers = (may, beside.answer) if beside and beside.answer and beside.answer != may else (may,)
    citations = each_once(cite for one in answers for cite in one.cites)
    context = StatementContext(may.first, answers, beside.silence if beside else None)
    return Part(enquiry.facet, "answered", context, citations)


def _of_the_category(enquiry: Enquiry) -> Part | None:
    """What is said of the joining of just these (退役军人); who may join, where else only help for them would be told."""
    if enquiry.facet not in ("eligibility", "transfer"):
        return None
    if own := own_case(enquiry, "transfer", "waiting_period", least=_ANY):
        return own
    best = next((one.answer or one.silence for one in ranked(enquiry)), None)
    apart = best is None or bool(_OF_HELP & set(best.facets)) or best.when.holds(enquiry.facts) is None
    may = _who_may(enquiry) if apart else None
    return Part(enquiry.facet, "answered", StatementContext(may.first, (may,), None), may.cites) if may else None


def _of_passing_over(said: Answer | Silence | None, enquiry: Enquiry) -> bool:
    """Whether a statement is first of all on passing over, for this person as far as is known."""
    return said is not None and said.facets[0] == "transfer" and said.when.holds(enquiry.assuming().facts) is not False


def _who_may(enquiry: Enquiry) -> Answer | None:
    """The statement on who may join that is made for whoever has no 职工医保; else the one on all."""
    given = {**_LOCAL, **enquiry.assuming().facts}
    found = [one.answer for one in enquiry.finder.statements(enquiry.policy, _PLAINLY, ("eligibility",)) if one.answer]
    holding = [one for one in found if one.when.holds(given)]
    theirs = [one for one in holding if "employee_insured" in one.when.needs]
    chosen = sorted(theirs, key=lambda one: "transfer" not in one.facets)
    return next(iter((*chosen, *holding)), None)
