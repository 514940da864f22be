"""From the mentions of a question to facts for the engine, the household, and whom they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dialogues.state import Member
from nlu.understanding import (
    AgeMention,
    CategoryMention,
    DateMention,
    FactMention,
    KinMention,
    PeopleMention,
    Question,
    Span,
    SpanMention,
    TierMention,
)
from policy_kb.facts import FactValue
from policy_kb.knowledge import KnowledgeBase

_TOGETHER = re.compile(
    "一共|总共|拢共|合计|加起来|加一块|全家|一家|共交|共要|口人|老两口|两口子|两个人|都交|个人要准备|要准备"
)
_BOTH = re.compile("又|同时|两样|两种|两个补助|两份|两个身份|叠加|都占|还是个|还有个|加在一起补|双重")
_HOW_MUCH = re.compile("多少|好多|几个钱|几块|几多|多钱|钱|费|交|缴|掏")
_HIM = re.compile("[他她我俺]|自己")
ADDED = re.compile("也算上|算进去|加上|再加|算在一起|加进去")
_MYSELF = re.compile(
    "(?:^|[，。？！,?! 那])(?:那|哪)?(?:我|俺|咱)(?:自己|本人|个人|呢|也?要(?!问)|应?该|还?得|交|缴|现在交)"
    "|(?:帮|替|给|代|跟)(?:我|俺)(?![妈爸爹娘爷奶公婆儿娃女老媳弟哥姐妹孙家们叔姨舅姑侄外岳丈])"
)
"""我要交多少, 儿子帮我查了: about the person writing, whoever else is named."""
_OF_BIRTH = ("newborn",)
_OF_PAYMENT = ("window", "coverage", "waiting", "premium", "assistance")


@dataclass(frozen=True)
class Said:
    """What one question says: facts, household members (empty: not about a household), subject, and members added."""

    facts: dict[str, FactValue]
    household: tuple[Member, ...] = ()
    added: bool = False
    subject: str | None = None
    names_person: bool = False
    combined: bool = False
    """Whether the categories are those of one person who is in all of them, not of several persons."""
    joining: tuple[Member, ...] = ()
    """Whom 把他也算上 adds to a household told before."""
    myself: bool = False
    """Whether the question is expressly about the person writing (那我自己呢, 我要交多少)."""


def said_in(question: Question, facet: str, kb: KnowledgeBase, today: date) -> Said:
    """The facts a question states, as the engine takes them."""
    facts: dict[str, FactValue] = {}
    for mention in question.mentions:
        if isinstance(mention, FactMention) and mention.fact in kb.facts:
            facts[mention.fact] = mention.value
        elif isinstance(mention, TierMention):
            facts["tier"] = mention.tier
        elif isinstance(mention, AgeMention) and mention.years is not None:
            facts["age"] = mention.years
        elif isinstance(mention, SpanMention):
            facts |= _span(mention)
        elif isinstance(mention, DateMention):
            facts |= _dated(mention, facet, today)
    facts |= _categories(question, kb)
    if _both_tiers(question):
        facts.pop("tier", None)
    kin = question.of(KinMention)
    myself = bool(_MYSELF.search(question.text))
    subject = kin[-1].who if kin and isinstance(kin[-1], KinMention) and not myself else None
    household = _household(question, kb)
    combined = bool(_BOTH.search(question.text)) or facet == "assistance_double"
    added = bool(ADDED.search(question.text))
    names = bool(kin or "category" in facts)
    joining = _joining(question, kb) if added else ()
    return Said(facts, () if combined else household, added, subject, names, combined, joining, myself)


def _span(mention: SpanMention) -> dict[str, FactValue]:
    months = mention.months if mention.months is not None else (mention.days or 0) / 30
    known: dict[str, FactValue] = {"previous_status": "employee"}
    if mention.about == "gap":
        return known | {"gap_months": months}
    return known | {"employee_months": months} if mention.about == "insured" else {}


def _dated(mention: DateMention, facet: str, today: date) -> dict[str, FactValue]:
    role = mention.role
    if role == "other" and mention.first == mention.last == today and facet.startswith(_OF_BIRTH):
        return {}
    if role == "other" and facet.startswith(_OF_BIRTH):
        role = "birth"
    if role == "other" and facet.startswith(_OF_PAYMENT):
        role = "paid"
    if role == "birth":
        return {"birth_date": mention.first} if mention.precision == "day" and mention.first <= today else {}
    if role == "paid" and mention.precision != "year":
        return {"paid_on": mention.last + timedelta(days=1) if mention.bound == "after" else mention.first}
    return {}


def _categories(question: Question, kb: KnowledgeBase) -> dict[str, FactValue]:
    named = [one for one in question.of(CategoryMention) if isinstance(one, CategoryMention)]
    affirmed = [one for one in named if not one.negated]
    if not affirmed:
        return {"category": ()} if named else {}
    names = dict.fromkeys(name for one in affirmed for name in one.ids)
    return {"category": tuple(name for name in names if not kb.categories[name].ordinary)}


def _both_tiers(question: Question) -> bool:
    return len({one.tier for one in question.of(TierMention) if isinstance(one, TierMention)}) > 1


def _household(question: Question, kb: KnowledgeBase) -> tuple[Member, ...]:
    if not (_HOW_MUCH.search(question.text) or ADDED.search(question.text)):
        return ()
    people = [one for one in question.of(PeopleMention) if isinstance(one, PeopleMention)]
    members = [Member(one.count, _plain(one.categories, kb)) for one in people if one.categories]
    total = next(
        (one.count for one in people if not one.categories and (one.is_total or _TOGETHER.search(question.text))), None
    )
    if not members:
        members = _kin_with_categories(question, kb)
    counted = sum(one.count for one in members)
    if total is not None and total > counted:
        members.append(Member(total - counted))
    together = sum(one.count for one in members)
    return tuple(members) if together > 1 and (total or _TOGETHER.search(question.text)) else ()


def _joining(question: Question, kb: KnowledgeBase) -> tuple[Member, ...]:
    """把他也算上, 再加一个孩子, 俺娘是低保也算上: who joins the household told before."""
    people = [one for one in question.of(PeopleMention) if isinstance(one, PeopleMention)]
    if people:
        return tuple(Member(one.count, _plain(one.categories, kb)) for one in people)
    named = _kin_with_categories(question, kb)
    return tuple(named) or ((Member(1),) if question.of(KinMention) or _HIM.search(question.text) else ())


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _kin_with_categories(question: Question, kb: KnowledgeBase) -> list[Member]:
    """我妈是低保，我爸一般户: one member for each category that follows a relative."""
    named = [one for one in question.of(CategoryMention) if isinstance(one, CategoryMention) and not one.negated]
    kin = [one for one in question.of(KinMention) if isinstance(one, KinMention)]
    if len(named) < 2 or len(kin) < 2:
        return [Member(1, _plain(one.ids[:1], kb)) for one in named[:1]] if named else []
    return [Member(1, _plain(one.ids[:1], kb)) for one in named]


def _plain(names: tuple[str, ...], kb: KnowledgeBase) -> tuple[str, ...]:
    return tuple(name for name in names if name in kb.categories and not kb.categories[name].ordinary)
