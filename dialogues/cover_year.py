"""Which cover year (参保年度) a question is about: the one named, else the one the day suggests."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dialogues.state import State
from nlu.understanding import Question, YearMention
from policy_kb.knowledge import KnowledgeBase, Policy

SEASON_BEGINS = 10
"""Month from which 今年的医保 means next year's cover: the payment season (集中缴费期) of most counties."""
_OF_A_PAST_YEAR = ("premium_total", "premium_tiers", "my_record", "coverage")
"""Facets under which 去年 is the cover year asked about; elsewhere it tells when something happened."""
_NEXT = re.compile("明年|(?<!原)来年(?!年)|下一?年度?的")
_WITHIN = ("target", "newborn", "staff", "notice")
_PAYING = ("premium", "window", "assistance", "how_to", "pay_", "compulsory", "whole_household", "my_record")
_HAPPENED = re.compile(
    "(?:去|前)年[^，。？！]{0,10}(?:漏|断|忘|没给|生的|去世|过世|嫁|退伍|退休|搬|迁|毕业|辞|下岗|认定|评上)"
)
"""去年冬里把她报漏了: when something happened, not the cover year."""


def cover_year(
    question: Question, state: State, facet: str, kb: KnowledgeBase, place: str, today: date, goes_on: bool = False
) -> int:
    """The cover year asked about; a question that `goes_on` with the last one stays with the year of its answer."""
    named = question.of(YearMention)
    held = bool(named) and kb.policy_for(place, named[-1].year) is not None
    happened = _HAPPENED.search(question.text)
    if named and not happened and not _of_the_notice(named[-1], facet, today, held):
        return _meant(named[-1], state, kb, place, today, facet)
    if state.year is not None:
        return state.year
    if goes_on and (last := _last_answered(state, kb, place)):
        return last
    return suggested_year(kb, place, today, facet)


def _last_answered(state: State, kb: KnowledgeBase, place: str) -> int | None:
    """The year of the notice that the last answer cites, where it is one of this place."""
    cited = {one.notice for one in state.citations}
    return next((one.notice.year for one in kb.policies_of(place) if one.notice.id in cited), None)


def _of_the_notice(mention: YearMention, facet: str, today: date, held: bool) -> bool:
    """Whether a year is a matter inside the notice at hand: 去年多少, the column of a table, a newborn's two years."""
    past = mention.relative and mention.year < today.year
    return (past and not facet.startswith(_OF_A_PAST_YEAR)) or (facet.startswith(_WITHIN) and not held)


def _meant(mention: YearMention, state: State, kb: KnowledgeBase, place: str, today: date, facet: str) -> int:
    """今年 in the payment season means the year that is being paid for; 今年的还交得到不, while only its notice is held, that.

    Asked after the coming year (那今年的呢), it is the year of the calendar.
    """
    if mention.relative and mention.year == today.year:
        if state.year == today.year + 1 or (state.question and _NEXT.search(state.question)):
            return today.year
        if (
            facet.startswith(("window", "coverage", "waiting"))
            and kb.policy_for(place, today.year + 1) is None
            and kb.policy_for(place, today.year)
        ):
            return today.year
        return suggested_year(kb, place, today, "premium")
    return mention.year


def suggested_year(kb: KnowledgeBase, place: str, today: date, facet: str) -> int:
    """Next year where its notice's window has opened or the season has begun; else this year."""
    following = kb.policy_for(place, today.year + 1)
    this = kb.policy_for(place, today.year)
    if following is not None and (today.month >= SEASON_BEGINS or _window_near(following, today) or this is None):
        return today.year + 1
    if this is not None and not (today.month >= SEASON_BEGINS and facet.startswith(_PAYING)):
        return today.year
    return today.year + 1 if today.month >= SEASON_BEGINS else today.year


def _window_near(policy: Policy, today: date) -> bool:
    opens = min((one.opens for one in policy.rules.windows if one.opens), default=None)
    return opens is not None and opens - timedelta(days=45) <= today


def year_kept(question: Question, state: State, year: int) -> int | None:
    """The cover year later questions are about: the one named by its number; 今年 goes back to what the day suggests."""
    named = question.of(YearMention)
    if not named:
        return state.year
    if named[-1].relative:
        return None
    return year if named[-1].year == year else state.year
