"""What a message says of each relative, and the one of them it asks about: 就问婆婆那份, 那公公呢."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogues.household import TOGETHER, household_of
from dialogues.household_groups import plain
from dialogues.said import Said
from dialogues.state import Member, State
from nlu.understanding import CategoryMention, KinMention, Question
from policy_kb.knowledge import KnowledgeBase

_ONLY = re.compile("(就|只|光|单)(单|是)?(想|要)?(问|说|算|看|知道)(问|一下|一哈|说|算)?[^，。？！]{0,2}$")
"""Words before the one relative that is asked about."""
_APART = re.compile("[，。？！,;；]")
TWO = 2
PARENTS = frozenset({"爸", "妈", "公", "婆"})
"""Of two parents one set apart leaves the other an ordinary person."""
_SAME = {
    "爹": "爸",
    "父亲": "爸",
    "老爸": "爸",
    "老爹": "爸",
    "老汉": "爸",
    "老汉儿": "爸",
    "娘": "妈",
    "母亲": "妈",
    "老妈": "妈",
    "老娘": "妈",
}
"""Words for one and the same parent."""
_OWNERS = "我俺咱你他她您家的"
_TOTAL_TERSE = 8
"""Characters up to which 一共呢 goes on with the persons told before."""


def told_of(question: Question, household: tuple[Member, ...], kb: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    """The categories of each relative named, none for an ordinary one; empty where no relative was set apart."""
    found = {name_of(one): _categories(one, question, kb) for one in reversed(_kin(question))}
    return found if household or any(found.values()) else {}


def of_one(question: Question, said: Said, relatives: Mapping[str, tuple[str, ...]]) -> tuple[Said, bool]:
    """What was said, narrowed to the one relative who is asked about; and whether there is such a one."""
    only = [one for one in _kin(question) if _ONLY.search(question.text[: one.span.start])]
    named = _kin(question)[-1:] if not said.household and "category" not in said.facts and not said.added else []
    meant = (only or named)[-1:]
    name = name_of(meant[0]) if meant else ""
    others = name in PARENTS and any(one in PARENTS for one in relatives)
    if (name not in relatives and not others) or said.myself:
        return said, False
    facts = {**said.facts, "category": relatives.get(name, ())}
    return replace(said, facts=facts, household=(), subject=meant[0].who), True


def several_in(question: Question, kb: KnowledgeBase) -> tuple[Member, ...]:
    """The persons a question prices one by one, as a household, should their total be asked next."""
    return household_of(replace(question, text=f"{question.text}，一共交多少"), kb)


def asks_total(question: Question, state: State) -> bool:
    """加一块呢, 一共呢: the total of the persons who were priced one by one before."""
    bare = not question.of(KinMention) and not question.of(CategoryMention)
    return bool(state.several) and bare and len(question.text) <= _TOTAL_TERSE and bool(TOGETHER.search(question.text))


def name_of(kin: KinMention) -> str:
    """The relative as named, without whose: 我婆婆 and 婆婆 are one."""
    bare = kin.span.text.lstrip(_OWNERS) or kin.span.text
    bare = bare[0] if len(bare) == TWO and bare[0] == bare[1] else bare
    return _SAME.get(bare, bare)


def _kin(question: Question) -> list[KinMention]:
    return [one for one in question.of(KinMention) if isinstance(one, KinMention) and one.span.end]


def _categories(kin: KinMention, question: Question, kb: KnowledgeBase) -> tuple[str, ...]:
    """What is said of a relative behind the word, in its clause, before the next one; 低保婆婆 before it."""
    following = min((one.span.start for one in _kin(question) if one.span.start >= kin.span.end), default=None)
    limit = len(question.text) if following is None else following
    said: tuple[str, ...] = ()
    for one in question.of(CategoryMention):
        if not isinstance(one, CategoryMention) or one.negated or not one.span.end:
            continue
        behind = kin.span.end <= one.span.start < limit and not _APART.search(
            question.text[kin.span.end : one.span.start]
        )
        ahead = question.text[one.span.end : kin.span.start] in ("", "的") and one.span.end <= kin.span.start
        said += plain(one.ids[:1], kb) if behind or ahead else ()
    return said
