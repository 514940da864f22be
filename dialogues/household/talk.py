"""What a message does to the household told before: somebody is told of, joins, leaves, or is now in another category."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues.household.altering import altered, alters, asks_of_one
from dialogues.household.binding import Binding, bound
from dialogues.household.leaving import joined, leaves, without
from dialogues.household.missing import filled, open_category, some_of_them, still_open, tells_number, those_counted
from dialogues.household.moving import moved
from dialogues.household.numbers import TWO
from dialogues.household.reading import ADDED, TOGETHER, asked, composed, household_of, joining, merged, several
from dialogues.household.someone import heads, is_me
from dialogues.kin_names import COUPLE, ME, NAMELESS
from dialogues.state import Member, State
from nlu.understanding import Question
from policy_kb.knowledge import KnowledgeBase

AMOUNT = re.compile(
    "(?:那|所以|就是)?(?:我们|俺们|咱们|全家|一家)?(?:先|最后|到底|总共|一共|自己|实际|真正|要|得|该|应该?|一起|总的){0,4}"
    "(?:交|缴|掏|出|花|拿)(?:多少|好多|几个?钱|几块)钱?[呢啊呀哦]?[？?。]*"
)
"""先要交多少: a sum asked for without a word on whose."""
_EVERYBODY = re.compile("全家|一家")


@dataclass(frozen=True)
class Household:
    """Who is priced together now (nobody: one person alone), everybody told of so far, and the reading of the message."""

    members: tuple[Member, ...]
    persons: tuple[Member, ...]
    told: Binding


def household_now(state: State, question: Question, kb: KnowledgeBase, goes_on: bool, myself: bool) -> Household:
    """The household after a message; `goes_on`: it follows on the last question; `myself`: it asks what the writer pays."""
    before = state.household if several(state.household) else ()
    told = _reading(state, question, kb, goes_on)
    known = before or (state.persons if several(state.persons) else ())
    if known and ADDED.search(question.text) and (joiners := joining(question, kb)) and _all_new(joiners, known):
        members = (*known, *joined(known, joiners))
        return Household(merged(members), members, told)
    if known and leaves(question):
        members = without(known, question, told)
        return Household(merged(members), members or state.persons, told)
    if goes_on and (members := moved(state, question)):
        return Household(merged(members), members, told)
    if members := filled(state, question, told):
        return Household(merged(members), members, told)
    if members := some_of_them(before, question, told):
        return Household(merged(members), before, told)
    if alters(before, question, told):
        members = altered(told, before)
        return Household(merged(still_open(members, state, told)), members or state.persons, told)
    silent = goes_on and not told.named and told.total is None
    if open_category(state) and (silent or tells_number(question, state)):
        return Household(before, state.persons, told)
    members = () if myself and not TOGETHER.search(question.text) else _told(before, question, kb, told, goes_on)
    members = members if several(members) else ()
    if members and not all(one.count for one in members):
        return Household(merged(members), those_counted(told) or members, told)
    described = members or _described(told)
    fresh = bool(described) and not goes_on and any(one.new for one in told.people)
    return Household(merged(members), described if fresh else _persons(told, members, goes_on), told)


def _all_new(joiners: tuple[Member, ...], known: tuple[Member, ...]) -> bool:
    """Whether none of those who join is of the household already."""
    names = {name for one in known for name in one.names}
    return not any(name in names for one in joiners for name in one.names if one.names not in NAMELESS)


def _described(told: Binding) -> tuple[Member, ...]:
    """俺家五口两个低保，哪天截止: a household by its number, of which no sum is asked yet."""
    members = composed(told) if told.total is not None and any(one.told for one in told.named) else ()
    return members if several(members) else ()


def _reading(state: State, question: Question, kb: KnowledgeBase, goes_on: bool) -> Binding:
    """The message read with those known from before, unless it tells of a household of its own."""
    alone = bound(question, kb)
    known = _known(state, alone)
    told = bound(question, kb, known) if known else alone
    own = alone.total is not None and alone.total != alone.ours
    return alone if own and not goes_on and heads(told.people) != told.total else told


def _known(state: State, alone: Binding) -> tuple[Member, ...]:
    """Those known, and where relatives are told of, the person of the record, whose category the record tells."""
    counted = any(not one.names for one in state.persons)
    mine = counted or any(ME in one.names for one in state.persons) or any(is_me(one) for one in alone.named)
    if state.record is None or mine or not (alone.named or state.persons):
        return state.persons
    return (*state.persons, Member(1, names=(ME,), told=False))


def _told(
    before: tuple[Member, ...], question: Question, kb: KnowledgeBase, told: Binding, goes_on: bool
) -> tuple[Member, ...]:
    text = question.text
    counted = told.total is not None or told.ours is not None
    together = bool(TOGETHER.search(text)) or counted or (goes_on and heads(told.last) > 1)
    if told.named and not asks_of_one(text) and (asked(question, told) or (together and goes_on)):
        one = told.named[0]
        if together and len(told.named) == 1 and told.total is None and not is_me(one):
            if one.new and one.heads == TWO and one.names == (COUPLE,):
                return () if any(known.categories for known in told.people) else composed(told)
            if one.new and any(not known.names for known in before):
                return altered(told, before)
            return composed(told, known=True)
        if together or _each_told(told):
            return composed(told, known=told.total == heads(told.people))
    if told.named or (told.touched and told.total is None):
        return ()
    if told.total is not None or told.house.categories is not None:
        own = household_of(question, kb)
        return composed(told, known=True) if goes_on and told.people and told.total else own
    if together and goes_on:
        return composed(told, known=True) if _EVERYBODY.search(text) or not before else before
    return before if goes_on or AMOUNT.fullmatch(text) else ()


def _each_told(told: Binding) -> bool:
    """俺娘特困俺爹普通，交多少: several persons, each with a category, and none of them asked about alone."""
    one_asked = len(told.last) == 1 and not told.said and told.last[0].heads == 1
    return len(told.named) > 1 and all(one.categories is not None for one in told.named) and not one_asked


def _persons(told: Binding, members: tuple[Member, ...], goes_on: bool) -> tuple[Member, ...]:
    """Everybody known, and the relatives of whom this message says or asks something; one of the rest of a house is known."""
    asked_of = goes_on and all(one.names not in NAMELESS for one in told.people if not one.new)
    people = [
        one
        for one in told.people
        if not one.new or (one.names not in NAMELESS and (one.told or one.linked or asked_of))
    ]
    kept = tuple(one.member(told.house) for one in people)
    return kept if sum(one.count for one in kept) >= sum(one.count for one in members) else members
