"""A household as one message tells it (俺们一家五口两个低保): how many persons, in which category, at which tier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dialogues.state import Member
from nlu.understanding import CategoryMention, KinMention, Mention, PeopleMention, Question, TierMention
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
_PAIRS = ("公公婆婆", "爸妈", "爹娘", "父母", "爷爷奶奶", "外公外婆", "姥姥姥爷", "两口子", "二老")
_COUPLES = ("老两口", "小两口", "两口子", "夫妻", "夫妻俩")
_WITH_ME = re.compile("(我|俺|咱)(和|跟|同|与)$")
_LINK = re.compile("^(和|跟|同|与|、|还有|及|以及|加|加上)$")
_APART = re.compile("[，。？！,;；]")
_HIM = re.compile("[他她我俺]|自己")
_CHOOSES = re.compile("^(想|都|就|要)*(买|选|交|缴|参加|上|走)$")
"""Between some persons and their tier (两个人想买二档)."""
_I_AM = re.compile("(?:^|[，。？！,;； ])(?P<me>我|俺|咱|我自己|俺自己|我本人)(是|算|属于|有)?$")
_PLAIN = re.compile("^(呢|就|都|也)?(是|算)?(普通|一般|没啥|没有|没得|啥也不是|什么都不是)")


@dataclass(frozen=True)
class _Group:
    """Some persons named one after the other: where they stand, and how many they are."""

    start: int
    end: int
    heads: int
    categories: tuple[str, ...] | None = None
    tier: str | None = None

    @property
    def told(self) -> bool:
        """Whether anything was said of them that bears on what they pay."""
        return self.categories is not None or self.tier is not None


def household_of(question: Question, kb: KnowledgeBase) -> tuple[Member, ...]:
    """The members by what they pay; empty where the question is not what several persons pay together."""
    if not (_HOW_MUCH.search(question.text) or ADDED.search(question.text)):
        return ()
    total = _total(question)
    if (everybody := _everybody(question, kb)) and total is not None:
        return (Member(total, everybody),)
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
    people = _people(question)
    if people:
        return tuple(Member(one.count, plain(one.categories, kb)) for one in people)
    named = _members(question, kb, counting=False)
    one = question.of(KinMention) or _HIM.search(question.text)
    return tuple(named) or ((Member(1, _named(question, kb)),) if one else ())


def _named(question: Question, kb: KnowledgeBase) -> tuple[str, ...]:
    named = [one for one in question.of(CategoryMention) if isinstance(one, CategoryMention) and not one.negated]
    return plain(tuple(one.ids[0] for one in named), kb)


def plain(names: tuple[str, ...], kb: KnowledgeBase) -> tuple[str, ...]:
    """The categories that set a person apart; an ordinary resident is in none."""
    return tuple(name for name in names if name in kb.categories and not kb.categories[name].ordinary)


def _people(question: Question) -> list[PeopleMention]:
    return [one for one in question.of(PeopleMention) if isinstance(one, PeopleMention)]


def _total(question: Question) -> int | None:
    """How many they are in all: a number said of the household, else the largest that stands for several together."""
    bare = [one for one in _people(question) if not one.categories]
    bare = [one for one in bare if _tier_of(one, question) is None and not _couple(one, question)]
    household = [one.count for one in bare if one.is_total]
    return max(household or [one.count for one in bare if TOGETHER.search(question.text)], default=None)


def _everybody(question: Question, kb: KnowledgeBase) -> tuple[str, ...]:
    """俺家是监测户，四口人; 我们双女户一家四口: the category of the whole household, said of no single relative."""
    named = [one for one in question.of(CategoryMention) if isinstance(one, CategoryMention) and not one.negated]
    named = [one for one in named if len(one.ids) != 1 or not kb.categories[one.ids[0]].ordinary]
    ids = {one.ids for one in named}
    if len(ids) != 1 or any(one.categories for one in _people(question)):
        return ()
    of_family = kb.categories[named[0].ids[0]].of_household
    said_of_all = not question.of(KinMention) and bool(_FAMILY.search(question.text[: named[0].span.start]))
    return named[0].ids[:1] if of_family or said_of_all else ()


def _members(question: Question, kb: KnowledgeBase, counting: bool) -> list[Member]:
    """The groups with what was said of them; with `counting`, relatives of whom nothing was said pay as anybody."""
    groups = [_described(group, question, kb) for group in _groups(question)]
    told = [one for one in groups if one.told]
    names = {question.text[one.start : one.end] for one in told}
    others = [one for one in groups if not one.told and question.text[one.start : one.end] not in names]
    counted = [*told, *others] if counting and told and TOGETHER.search(question.text) else told
    return [Member(one.heads, one.categories or (), one.tier) for one in counted]


def _groups(question: Question) -> list[_Group]:
    """Counted persons (两个) and runs of relatives (我和老伴, 公公婆婆), in order."""
    counted = [
        _Group(one.span.start, one.span.end, one.count)
        for one in _people(question)
        if (one.categories or _tier_of(one, question) or _couple(one, question)) and not _is_kin(one, question)
    ]
    runs = [run for run in _runs(question) if all(run.end <= one.start or run.start >= one.end for one in counted)]
    return sorted([*counted, *runs, *_speaker(question)], key=lambda one: one.start)


def _speaker(question: Question) -> Iterator[_Group]:
    """我低保，老婆一般: the person writing, where a clause gives him a category."""
    for one in question.of(CategoryMention):
        if said := _I_AM.search(question.text[: one.span.start]):
            yield _Group(said.start("me"), said.end("me"), 1)


def _tier_of(people: PeopleMention, question: Question) -> str | None:
    """三个人买一档，两个买二档: the tier said of just these; where one tier is named, it is everybody's."""
    tiers = {one.tier for one in question.of(TierMention) if isinstance(one, TierMention)}
    return _chosen(people, question) if len(tiers) > 1 else None


