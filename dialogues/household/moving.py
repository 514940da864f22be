"""So many of a household told before are now in its category, or in it no more: 两个呢, 低保的有一个转成普通了."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues.household.numbers import how_many
from dialogues.kin_names import NAMELESS
from dialogues.state import Member, State
from nlu.understanding import CategoryMention, Question

_N = "(?P<n>[一1两二俩2三仨3四4五5])"
_NOW_SO_MANY = re.compile(
    f"(?:那|要是|如果|假如|若是|换成|改成|其中|里面|有|是|，){{0,4}}{_N}(?:个|位)?人?(?:的话)?(?:呢|咧|嘞|哩)[？?。]*"
)
_NO_MORE = re.compile(
    f"{_N}(?:个|位)?人?[^，。？！]{{0,5}}(?:取消|退出|脱离|脱保|(?P<weak>不是|不吃|不算|没有?|停)|[转变改换](?:成|为|了)*(?:普通|一般))"
)
"""有一个取消低保了, 低保的有一个转成普通了; an asking word behind it asks of something else."""
_ASKS = re.compile("吗|么|怎|咋|能|影响|退[费钱]|多少天|为")


def moved(state: State, question: Question) -> tuple[Member, ...]:
    """The household with so many in its one category; empty where a message says nothing of the kind, or it has several."""
    text = question.text
    helped = [one for one in state.household if one.categories]
    if len(helped) != 1 or not helped[0].count or helped[0].either or _ASKS.search(text):
        return ()
    so_many, fewer = _NOW_SO_MANY.fullmatch(text), _NO_MORE.search(text)
    found = so_many or fewer
    if found is None or (fewer and fewer["weak"] and not question.of(CategoryMention)):
        return ()
    said = how_many(found["n"])
    return _with(state.household, helped[0], said if so_many else helped[0].count - said)


def _with(members: tuple[Member, ...], helped: Member, number: int) -> tuple[Member, ...]:
    """`number` in the category of those helped, the others of the household in none."""
    plain = [one for one in members if one is not helped and one.names in NAMELESS and not one.elsewhere]
    change = number - helped.count
    if number < 0 or (change > 0 and (len(plain) != 1 or plain[0].count < change)):
        return ()
    names = helped.names if helped.names in NAMELESS else ()
    now = [replace(helped, count=number, names=names)] if number else []
    if change > 0:
        others = [replace(one, count=one.count - change) if one is plain[0] else one for one in members]
    else:
        others = [*members, *([replace(helped, count=-change, categories=(), names=())] if change else [])]
    return (*now, *(one for one in others if one is not helped and one.count))
