"""What a conversation keeps when a question turns to somebody else, to one of a household, or to all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogues.follow_up import Reading
from dialogues.household.binding import Binding
from dialogues.household.reading import several
from dialogues.household.relatives import of_one
from dialogues.household.talk import household_now
from dialogues.kin_names import ME
from dialogues.said import Said
from dialogues.state import Member, State
from dialogues.talk_so_far import PAID_THERE
from dialogues.treatment_day import ILL, of_treatment
from nlu.understanding import CategoryMention, KinMention, PeopleMention, Question
from policy_kb.facts import FactValue
from policy_kb.knowledge import KnowledgeBase

_SAME = {"baby": "child", "grandchild": "child"}
"""Words for one and the same child."""
_THE_SAME = re.compile("(?<!其)[他她它](?!们|家|俩)")
"""后天就给他交: the one told of before."""

_ELDERS = frozenset({"spouse", "parent", "grandparent", "other"})
_OF_THE_CHILD = re.compile(
    "(?:[她他]|娃儿?|孩子)的?(?:爸|妈|爹|娘|爷|奶|外婆|外公|姥|姑|舅)|[我俺咱](?:跟|和|同)[她他]|[她他](?:最晚|从|哪天|那份|能)"
)
"""我跟她爸, 她外婆讲: elders named in a talk on a newborn, which stays on the child."""


def other_person(state: State, question: Question, said: Said, reading: Reading) -> bool:
    """Whether a question turns to somebody else, so that what was said before is not said of this one."""
    if state.subject and said.subject is None and not said.names_person and _THE_SAME.search(question.text):
        return False
    if (state.facet or "").startswith("newborn") and said.subject in _ELDERS and _OF_THE_CHILD.search(question.text):
        return False
    if said.myself and state.subject is not None:
        return True
    if said.subject is not None and _SAME.get(said.subject, said.subject) != _SAME.get(
        state.subject or "", state.subject
    ):
        return True
    return not reading.follow_up and bool(said.facts) and (said.names_person or said.subject != state.subject)


_NOT_PAID = re.compile("没|未|不[交缴]")
OF_MEMBERS = frozenset({"tier", "age", "student", "university_here"})
"""Facts that each member of a household has for himself."""


def remembered(state: State, question: Question, reading: Reading, said: Said, kb: KnowledgeBase) -> State:
    """The state with what was said; another person's circumstances do not stick to this one."""
    now = household_now(state, question, kb, reading.follow_up, said.myself)
    named = said.facts.get("category")
    said, single = (said, False) if now.members else of_one(question, said, now.told, state.record is not None)
    if single and isinstance(named, tuple) and not said.facts.get("category") and _of_the_only_one(named, now.told):
        said = replace(said, facts={**said.facts, "category": named})
        now = replace(now, persons=tuple(_given(one, named, now.told) for one in now.persons))
    if now.members and not several(now.members):
        said = replace(said, facts={**said.facts, "category": now.members[0].categories})
    if any(ME in one.names for one in now.members):
        said = replace(said, subject=None)
    facts = {name: value for name, value in said.facts.items() if not now.members or name not in OF_MEMBERS}
    if reading.facet == "duplicate" and PAID_THERE.search(question.text) and not _NOT_PAID.search(question.text):
        facts.setdefault("insured_elsewhere", True)
    treated = of_treatment(question, state, reading.follow_up)
    if treated:
        facts.pop("paid_on", None)
    fresh = other_person(state, question, said, reading)
    kept = {} if fresh else dict(state.said)
    alone = (Member(1),) if single and reading.follow_up and facts.get("category") == () else ()
    persons = _with_category(now.persons, question, facts) if reading.follow_up and not fresh else now.persons
    return replace(
        state,
        said={**kept, **facts},
        subject=said.subject or (None if fresh or said.myself else state.subject),
        household=_of_the_house(now.members, state, kb) or alone,
        persons=persons,
        question=question.text if treated and ILL.search(question.text) else state.question,
        combined=said.combined if said.facts.get("category") else state.combined,
        person=state.person if reading.follow_up else None,
    )


def _of_the_only_one(named: tuple[str, ...], told: Binding) -> bool:
    """二姨没当过贫困户，定的光是突发严重困难: a category given to nobody is that of the one person told of."""
    return bool(named) and len(told.named) == 1 and set(named) == set(told.unbound)


def _given(member: Member, categories: tuple[str, ...], told: Binding) -> Member:
    return replace(member, categories=categories) if member.names == told.named[0].names else member


def _with_category(
    persons: tuple[Member, ...], question: Question, facts: Mapping[str, FactValue]
) -> tuple[Member, ...]:
    """低保呢 after 俺娘交多少: the category is that of the one relative told of, should a total or 俺爹也是 come next."""
    category = facts.get("category")
    bare = not question.of(KinMention) and not question.of(PeopleMention) and bool(question.of(CategoryMention))
    if len(persons) != 1 or persons[0].count != 1 or not isinstance(category, tuple) or not bare:
        return persons
    return (replace(persons[0], categories=category, told=True),)


def _of_the_house(members: tuple[Member, ...], state: State, kb: KnowledgeBase) -> tuple[Member, ...]:
    """一家三口 after 俺是独男户: the category of the house that was told before is that of all of whom none is told."""
    held = state.said.get("category", ())
    house = tuple(name for name in held if kb.categories[name].of_household) if isinstance(held, tuple) else ()
    return tuple(replace(one, categories=one.categories or house) for one in members)
