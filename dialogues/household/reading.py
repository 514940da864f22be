"""A household as one message tells it (俺们一家五口两个低保): how many persons, in which category, at which tier."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues.household.absent import left_over
from dialogues.household.binding import Binding, bound
from dialogues.household.remainder import remainder
from dialogues.household.someone import Someone, heads, is_me
from dialogues.kin_names import ME
from dialogues.state import Member
from nlu.understanding import Question
from policy_kb.knowledge import KnowledgeBase

ADDED = re.compile(
    "也算上|算进去|加上|再加|算在一起|加进去|再添|再生|再算上|还有一个呢|多一个|多个|也在家|加进|^还有[我俺咱家](?=爸|妈|爹|娘|公|婆|爷|奶|哥|姐|弟|妹|儿|女|孩|娃|老|媳|岳)[^。？！吗么]{1,12}$|[忘漏]了?算(?!了)|漏了"
)
"""再加一个孩子: somebody joins a household told before."""
TOGETHER = re.compile(
    "一共|总共|拢共|合计|一起|[他她]们(?:俩|[两三四]个)?(?:都|也|要|得|该|应该?|一共|总共|各){0,2}(?:交|缴|掏|出|多少钱)|加起来|加一块|加一起|全家|一家|共交|共要|口人|老两口|两口子|[两二三四五六七八九十\\d]个人(?!账|缴)|都交|个人要准备|要准备|"
    "[我俺咱他她](们|家)?[俩仨]|[俩仨]人|[娘爷母父]儿?[俩子女]|分别|各交|各自|算算|总的"
)
_MANY = re.compile(r"[两二三四五六七八九十\d]户(?!口)|每户|每家|全村|全镇|全县|全乡|村里(?:有|一共|总共)")
"""More than one household."""
_OF_THEM = re.compile(
    "[他她]们(?:俩|仨|[老两]?[两俩]口子?|[娘爷][俩仨]|[两二三四]个人?)?(?:一共|总共|合计|加起来|都|要|得|该|应该?|今年|明年){0,4}(?:交|缴|掏|出)(?:多少|好多|几)"
)
"""他们老两口一共交多少: the sum of those named last alone."""
_PAID_SOME = re.compile(
    r"[交缴]了[一两二三四五六七八九\d][口个人]|[一两二三四五六七八九\d](?:口人?|个人?|人)(?:已经|都)?[交缴](?:了(?![二一三多好])|过)"
)
"""五口人交了四口: the sum is that of those who have not paid."""
_HOW_MUCH = re.compile(
    "(?<!了)(?:多少|好多)(?![天日年岁月级号种])|几个钱|几块|几多|(?<![很了好])多钱|好些|算[^，。？！]{0,12}(?:账|钱|出来)"
)
_OF_MONEY = re.compile("钱|费|交|缴|掏|出")
_STORY = 50
"""Characters above which a word of money is part of a story, and a sum has to be asked for."""
_ASKS_ELSE = re.compile(
    "哪|谁|怎么|咋|什么时候|啥时候|几时|几号|能不能|可以|吗|么|为啥|为什么|材料|报销|先办|要不要|补不"
)


def household_of(question: Question, kb: KnowledgeBase) -> tuple[Member, ...]:
    """The members by what they pay; empty where the question is not what several persons pay together."""
    told = bound(question, kb)
    together = bool(TOGETHER.search(question.text)) or told.total is not None or told.ours is not None
    if not together or not asked(question, told):
        return ()
    members = merged(composed(told))
    return members if several(members) else ()


def asked(question: Question, told: Binding) -> bool:
    """Whether a sum is asked for: by words of money, or by a household described or counted and nothing else said."""
    text = question.text
    short = len(text) <= _STORY
    if _HOW_MUCH.search(text) or ADDED.search(text) or (short and _OF_MONEY.search(text)):
        return True
    if told.total is not None and not question.residue:
        return True
    described = any(one.categories is not None for one in (*told.named, told.house))
    counted = told.total is not None or (short and bool(TOGETHER.search(text)))
    return described and counted and not _ASKS_ELSE.search(question.text)


def several(members: tuple[Member, ...]) -> bool:
    """Whether these are more than one person."""
    return sum(one.count for one in members) > 1 or any(not one.count for one in members)


def composed(told: Binding, known: bool = False) -> tuple[Member, ...]:
    """Everybody of the household: those named (with `known` those named before too), and the rest of the number told.

    Empty where more are named than there are, where it is not known who takes which tier, or where all are insured as
    employees.
    """
    if told.unplaced or _MANY.search(told.text) or _PAID_SOME.search(told.text):
        return ()
    absences = [one for one in told.absences if not all(who.elsewhere for who in one.who)]
    absent = [who for one in absences for who in one.who]
    people = [one for one in told.people if (one.named or known) and _counts(one) and one not in absent]
    if told.total is not None and heads(people) > told.total:
        people = [one for one in people if one.told or one.new]
    counts = told.counts if told.total is not None else ()
    if _OF_THEM.search(told.text) and told.last and all(one in people for one in told.last):
        people, counts = list(told.last), ()
    present = [one for one in people if not one.elsewhere]
    total, sure = left_over(counts, absences, people)
    left = None if total is None else total - heads(people)
    if (left is not None and left < 0) or (people and not present and not left):
        return ()
    others = remainder(told.rest, present, left if sure else None)
    known = told.clear and (sure or others.by_number) and others.count is not None
    members = [others.given(one).member(told.house) for one in present]
    members += [one.member(told.house) for one in people if one.elsewhere]
    nobody = _of_nobody(told)
    unnamed = _like_me(told, (told.rest or Someone(None)).member(told.house))
    if not known or (nobody and (others.count or told.rest)):
        return (*members, replace(unnamed, count=0), *nobody)
    return (*members, *((replace(unnamed, count=others.count or 0),) if others.count else ()), *nobody)


def _counts(one: Someone) -> bool:
    """The person writing counts where something is said of him or he is named with others."""
    return one.told or one.linked or not is_me(one) or not one.named


def _like_me(told: Binding, rest: Member) -> Member:
    """我是低保户，家里四口: whether the others are in it is not said."""
    mine = [one for one in told.named if one.categories and one.of_house]
    alone = len(mine) == 1 and is_me(mine[0]) and [one for one in told.named if one.told] == mine
    if rest.told or not alone or not mine[0].categories:
        return rest
    return replace(rest, categories=(*mine[0].categories, ORDINARY), either=True)


def _of_nobody(told: Binding) -> tuple[Member, ...]:
    """A category that is said of nobody named: it is not known of how many."""
    held = {name for one in (*told.people, told.house) for name in one.categories or ()}
    names = [name for name in dict.fromkeys(told.unbound) if name not in held and not told.kb.categories[name].ordinary]
    return tuple(Member(0, (name,)) for name in names)


ORDINARY = "普通居民"
"""The category of somebody who is in none that is helped."""


def merged(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Those who pay alike and stand beside each other as one; the person writing by himself, whose record may tell more."""
    found: list[Member] = []
    for one in members:
        alike = bool(found) and found[-1] == replace(one, count=found[-1].count) and one.told == found[-1].told
        by_record = any(ME in other.names and not other.told for other in (one, *found[-1:]))
        if alike and one.count and found[-1].count and not by_record:
            names = (*found[-1].names, *one.names)
            found[-1] = replace(found[-1], count=found[-1].count + one.count, names=names)
        else:
            found.append(one)
    return tuple(found)


def joining(question: Question, kb: KnowledgeBase) -> tuple[Member, ...]:
    """把他也算上, 再加一个孩子, 俺娘是低保也算上: who joins the household told before."""
    told = bound(question, kb)
    number = told.total or told.ours
    if not told.named:
        one = re.search("[他她我俺]|自己|一个", question.text)
        return (replace(told.house.member(Someone(None)), count=number or 1),) if number or one else ()
    told.total = None
    return composed(told)
