"""A day without its month (那20号呢) after a day of payment that was told: the month it is meant in."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date

from dialogues.state import State
from nlu.understanding import DateMention, Mention, Question

_DAY_ALONE = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[号日]?")


def in_month_told(question: Question, state: State) -> Question:
    """The question with each day that would lie before the day told, and names no month, in that day's month."""
    before = state.said.get("paid_on")
    if not isinstance(before, date):
        return question
    return replace(question, mentions=tuple(_in_month(one, before) for one in question.mentions))


def _in_month(mention: Mention, before: date) -> Mention:
    if not isinstance(mention, DateMention) or mention.precision != "day" or mention.first >= before:
        return mention
    if not _DAY_ALONE.fullmatch(mention.span.text) or mention.first.day > monthrange(before.year, before.month)[1]:
        return mention
    day = before.replace(day=mention.first.day)
    return replace(mention, first=day, last=day, others=(mention.first, *mention.others))
