"""Who joins the household told before, and who is of it no more: 再加一个娃, 少一个呢, 老大在外地参保了，把他刨掉."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from dialogues.household.absent import ABSENT
from dialogues.household.altering import corrects
from dialogues.household.binding import Binding
from dialogues.household.numbers import how_many
from dialogues.household.reading import ORDINARY
from dialogues.household.someone import Someone, heads
from dialogues.kin_names import CHILD, alike
from dialogues.state import Member
from nlu.understanding import FactMention, KinMention, Question

LEAVES = re.compile(
    "少(?:了|掉|算|交)?(?P<n>[一两二三123])个|少了|少掉|(?:不|没|别|不用|不要|甭)算(?=$|[，。？！]|[了呢啊吧在进他她它里上][^，。？！]{0,3}(?:$|[，。？！]))|不[交缴](?=[，。])|(?<=，)不[交缴]$|"
    "(?:去|减|刨|扣|除|划|拿|撇|剔|抠)(?:掉|去|开|除|出去)|排除|(?:走了?|去世了?|过世了?|死了|没了)(?P<m>[一两二三])个|走了|去世|过世|不在了|没了|死了|分户|分出去|迁走|嫁出去"
)
"""少一个呢, 婆婆走了, 把他刨掉: somebody is of the household no more."""
_ELSE = re.compile("退(?!休|役|伍)|报销|怎|咋|能不|[能行]吗|可以|影响|罚|证明")
"""What else is asked where somebody died or does not join."""
_A_CHILD = re.compile("(?:大|小)的(?:那?个)?(?=[在已也都就这那，、]|今年|去年)")
"""大的在合肥参保了，把他去掉: one of the children, named by nothing but his place among them."""
_SHORT = 20
"""Characters up to which 哥哥当兵去了 is told of the household, and is no story of its own."""
MOST = 30
"""Persons of a household at the most."""


def leaves(question: Question) -> bool:
    """Whether somebody is said to be of the household no more, or insured elsewhere, and nothing else is asked of it."""
    elsewhere = any(one.fact == "insured_elsewhere" and one.value is True for one in question.of(FactMention))
    named = bool(question.of(KinMention)) and len(question.text) <= _SHORT
    absent = ABSENT.search(question.text)
    away = elsewhere or (absent is not None and not absent["abroad"])
    gone = bool(LEAVES.search(question.text)) or (elsewhere and corrects(question)) or (named and away)
    return gone and not _ELSE.search(question.text)


def joined(before: tuple[Member, ...], joiners: tuple[Member, ...]) -> tuple[Member, ...]:
    """Who joins; in a household all of whom are helped it is open whether somebody of whom nothing is said is, too."""
    kinds = {(one.categories, one.either) for one in before}
    tiers = {one.tier for one in before}
    tier = next(iter(tiers)) if len(tiers) == 1 else None
    (categories, either), *others = kinds
    joiners = tuple(replace(one, tier=one.tier or tier) for one in joiners)
    if others or not categories or either:
        return joiners
    return tuple(one if one.told else replace(one, categories=(*categories, ORDINARY), either=True) for one in joiners)


def without(before: tuple[Member, ...], question: Question, told: Binding) -> tuple[Member, ...]:
    """The household without those who left; empty where it is not known which of them did."""
    said = LEAVES.search(question.text)
    counted = (said["n"] or said["m"]) if said else None
    number = how_many(counted) if counted else max(1, heads(told.named))
    going = told.named or ([Someone(1, (CHILD,))] if _A_CHILD.search(question.text) else [])
    left = _but(_singly(before), going, told.gone, number if counted else MOST)
    if left != _singly(before):
        return tuple(left)
    kinds = {replace(one, count=1) for one in before}
    named = [one.categories for one in told.named if one.categories]
    of = [one for one in before if named and one.categories == named[0] and one.count > number and not one.names]
    if len(of) == 1:
        return tuple(replace(one, count=one.count - number) if one is of[0] else one for one in before)
    nameless = [one for one in before if not one.names]
    if told.named and not named and len(nameless) == 1 and nameless[0].count > number:
        return tuple(replace(one, count=one.count - number) if one is nameless[0] else one for one in before)
    if len(kinds) != 1 or sum(one.count for one in before) <= number:
        return ()
    return (replace(next(iter(kinds)), count=sum(one.count for one in before) - number),)


def _but(members: list[Member], named: list[Someone], gone: list[str], most: int) -> list[Member]:
    """The members without those named, at most so many of a name: 老大 is one of two 孩子, and the other stays."""
    leaving: Counter[str] = Counter()
    for one in named:
        leaving.update(dict.fromkeys(one.names[:1], min(one.heads or 1, most)))
    left: list[Member] = []
    for member in members:
        mine = [name for name in leaving if leaving[name] and member.names and alike(member.names[0], name)]
        exact = [name for name in mine if name == member.names[0]] or mine
        going = min(leaving[exact[0]], member.count or 1) if exact else 0
        if going:
            leaving[exact[0]] -= going
        if member.names and set(member.names) <= set(gone):
            continue
        if member.count > going:
            left.append(replace(member, count=member.count - going))
    return left


def _singly(members: tuple[Member, ...]) -> list[Member]:
    """Each by himself where all have names."""
    found: list[Member] = []
    for one in members:
        apart = one.count > 1 and len(one.names) == one.count
        found += [replace(one, count=1, names=(name,)) for name in one.names] if apart else [one]
    return found
