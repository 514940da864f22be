"""The day on which somebody sees a doctor (1月10号要是先看了病): whether cover has begun by then."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from dialogues.enquiry import Enquiry
from dialogues.state import State
from nlu.understanding import DateMention, Question
from policy_kb.decision import Cover

Standing: TypeAlias = Literal["before", "doubtful", "covered", "over"]
ILL = re.compile(
    "看(?:了|过|个|场|的|一次){0,2}(?:病|医生|急诊|门诊)|[住出](?:了|过|的|进){0,2}(?:医)?院|生了?病|得了?病|害了?病|病[了倒]|手术|开刀|抢救|急诊|门诊"
    "|[拿开抓]了?药|摔|受了?伤"
)
"""Words of treatment, whose day is none of payment."""
_THEN = re.compile(f"[^。？！交缴补生]{{0,8}}?(?:{ILL.pattern})")
_BARE_WORDS = ("", "看", "住", "去")
_BARE = 10
"""Characters up to which a day alone (7月5号呢) goes on with the one before."""


@dataclass(frozen=True)
class Treatment:
    """The day, and where it stands to the cover that a payment gives."""

    day: date
    standing: Standing


def treatment(enquiry: Enquiry, cover: Cover | None) -> Treatment | None:
    """The day of treatment asked about, against a cover that has a first day; None where either is not known."""
    day = treatment_day(enquiry.question, enquiry.state.question if enquiry.follow_up else "")
    if day is None or cover is None or cover.starts is None:
        return None
    first = min(cover.starts.safe, cover.starts.other or cover.starts.safe)
    if day < first:
        return Treatment(day, "before")
    if day < cover.starts.safe:
        return Treatment(day, "doubtful")
    return Treatment(day, "over" if cover.ends and day > cover.ends else "covered")


def treatment_day(question: Question, earlier: str = "") -> date | None:
    """The one day that stands before words of illness; a day alone, where the question it follows was on such a day."""
    days = [one for one in question.of(DateMention) if one.precision == "day" and one.role != "birth"]
    told = [one for one in days if one.span.end and _THEN.match(question.text, one.span.end)]
    if len(told) == 1:
        return told[0].first
    alone = (
        len(days) == 1 and days[0].role == "other" and question.residue in _BARE_WORDS and len(question.text) <= _BARE
    )
    return days[0].first if alone and ILL.search(earlier) else None


def of_treatment(question: Question, state: State, goes_on: bool) -> bool:
    """Whether the day that a message names is one of treatment, so that it is not taken for that of payment."""
    days = question.of(DateMention)
    return (
        len(days) == 1
        and days[0].role != "birth"
        and treatment_day(question, state.question if goes_on else "") == days[0].first
    )
