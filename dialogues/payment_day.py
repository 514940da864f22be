"""Which day of payment is meant: its year where none was said (6月30号交的), the day before one (元旦前), that on record."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dialogues.bound import record_for
from dialogues.disclosure import Audience, Disclosure
from dialogues.enquiry import Enquiry
from dialogues.state import State
from nlu.understanding import DateMention, Question
from policy_kb.facts import Facts, FactValue
from policy_kb.model import Rules
from policy_kb.window import contains, last_open, window_on

ONE_DAY = timedelta(days=1)
_LAST = re.compile(
    "(?:拖|等|挨|捱|卡|压|赶|留|磨|耗)[^，。？！是]{0,4}(?:最后|最末|截止)(?:的)?(?:那|这|当)?一?[天日刻](?!以?前|之前)"
    "|(?<![是算])(?:最后|截止)(?:的)?(?:那|这|当)?一?[天日](?:晚上|夜里|半夜)?(?:我|俺|他|她)?(?:才|再|去|来|交|缴|补|办|弄|搞|整)"
)
"""拖到最后那天才弄, 截止那天再去缴: a day of payment named by the window; 今天是不是最后一天 names none."""
_SUPPOSED = re.compile("那|要是|假如|如果|若是|万一")
"""那我25号交了: supposed, not told."""
_NUMBERED = re.compile("[号日]$|\\d$")


def settled(question: Question, state: State, facet: str, rules: Rules, today: date, audience: Audience) -> Facts:
    """What was said with the day of payment in its year; without one told of the payment on record (过年回来才交的)."""
    record = record_for(state, facet, today) if audience.hears(Disclosure.OWN_RECORD) else None
    enrolment = record.enrolment(rules.year) if record else None
    if enrolment and enrolment.paid and enrolment.paid_on and _told_of_no_day(question, state.said.get("paid_on")):
        return {name: value for name, value in state.said.items() if name != "paid_on"}
    return {**state.said, **payment_day(question, state.said, rules, today)}


def payment_day(question: Question, said: Facts, rules: Rules, today: date) -> Facts:
    """The day of payment in the year in which one can pay; of a day not told as past, else the one to come.

    Empty where the day that was read stands: it lies in a window, its year was said, or it is a newborn's, whose payment no
    window holds.
    """
    day = said.get("paid_on")
    if not isinstance(day, date) or "newborn" in said or "birth_date" in said:
        return {}
    dates = question.of(DateMention)
    behind = next((one for one in dates if one.bound == "after" and one.last + ONE_DAY == day), None)
    mention = behind or next((one for one in dates if one.first == day), None)
    if mention is None:
        return {}
    if _before(mention, rules):
        return {"paid_on": day - ONE_DAY}
    supposed = bool(_SUPPOSED.match(question.text))
    told = mention.told and not behind and not supposed
    if (_payable(rules, day) and not (supposed and day < today)) or (day >= today and not told):
        return {}
    known = [one + ONE_DAY if behind else one for one in mention.others]
    coming = [one for one in known if one >= today]
    within = [one for one in (known if told else coming) if _payable(rules, one)]
    meant = min(within or (() if told else coming), key=lambda one: abs((one - today).days), default=None)
    return {"paid_on": meant} if meant else {}


def on_last_day(enquiry: Enquiry) -> Enquiry:
    """The enquiry with the last day of this person's windows as that of payment, where the words name it so (拖到最后那天)."""
    if not _LAST.search(enquiry.question.text) or enquiry.question.of(DateMention):
        return enquiry
    day = _last_payable(enquiry)
    if day is None:
        return enquiry
    return replace(enquiry.with_facts(paid_on=day), said={**enquiry.said, "paid_on": day})


def _told_of_no_day(question: Question, day: FactValue | None) -> bool:
    """Whether the day of payment stands for a time in which somebody says to have paid, and for no day of it."""
    dates = [one for one in question.of(DateMention) if one.told and not _SUPPOSED.match(question.text)]
    vague = [one for one in dates if one.precision != "day" or one.bound != "on"]
    return isinstance(day, date) and any(one.first <= day <= one.last + ONE_DAY for one in vague)


def inexact(enquiry: Enquiry, day: date | None) -> bool:
    """Whether a day of payment stands for a longer stretch that was named (2月里, 过了年)."""
    stretches = (one for one in enquiry.question.of(DateMention) if one.precision != "day")
    return any(day in (one.first, *one.others) for one in stretches)


def _last_payable(enquiry: Enquiry) -> date | None:
    """The last day on which the person can pay, by what is known; None after the end, or where none is stated."""
    given, rules = enquiry.assuming(), enquiry.policy.rules
    facts = {name: value for name, value in given.facts.items() if name != "paid_on"}
    here = window_on(rules, facts, enquiry.today).value
    last = (here.last or here.closes) if here and here.state != "after" else None
    ends = [last_open(one) for one in rules.windows if one.closes == last and last]
    return max((one for one in ends if one), default=None)


def _before(mention: DateMention, rules: Rules) -> bool:
    """Whether 元旦前 leaves the day itself out: it is a feast, or the first day of another window or of none."""
    if mention.bound != "before" or mention.precision != "day":
        return False
    edges = [day for one in rules.windows for day in (one.opens, one.closes and one.closes + ONE_DAY)]
    return not _NUMBERED.search(mention.span.text) or mention.first in edges


def _payable(rules: Rules, day: date) -> bool:
    """Whether somebody can pay on that day."""
    return any(contains(one, day, rules.year) for one in rules.windows)