def _chosen(people: PeopleMention, question: Question) -> str | None:
    for one in question.of(TierMention):
        between = question.text[people.span.end : one.span.start] if one.span.start >= people.span.end else "，"
        if isinstance(one, TierMention) and _CHOOSES.match(between):
            return one.tier
    return None


def _couple(people: PeopleMention, question: Question) -> bool:
    """俺老两口加孙子: two of a household of which others are named as well."""
    others = [kin for kin in question.of(KinMention) if kin.span.start >= people.span.end]
    return people.span.text in _COUPLES and bool(others)


def _is_kin(people: PeopleMention, question: Question) -> bool:
    return people.count == 1 and any(kin.span == people.span for kin in question.of(KinMention))


def _runs(question: Question) -> Iterator[_Group]:
    """Relatives linked by 和 are one group, so are 公公婆婆."""
    text, held = question.text, None
    for one in _relatives(question):
        if held and _LINK.match(text[held.end : one.start]):
            held = replace(held, end=one.end, heads=held.heads + one.heads)
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _relatives(question: Question) -> Iterator[_Group]:
    """The relatives named, a couple that stands together as one."""
    text = question.text
    kin = [_Group(one.span.start, one.span.end, _heads(one, text)) for one in question.of(KinMention)]
    while kin:
        first = kin.pop(0)
        if kin and text[first.start : kin[0].end] in _PAIRS:
            first = replace(first, end=kin.pop(0).end, heads=2)
        yield first


def _heads(kin: Mention, text: str) -> int:
    """How many a word for relatives names: 爸妈 two, 我和老伴 two."""
    pair = any(one in kin.span.text for one in _PAIRS)
    return 2 if pair or _WITH_ME.search(text[: kin.span.start]) else 1


def _described(group: _Group, question: Question, kb: KnowledgeBase) -> _Group:
    """The group with the category and tier said of it: after it, in its clause, before the next group."""
    text = question.text
    following = [one.start for one in _groups(question) if one.start >= group.end]
    limit = min(following, default=len(text))
    categories: tuple[str, ...] | None = () if _PLAIN.match(text[group.end : limit]) else None
    tier = None
    for one in question.mentions:
        if not group.end <= one.span.start < limit or _APART.search(text[group.end : one.span.start]):
            continue
        if isinstance(one, CategoryMention) and not one.negated and not text[: one.span.start].endswith("比"):
            categories = (*(categories or ()), *plain(one.ids[:1], kb))
        elif isinstance(one, TierMention):
            tier = one.tier
    counted = next((one for one in _people(question) if one.span.start == group.start and one.categories), None)
    if categories is None and counted is not None:
        categories = plain(counted.categories, kb)
    return replace(group, categories=categories, tier=tier)
