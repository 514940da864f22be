"""Which cover year (参保年度) a question is about: the one named, else the one the day suggests."""

from __future__ import annotations

from datetime import date, timedelta

from dialogues.state import State
from nlu.understanding import Question, YearMention
from policy_kb.knowledge import KnowledgeBase, Policy

SEASON_BEGINS = 10
"""Month from which 今年的医保 means next year's cover: the payment season (集中缴费期) of most counties."""
_OF_A_PAST_YEAR = ("premium_total", "premium_tiers", "my_record", "coverage")
"""Facets under which 去年 is the cover year asked about; elsewhere it tells when something happened."""
_WITHIN = ("target", "newborn", "staff", "notice")
_PAYING = ("premium", "window", "assistance", "how_to", "pay_", "compulsory", "whole_household", "my_record")


def cover_year(question: Question, state: State, facet: str, kb: KnowledgeBase, place: str, today: date) -> int:
    """The cover year asked about."""
    named = [one for one in question.of(YearMention) if isinstance(one, YearMention)]
    if named and not _of_the_notice(named[-1], facet, today, held=kb.policy_for(place, named[-1].year) is not None):
        return _named(named[-1], kb, place, today, facet)
    if state.year is not None:
        return state.year
    return suggested_year(kb, place, today, facet)


def _of_the_notice(mention: YearMention, facet: str, today: date, held: bool) -> bool:
    """Whether a year is a matter inside the notice at hand: 去年多少, the column of a table, a newborn's two years."""
    past = mention.relative and mention.year < today.year
    return (past and not facet.startswith(_OF_A_PAST_YEAR)) or (facet.startswith(_WITHIN) and not held)


def _named(mention: YearMention, kb: KnowledgeBase, place: str, today: date, facet: str) -> int:
    """今年 in the payment season means the year that is being paid for; 今年的还交得到不, while only its notice is held, that."""
    if mention.relative and mention.year == today.year:
        if (
            facet.startswith("window")
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
    named = [one for one in question.of(YearMention) if isinstance(one, YearMention)]
    if not named:
        return state.year
    if named[-1].relative:
        return None
    return year if named[-1].year == year else state.year
