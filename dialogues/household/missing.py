"""A household of whom some are in a category (有人是低保), and the number of them when it is told (两个人是)."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues.household.altering import altered
from dialogues.household.binding import Binding
from dialogues.household.numbers import how_many
from dialogues.household.parts import AMONG
from dialogues.household.someone import Someone, heads
from dialogues.state import Member, State
from nlu.understanding import KinMention, Question

_SOME = re.compile(f"(?:{AMONG.pattern})?(?:有(?:的|些|几个|个别)?|个别|部分|一些)人(?:是|吃|拿|领|享受|属于|算|评上)")
_NUMBER = re.compile(
    f"(?:那|就|只|是|有|也就|一共|总共|{AMONG.pattern}|家里|屋头|大概|他们|的|，){{0,4}}"
    "(?P<n>[一两二俩仨三四五六七八九十]|\\d{1,2})(?:个人?|人|位)?"
    "(?:都|的|是|有|在?吃|在?拿|在?领|享受|算|低保|了|吧|啊|呀|哦|呢|嘛){0,4}[。！]?"
)
"""两个人是, 就一个: a number and hardly a word more."""
_THEY_ARE = re.compile(
    "(?:是|有|吃着?|拿着?|领着?|享受着?|评上了?|算|一个人?|[俩两]个?人?)(?:的|了|吧|啊|呀|哦|嘛)*[。！]?$"
)
"""我婆婆和我公公是: they are those of whom it was said."""
_FEW = 18
"""Characters of a message that only tells who they are."""


def open_category(state: State) -> tuple[str, ...]:
    """The category that some of a household by number are in while it is open how many; else empty."""
    some = [one.categories for one in state.household if not one.count and one.categories]
    return some[0] if len(some) == 1 and any(one.count for one in state.persons) else ()


def tells_number(question: Question, state: State) -> bool:
    """Whether a message tells how many are in the category left open, or who they are, and nothing else."""
    text = question.text
    they = bool(question.of(KinMention)) and len(text) <= _FEW and bool(_THEY_ARE.search(text))
    return bool(open_category(state)) and (they or bool(_NUMBER.fullmatch(text)))


def filled(state: State, question: Question, told: Binding) -> tuple[Member, ...]:
    """The household with those in the category left open, by their number or by who they are; empty while it is open."""
    category = open_category(state)
    if not category:
        return ()
    number = _NUMBER.fullmatch(question.text)
    known = [one for one in told.people if not one.new]
    if number:
        some = Someone(how_many(number["n"]), categories=category, named=True)
        return altered(replace(told, people=[*known, some], rest=None), ())
    if told.house.categories is not None:
        return altered(told, ())
    if not told.named or not all(one.categories == category or _is_they(one, question) for one in told.named):
        return ()
    for one in told.named:
        one.categories = category
    return altered(told, ())


def _is_they(one: Someone, question: Question) -> bool:
    return one.categories is None and bool(_THEY_ARE.search(question.text))


def still_open(members: tuple[Member, ...], state: State, told: Binding) -> tuple[Member, ...]:
    """The household altered in something else: how many are in the category is open still."""
    category = open_category(state)
    if not category or told.house.categories is not None or any(one.categories == category for one in members):
        return members
    return (*(one if one.categories else replace(one, count=0) for one in members), Member(0, category))


def some_of_them(before: tuple[Member, ...], question: Question, told: Binding) -> tuple[Member, ...]:
    """其中有人是低保: those in no category are now some, and some are in the one named; empty where it is not so said."""
    if not before or not told.unbound or told.named or not _SOME.search(question.text):
        return ()
    left = tuple(one if one.categories else replace(one, count=0) for one in before)
    return (*left, *(Member(0, (name,)) for name in dict.fromkeys(told.unbound)))


def those_counted(told: Binding) -> tuple[Member, ...]:
    """The household by its number alone, kept while it is open how many of it are in a category."""
    if told.total is None:
        return ()
    named = [one for one in told.people if one.heads and one.named]
    left = told.total - heads(named)
    rest = Member(left, tier=told.house.tier, told=False)
    return (*(one.member(told.house) for one in named), *((rest,) if left > 0 else ()))
