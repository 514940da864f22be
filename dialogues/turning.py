"""What a conversation keeps when a question turns to somebody else, to one of a household, or to all of them."""

from __future__ import annotations

from dataclasses import replace

from dialogues.follow_up import Reading
from dialogues.relatives import asks_total, of_one, several_in, told_of
from dialogues.said import Said
from dialogues.state import Member, State
from nlu.understanding import Question
from policy_kb.knowledge import KnowledgeBase

_SAME = {"baby": "child", "grandchild": "child"}
"""Words for one and the same child."""


def other_person(state: State, said: Said, reading: Reading) -> bool:
    """Whether a question turns to somebody else, so that what was said before is not said of this one."""
    if said.myself and state.subject is not None:
        return True
    if said.subject is not None and _SAME.get(said.subject, said.subject) != _SAME.get(
        state.subject or "", state.subject
    ):
        return True
    return not reading.follow_up and bool(said.facts) and (said.names_person or said.subject != state.subject)


def remembered(state: State, question: Question, reading: Reading, said: Said, kb: KnowledgeBase) -> State:
    """The state with what was said; another person's circumstances do not stick to this one."""
    relatives = {**state.relatives, **told_of(question, said.household, kb)}
    said, single = of_one(question, said, relatives)
    fresh = other_person(state, said, reading)
    kept = {} if fresh else dict(state.said)
    several = several_in(question, kb)
    return replace(
        state,
        said={**kept, **said.facts},
        subject=said.subject or (None if fresh or said.myself else state.subject),
        household=() if single else _of_the_house(_household(state, question, reading, said), state, kb),
        several=several or (state.several if reading.follow_up or single else ()),
        relatives=relatives,
        combined=said.combined if said.facts.get("category") else state.combined,
        person=state.person if reading.follow_up else None,
    )


def _of_the_house(members: tuple[Member, ...], state: State, kb: KnowledgeBase) -> tuple[Member, ...]:
    """一家三口 after 俺是独男户: the category of the house that was told before is that of all of whom none is told."""
    held = state.said.get("category", ())
    house = tuple(name for name in held if kb.categories[name].of_household) if isinstance(held, tuple) else ()
    return tuple(replace(one, categories=one.categories or house) for one in members)


def _household(state: State, question: Question, reading: Reading, said: Said) -> tuple[Member, ...]:
    """Who is priced together: those told now, those told before with who joins them, or those priced one by one."""
    if said.added and state.household:
        return (*state.household, *said.joining)
    if said.household:
        return said.household
    if asks_total(question, state):
        return state.several
    return state.household if reading.follow_up and not said.facts.get("category") else ()
