"""What the bot asks or says when it cannot answer yet: the place, the topic, a year without a notice, a fault of the message."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogues.places import name_of
from dialogues.reply import Choice, Context, Part
from dialogues.state import State
from policy_kb.citation import Citation
from policy_kb.knowledge import KnowledgeBase


@dataclass(frozen=True)
class AskPlaceContext(Context):
    """The places whose notices are held, as quick replies."""

    template = "ask_place"
    places: tuple[str, ...]


@dataclass(frozen=True)
class AskWhatContext(Context):
    """The topics to choose from; `degraded` where understanding is down for the moment."""

    template = "ask_what"
    labels: tuple[str, ...]
    degraded: bool


@dataclass(frozen=True)
class NoNoticeContext(Context):
    """A place or year without a notice; the cover years that are held for that place, latest first."""

    template = "no_notice"
    place: str
    year: int
    held: tuple[int, ...]
    last_title: str | None
    hotline: str


@dataclass(frozen=True)
class FaultContext(Context):
    """What is wrong with the message, by the ids of the reader."""

    template = "fault"
    faults: tuple[str, ...]
    hotline: str


@dataclass(frozen=True)
class ClauseWordsContext(Context):
    """The clauses of the last answer in the notice's own words."""

    template = "clause_words"
    clauses: tuple[tuple[str, str], ...]


NO_ID_NUMBERS = "另外，请不要在这里发身份证号。"
"""Told where a message held an ID number (right or wrong) beside its question."""
UNREAL_DAY = frozenset({"no_such_day", "far_date"})
"""Faults of a day that was said."""
_USUAL = ("premium", "window", "newborn_deadline")


def ask_place(kb: KnowledgeBase, facet: str) -> Part:
    """请问您是哪里的: every notice holds for its own place only."""
    regions = kb.held_regions()
    choices = tuple(Choice(name_of(one.code, kb), place=one.code) for one in regions)
    return Part(facet, "asked", AskPlaceContext(tuple(one.label for one in choices)), choices=choices, asks="place")


def ask_what(labels: dict[str, str], facets: tuple[str, ...], degraded: bool = False) -> Part:
    """Two or three topics in plain words, and a person."""
    offered = (*(facets or _USUAL), "human")
    choices = tuple(Choice(labels[one], facet=one) for one in offered)
    return Part("off_topic" if not facets else facets[0], "asked", AskWhatContext(tuple(one.label for one in choices), degraded),
                choices=choices, asks="facet")  # fmt: skip


def no_notice(kb: KnowledgeBase, facet: str, code: str, year: int) -> Part:
    """没有收录: of that place and year; the figures of another year are not this year's."""
    held = kb.policies_of(code)
    context = NoNoticeContext(
        place=name_of(code, kb),
        year=year,
        held=tuple(one.notice.year for one in held),
        last_title=held[0].notice.short_title if held else None,
        hotline=kb.hotline,
    )
    return Part(facet, "not_covered", context)


def fault(faults: tuple[str, ...], hotline: str) -> Part:
    """A message that cannot be read: what is wrong with it and what to do."""
    return Part("off_topic", "asked", FaultContext(faults, hotline))


def unreal_day_first(faults: tuple[str, ...]) -> tuple[str, ...]:
    """The faults with those of a day before the others."""
    return tuple(sorted(faults, key=lambda one: one not in UNREAL_DAY))


def last_reply(citations: tuple[Citation, ...], kb: KnowledgeBase) -> Part:
    """The clauses the last answer stood on, word for word."""
    clauses = tuple((one.clause, kb.notices[one.notice].notice.text_of(one.clause)) for one in citations)
    return Part("show_clause", "answered", ClauseWordsContext(clauses), citations)


def asking_the_day(state: State) -> State:
    """The question stays open until a day that exists is given."""
    if state.facet is None or state.pending:
        return state
    pending = "birth_date" if state.facet.startswith("newborn") else "paid_on"
    return replace(state, pending=pending, pending_facet=state.facet)
