"""What is different if the premium is paid on one day or another (今天交跟明天交, 早交晚交有啥不一样)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from dialogues.enquiry import Enquiry
from dialogues.later_payment import Later, later_payments
from dialogues.reply import Context, Part
from nlu.understanding import DateMention
from policy_kb.citation import each_once
from policy_kb.coverage import cover
from policy_kb.decision import Cover
from policy_kb.window import window_on

_DIFFERS = re.compile("区别|差别|不一样|一样|不同|影响|划算|好些|哪个好|哪天好|差在")
_EARLY_OR_LATE = re.compile(
    "早点?[交缴]?(?:跟|和|与|、|还是|或)?晚点?[交缴]|晚点?[交缴](?:跟|和|与|、)?早点?[交缴]|先[交缴]后[交缴]"
)
_JOINED = re.compile("[^，。？！]{0,4}(?:跟|和|与|还是|或者?|比|、)[^，。？！]{0,3}")
_COMPARED = 2


@dataclass(frozen=True)
class PaidThen:
    """A day of payment: whether one can pay then, and the cover it gives, where that is known."""

    day: date
    payable: bool
    cover: Cover | None


@dataclass(frozen=True)
class DaysComparedContext(Context):
    """The days compared, or the stretches of days from today on that lead to different cover."""

    template = "days_compared"
    year: int
    days: tuple[PaidThen, ...]
    later: tuple[Later, ...]
    alike: bool


def days_compared(enquiry: Enquiry) -> Part | None:
    """Each day with what follows from it; None where no days are compared, or none of them leads to any cover."""
    text = enquiry.question.text
    if not _DIFFERS.search(text):
        return None
    if pair := _pair(enquiry):
        return _of_days(enquiry, pair)
    return _of_stretches(enquiry) if _EARLY_OR_LATE.search(text) else None


def _pair(enquiry: Enquiry) -> tuple[date, ...]:
    """The two days that are held against one another (今天跟明天); empty where no word joins them."""
    days = [one for one in enquiry.question.of(DateMention) if one.precision == "day"]
    if len(days) != _COMPARED or days[0].first == days[1].first:
        return ()
    between = enquiry.question.text[days[0].span.end : days[1].span.start]
    return (days[0].first, days[1].first) if _JOINED.fullmatch(between) else ()


def _of_days(enquiry: Enquiry, days: tuple[date, ...]) -> Part | None:
    given, rules = enquiry.assuming(), enquiry.policy.rules
    found = []
    steps = []
    for day in days:
        standing, covered = window_on(rules, given.facts, day), cover(rules, given.facts, day)
        payable = standing.value is not None and standing.value.state == "open"
        found.append(PaidThen(day, payable, covered.value if payable else None))
        steps += [*standing.citations, *(covered.citations if payable else ())]
    told = [one.cover for one in found if one.cover and (one.cover.starts or one.cover.at_once)]
    if len(told) < sum(one.payable for one in found) or not told:
        return None
    alike = len(told) == len(found) and len({(one.starts, one.at_once, one.ends) for one in told}) == 1
    context = DaysComparedContext(rules.year, tuple(found), (), alike)
    return Part(enquiry.facet, "answered", context, each_once(tuple(steps)))


def _of_stretches(enquiry: Enquiry) -> Part | None:
    later, cites = later_payments(replace(enquiry, facet="coverage"))
    if not later:
        return None
    return Part(enquiry.facet, "answered", DaysComparedContext(enquiry.year, (), later, alike=False), cites)
