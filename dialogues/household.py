"""A household as one message tells it (俺们一家五口两个低保): how many persons, in which category, at which tier."""

from __future__ import annotations

import re

from dialogues.household_groups import COUPLES, I_AM, described, groups_of, people_of, plain, runs_of, set_apart
from dialogues.state import Member
from nlu.understanding import AgeMention, CategoryMention, KinMention, Question, TierMention
from policy_kb.knowledge import KnowledgeBase

ADDED = re.compile("也算上|算进去|加上|再加|算在一起|加进去")
"""再加一个孩子: somebody joins a household told before."""
TOGETHER = re.compile(
    "一共|总共|拢共|合计|加起来|加一块|全家|一家|共交|共要|口人|老两口|两口子|两个人|都交|个人要准备|要准备"
)
_HOW_MUCH = re.compile("多少|好多|几个钱|几块|几多|多钱|钱|费|交|缴|掏")
_FAMILY = re.compile(
    "(家|家里|屋头|全家|一家|一家人|家人|都)(都|全|全都)?(是|算|属于|被认定为?|评上了?|定成了?|成了)?$"
)
_HIM = re.compile("[他她我俺]|自己")
_CHOOSER = re.compile(
    "(我|俺|咱|他|她|老婆|老公|媳妇|老汉|老伴|妈|爸|儿子|女儿|娃)(自己)?(想|就|要)?(买|选|交|缴|参加)$"
)
_ALL_ARE = re.compile("都(是|算|属于|被认定为?)$")
OLD = 40
"""Years of age from which somebody named beside a household by its children is one of the parents."""
_CHILD = "child"
_EACH = re.compile("一个([0-9]{1,2})(?![0-9年月号])")


def household_of(question: Question, kb: KnowledgeBase) -> tuple[Member, ...]:
    """The members by what they pay; empty where the question is not what several persons pay together."""
    if not (_HOW_MUCH.search(question.text) or ADDED.search(question.text)):
        return ()
    total = _total(question)
    if everybody := _everybody(question, kb):
        number = total or sum(one.heads for one in runs_of(question))
        return _by_age(number, everybody, _child_ages(question)) if number > 1 else ()
    if choosers := _choosers(question, kb, total):
        return choosers
    members = _members(question, kb, counting=total is None)
    counted = sum(one.count for one in members)
    if total is not None and counted > total:
        return ()
    if total is not None and total > counted:
        members.append(Member(total - counted))
    together = sum(one.count for one in members)
    return tuple(members) if together > 1 and (total or TOGETHER.search(question.text)) else ()


def joining(question: Question, kb: KnowledgeBase) -> tuple[Member, ...]:
    """把他也算上, 再加一个孩子, 俺娘是低保也算上: who joins the household told before."""
    people = people_of(question)
    if people:
        return tuple(Member(one.count, plain(one.categories, kb)) for one in people)
    named = _members(question, kb, counting=False)
    one = question.of(KinMention) or _HIM.search(question.text)
    return tuple(named) or ((Member(1, _named(question, kb)),) if one else ())


def _named(question: Question, kb: KnowledgeBase) -> tuple[str, ...]:
    named = [one for one in question.of(CategoryMention) if isinstance(one, CategoryMention) and not one.negated]
    return plain(tuple(one.ids[0] for one in named), kb)


def _total(question: Question) -> int | None:
    """How many they are in all: a number said of the household, else the largest that stands for several together."""
    bare = [one for one in people_of(question) if not one.categories]
    bare = [one for one in bare if one.count > 1 and not set_apart(one, question)]
    household = [one.count for one in bare if one.is_total]
    return max(household or [one.count for one in bare if TOGETHER.search(question.text)], default=None)


def _everybody(question: Question, kb: KnowledgeBase) -> tuple[str, ...]:
    """俺家是监测户，四口人; 我们双女户一家四口: the category of the whole household, said of no single relative."""
    named = [one for one in question.of(CategoryMention) if isinstance(one, CategoryMention) and not one.negated]
    named = [one for one in named if len(one.ids) != 1 or not kb.categories[one.ids[0]].ordinary]
    ids = {one.ids for one in named}
    if len(ids) != 1:
        return ()
    of_family = kb.categories[named[0].ids[0]].of_household
    before = question.text[: named[0].span.start]
    whole = named[0].span.text.endswith("户") or bool(_FAMILY.search(before))
    relatives = [kin for kin in question.of(KinMention) if not kin.span.text.endswith(COUPLES)]
    said_of_all = whole and not relatives and not I_AM.search(before)
    apart = any(one.categories for one in people_of(question))
    return named[0].ids[:1] if of_family or (said_of_all and not apart) else ()


def _choosers(question: Question, kb: KnowledgeBase, total: int | None) -> tuple[Member, ...]:
    """她买一档我买二档: everybody by the own tier, in the category that all are said to be in (都是稳定脱贫)."""
    text = question.text
    tiers = [one for one in question.of(TierMention) if isinstance(one, TierMention)]
    chosen = [one.tier for one in tiers if _CHOOSER.search(text[: one.span.start])]
    named = [one for one in question.of(CategoryMention) if isinstance(one, CategoryMention) and not one.negated]
    ours = [one.ids[:1] for one in named if _ALL_ARE.search(text[: one.span.start])]
    if (
        len(chosen) < 2
        or len(chosen) != (total or sum(one.heads for one in runs_of(question)))
        or len(ours) != len(named)
    ):
        return ()
    return tuple(Member(1, plain(ours[0], kb) if ours else (), tier) for tier in chosen)


def _members(question: Question, kb: KnowledgeBase, counting: bool) -> list[Member]:
    """The groups with what was said of them; with `counting`, relatives of whom nothing was said pay as anybody."""
    found = [described(group, question, kb) for group in groups_of(question)]
    told = [one for one in found if one.told]
    names = {question.text[one.start : one.end] for one in told}
    others = [one for one in found if not one.told and question.text[one.start : one.end] not in names]
    counted = [*told, *others] if counting and told and TOGETHER.search(question.text) else told
    return [Member(one.heads, one.categories or (), one.tier) for one in counted]


def _by_age(number: int, everybody: tuple[str, ...], ages: list[int]) -> tuple[Member, ...]:
    """Each child whose age was said by itself, since assistance may end with an age; the others together."""
    if len(ages) > number:
        return ()
    children = tuple(Member(1, everybody, child_age=age) for age in ages)
    return (*((Member(number - len(ages), everybody),) if number > len(ages) else ()), *children)


def _child_ages(question: Question) -> list[int]:
    """The ages said after the first child named (俩闺女，一个19一个15), in years."""
    children = [one for one in question.of(KinMention) if isinstance(one, KinMention) and one.who == _CHILD]
    if not children:
        return []
    after = children[0].span.start
    said = {one.span.start: one.years for one in question.of(AgeMention) if isinstance(one, AgeMention) and one.years}
    each = {one.start(): int(one[1]) for one in _EACH.finditer(question.text)}
    covered = {one.span.start for one in question.of(AgeMention)}
    bare = {at: age for at, age in each.items() if not any(at <= start <= at + 2 for start in covered)}
    return [age for at, age in sorted({**said, **bare}.items()) if at >= after and age < OLD]
