"""The groups of persons a message names (我和老伴, 两个, 公公婆婆), with the category and tier said of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlu.understanding import CategoryMention, KinMention, Mention, PeopleMention, Question, TierMention
from policy_kb.knowledge import KnowledgeBase

_PAIRS = ("公公婆婆", "爸妈", "爹娘", "父母", "爷爷奶奶", "外公外婆", "姥姥姥爷", "两口子", "二老")
COUPLES = ("老两口", "小两口", "两口子", "夫妻", "夫妻俩")
_WITH_ME = re.compile("(我|俺|咱)(和|跟|同|与)$")
_LINK = re.compile("^(和|跟|同|与|、|还有|及|以及|加|加上)$")
_APART = re.compile("[，。？！,;；]")
_CHOOSES = re.compile("^(想|都|就|要)*(买|选|交|缴|参加|上|走)$")
"""Between some persons and their tier (两个人想买二档)."""
I_AM = re.compile(
    "(?:^|[，。？！,;；： ]|加上?|还有|和|跟)(?P<me>我|俺|咱|我自己|俺自己|我本人)(是|算|属于|有|吃|啥|什么|一个)*$"
)
_PLAIN = re.compile("^(呢|就|都|也)?(是|算)?(普通|一般|没啥|没有|没得|啥也不是|什么都不是)")


@dataclass(frozen=True)
class Group:
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


def groups_of(question: Question) -> list[Group]:
    """Counted persons (两个) and runs of relatives (我和老伴, 公公婆婆), in order."""
    counted = [
        Group(one.span.start, one.span.end, one.count)
        for one in people_of(question)
        if set_apart(one, question) and not _is_kin(one, question)
    ]
    runs = [run for run in runs_of(question) if all(run.end <= one.start or run.start >= one.end for one in counted)]
    return sorted([*counted, *runs, *_speaker(question)], key=lambda one: one.start)


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


def set_apart(people: PeopleMention, question: Question) -> bool:
    """Whether something is said of just these persons, so that they are a group and not the whole household."""
    plainly = bool(_PLAIN.match(question.text[people.span.end :]))
    return bool(people.categories or _tier_of(people, question) or plainly or _couple(people, question))


def _couple(people: PeopleMention, question: Question) -> bool:
    """俺老两口加孙子: two of a household of which others are named as well."""
    others = [kin for kin in question.of(KinMention) if kin.span.start >= people.span.end]
    return people.span.text in COUPLES and bool(others)


def _is_kin(people: PeopleMention, question: Question) -> bool:
    return people.count == 1 and any(kin.span == people.span for kin in question.of(KinMention))


def _speaker(question: Question) -> Iterator[Group]:
    """我低保，老婆一般: the person writing, where a clause gives him a category."""
    for one in question.of(CategoryMention):
        if said := I_AM.search(question.text[: one.span.start]):
            yield Group(said.start("me"), said.end("me"), 1)


def runs_of(question: Question) -> Iterator[Group]:
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


def _relatives(question: Question) -> Iterator[Group]:
    """The relatives named, a couple that stands together as one."""
    text = question.text
    kin = [Group(one.span.start, one.span.end, _heads(one, text)) for one in question.of(KinMention)]
    while kin:
        first = kin.pop(0)
        if kin and text[first.start : kin[0].end] in _PAIRS:
            first = replace(first, end=kin.pop(0).end, heads=2)
        yield first


def _heads(kin: Mention, text: str) -> int:
    """How many a word for relatives names: 爸妈 two, 我和老伴 two."""
    pair = any(one in kin.span.text for one in _PAIRS) or text[: kin.span.start].endswith(("俩", "两个"))
    return 2 if pair or _WITH_ME.search(text[: kin.span.start]) else 1


def described(group: Group, question: Question, kb: KnowledgeBase) -> Group:
    """The group with the category and tier said of it: after it, in its clause, before the next group."""
    text = question.text
    following = [one.start for one in groups_of(question) if one.start >= group.end]
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
    counted = next((one for one in people_of(question) if one.span.start == group.start and one.categories), None)
    if categories is None and counted is not None:
        categories = plain(counted.categories, kb)
    return replace(group, categories=categories, tier=tier)


def plain(names: tuple[str, ...], kb: KnowledgeBase) -> tuple[str, ...]:
    """The categories that set a person apart; an ordinary resident is in none."""
    return tuple(name for name in names if name in kb.categories and not kb.categories[name].ordinary)


def people_of(question: Question) -> list[PeopleMention]:
    """The numbers of persons a question names."""
    return [one for one in question.of(PeopleMention) if isinstance(one, PeopleMention)]
