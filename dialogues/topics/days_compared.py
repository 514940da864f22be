"""What is different if the premium is paid on one day or another (今天交跟明天交, 早交晚交有啥不一样)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from dialogues.enquiry import Enquiry
from dialogues.later_payment import Later, later_payments
from dialogues.reply import Context, Part
from dialogues.topics.due_lines import DueLine, due_table, general
from nlu.understanding import DateMention
from policy_kb.citation import Citation, each_once
from policy_kb.coverage import cover
from policy_kb.decision import Cover
from policy_kb.window import contains, window_on

_DIFFERS = re.compile("区别|差别|不一样|一样|不同|影响|划算|好些|哪个好|哪天好|差在|多[交缴花]|少[交缴花]|贵")
_EARLY_OR_LATE = re.compile(
    "早点?[交缴]?(?:跟|和|与|、|还是|或)?晚点?[交缴]|晚点?[交缴](?:跟|和|与|、)?早点?[交缴]|先[交缴]后[交缴]"
)
_JOINED = re.compile("[^，。？！]{0,4}(?:跟|和|与|还是|或者?|比|、)[^，。？！]{0,3}")
_MONEY = re.compile("钱|价|费用|金额|(?:多|少|贵|便宜)[交缴花出]?|[交缴](?:多少|好多)")
"""钱上有啥区别: the sums are compared, not the cover."""
_COMPARED = 2


@dataclass(frozen=True)
class PaidThen:
    """A day of payment: whether one can pay then, the cover it gives, where that is known, and what is then paid."""

    day: date
    payable: bool
    cover: Cover | None
    only: str | None
    """Who alone can pay on that day, where the person asking is not known to be one of them."""
    lines: tuple[DueLine, ...]

    @property
    def bears_subsidy(self) -> bool:
        """Whether the payer bears the public subsidy too."""
        return any(one.bears_subsidy for one in self.lines)


@dataclass(frozen=True)
class DaysComparedContext(Context):
    """The days compared, or the stretches of days from today on that lead to different cover.

    `money`: what is different in money was asked; `dearer`: the day on which the public subsidy is borne too, unlike the other.
    """

    template = "days_compared"
    year: int
    days: tuple[PaidThen, ...]
    later: tuple[Later, ...]
    alike: bool
    money: bool = False
    dearer: date | None = None


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
    cites: list[Citation] = []
    money = bool(_MONEY.search(enquiry.question.text))
    for day in days:
        standing, covered = window_on(rules, given.facts, day), cover(rules, given.facts, day)
        payable = standing.value is not None and standing.value.state == "open"
        table = due_table(enquiry.with_facts(paid_on=day))
        only = None if payable else _only(enquiry, day)
        found.append(PaidThen(day, payable, covered.value if payable else None, only, general(table.lines)))
        cites += [*standing.citations, *(covered.citations if payable else ()), *(table.citations if money else ())]
    told = [one.cover for one in found if one.cover and (one.cover.starts or one.cover.at_once)]
    payable_days = sum(one.payable for one in found)
    if not payable_days or (len(told) < payable_days and not money):
        return None
    alike = len(told) == len(found) and len({(one.starts, one.at_once, one.ends) for one in told}) == 1
    dearer = [one.day for one in found if one.bears_subsidy]
    context = DaysComparedContext(
        rules.year, tuple(found), (), alike, money, dearer=dearer[0] if len(dearer) == 1 else None
    )
    return Part(enquiry.facet, "answered", context, each_once(tuple(cites)))


def _only(enquiry: Enquiry, day: date) -> str | None:
    """Who can pay on a day on which others cannot (春节返乡的外出务工人员), unless the person is known to be none of them."""
    rules = enquiry.policy.rules
    here = [one for one in rules.windows if one.when.needs and contains(one, day, rules.year)]
    return next((one.for_whom for one in here if one.when.holds(enquiry.facts) is not False), None)


def _of_stretches(enquiry: Enquiry) -> Part | None:
    later, cites = later_payments(replace(enquiry, facet="coverage"))
    if not later:
        return None
    return Part(enquiry.facet, "answered", DaysComparedContext(enquiry.year, (), later, alike=False), cites)
