"""From the mentions of a question to facts for the engine, the household, and whom they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dialogues.household.reading import ADDED, household_of, joining
from dialogues.state import Member
from nlu.understanding import (
    AgeMention,
    CategoryMention,
    DateMention,
    FactMention,
    KinMention,
    Mention,
    Question,
    SpanMention,
    TierMention,
)
from policy_kb.conditions import years_between
from policy_kb.facts import FactValue
from policy_kb.knowledge import KnowledgeBase
from policy_kb.times import months_between

_BOTH = re.compile("又|同时|两样|两种|两个补助|两份|两个身份|叠加|都占|还是个|还有个|加在一起补|双重")
_EACH = re.compile("各|分别")
_ALSO = re.compile(
    "(?:户|的|对象|人员|家庭)?，?[他她]?(?:也|又|同时|(?<=，)还|还(?!是))[也又还]?(?:是|算|有|在|吃|享受|属于)?"
)
"""是低保，也是监测户: what stands between two categories of one person."""
_CLAUSE = re.compile("[，。？！,;；]")
_MYSELF = re.compile(
    "(?:^|[，。？！,?! 那])(?:我|俺|咱)(?:自己|本人|个人|呢)"
    "|(?:帮|替|给|代|跟)(?:我|俺)(?![妈爸爹娘爷奶公婆儿娃女老媳弟哥姐妹孙家们叔姨舅姑侄外岳丈])"
)
"""我自己呢, 儿子帮我查了: about the person writing, whoever else is named."""
_I_PAY = re.compile(
    "(?:^|[，。？！,?! 那]|一下|看看|问下|请问|想问)(?:我|俺|咱)(?:(?:也?要|应?该|还?得)(?![问给帮替代咨查了解想知])|(?:交|缴)(?!给))"
)
"""我要交多少: about the person writing, unless it is for a child."""
_CHILDREN = frozenset({"baby", "child", "grandchild"})
_NO_PAYMENT = re.compile(
    "大学|大一|上学|开学|考上|住院|看病|退伍|退役|管到|生病|出院|手术|毕业|新增|认定|新批|批下来|评上|纳入|取消|退出"
)
"""Words whose day is no day of payment."""
_LAPSED = re.compile(
    "(从厂|厂里|单位|公司|就|刚|才|的时候)?[^，。？]{0,4}(断|停(?!电|水|车|课)|离职|辞职|辞工|出来|下岗|不干)"
)
"""What may follow a day on which 职工医保 ended (上个月断的)."""
_FEAST = re.compile("过年|春节|年前|年后|正月|腊月|国庆|中秋|五一")
_PAYS_THEN = re.compile("[^，。？！]{0,4}[交缴补]")
_CAME = re.compile("(?:回|到家|到屋|返|放假|放寒假|寒假)[^，。？！交缴]{0,6}$")
_COMES = re.compile("[^，。？！交缴]{0,5}(?:回|到家|返|放假)(?![^，。？！]{0,8}[交缴办补])")
NO_BABY = 2
"""Years of age from which nobody is a newborn."""
_TERSE = 16
"""Characters up to which a day of no plain part (要是3月呢) is taken as the day of payment; a story has other days."""
_EXPECTED = re.compile("要是|如果|假如|假设|万一|预产期|要生|快生|会生|等生|出生的话|生的话|打算")
"""Words that make a day of birth to come one that is meant, not a slip of the year."""
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
    # a day that is plainly the day of payment or birth holds against one that only may be
    for mention in sorted(question.mentions, key=lambda one: isinstance(one, DateMention) and one.role != "other"):
        if isinstance(mention, FactMention) and mention.fact in kb.facts:
            facts |= _stated(mention, facts)
        elif isinstance(mention, TierMention):
            facts["tier"] = mention.tier
        elif isinstance(mention, AgeMention) and mention.years is not None:
            facts |= {"age": mention.years} | _born_days_ago(mention, today)
        elif isinstance(mention, SpanMention):
            facts |= {} if facet.startswith(_OF_BIRTH) else _span(mention, question)
        elif isinstance(mention, DateMention):
            facts |= _dated(mention, facet, question.text, today)
    if "gap_months" in facts and (gap := _gap_to_payment(question, today)) is not None:
        facts["gap_months"] = gap
    facts |= _categories(question, kb)
    if _both_tiers(question):
        facts.pop("tier", None)
    kin = question.of(KinMention)
    named = kin[-1].who if kin else None
    pays = bool(_I_PAY.search(question.text)) and named not in _CHILDREN
    myself = pays or bool(_MYSELF.search(question.text)) or _my_tier(question)
    subject = None if myself else named
    if pays and "category" in facts and _of_relatives(question):
        del facts["category"]
    household = household_of(question, kb)
    combined = _of_one_person(question) or facet == "assistance_double"
    added = bool(ADDED.search(question.text))
    names = bool(kin or "category" in facts)
    joiners = joining(question, kb) if added else ()
    combined = combined and not household
    return Said(facts, household, added, subject, names, combined, joiners, myself)


def _born_days_ago(mention: AgeMention, today: date) -> dict[str, FactValue]:
    """The day of birth by an age in days (生下来六天了): the earlier of the two it can mean, where both are of one year."""
    if mention.days is None or not mention.span.text.rstrip("了大").endswith(("天", "日")):
        return {}
    early = today - timedelta(days=mention.days)
    return {"birth_date": early} if early.year == (early + timedelta(days=1)).year else {}


def _stated(mention: FactMention, known: dict[str, FactValue]) -> dict[str, FactValue]:
    """The fact; who left university (在重庆读的大学，六月毕业) is no student any more, whichever is told first."""
    left = mention.fact == "student" and mention.value == "university" and known.get("student") == "graduate"
    return {} if left else {mention.fact: mention.value}


def _span(mention: SpanMention, question: Question) -> dict[str, FactValue]:
    """What a length of time says of a break in 职工医保; whole years of which nothing tells whose say how long only."""
    stated = {one.fact for one in question.of(FactMention)}
    months = mention.months if mention.months is not None else (mention.days or 0) / 30
    if mention.of == "resident" or (mention.about == "insured" and {"unbroken_years", "years_paid_back"} & stated):
        return {}
    known: dict[str, FactValue] = {} if "missed_years" in stated else {"previous_status": "employee"}
    if mention.about == "gap":
        return known | {"gap_months": months}
    return known | {"employee_months": months} if mention.about == "insured" else {}


def _dated(mention: DateMention, facet: str, text: str, today: date) -> dict[str, FactValue]:
    homecoming = _homecoming(mention, text)
    role = "other" if homecoming else mention.role
    if _LAPSED.match(text[mention.span.end :]) and not facet.startswith(_OF_BIRTH):
        return {"gap_months": months_between(mention.first, today), "previous_status": "employee"}
    if role == "other" and mention.first == mention.last == today and facet.startswith(_OF_BIRTH):
        return {}
    if role == "other" and facet.startswith(_OF_BIRTH):
        role = "birth"
    terse = len(text) <= _TERSE and not _NO_PAYMENT.search(text) and not homecoming
    if role == "other" and facet.startswith(_OF_PAYMENT) and terse:
        role = "paid"
    if role == "birth":
        return _born(mention, text, today)
    done = mention.told and mention.precision != "day"
    if role == "paid" and mention.first <= today <= mention.last and not done:
        return {"paid_on": today}
    if role == "paid" and mention.precision != "year":
        return {"paid_on": mention.last + timedelta(days=1) if mention.bound == "after" else mention.first}
    return {}


def _born(mention: DateMention, text: str, today: date) -> dict[str, FactValue]:
    """The day of birth; of a month or year alone the age, where nobody of that age is a newborn."""
    if mention.precision == "day":
        return {"birth_date": mention.first} if mention.first <= today or _EXPECTED.search(text) else {}
    years = years_between(mention.last, today) if mention.last <= today else 0
    return {"age": years} if years >= NO_BABY else {}


def _homecoming(mention: DateMention, text: str) -> bool:
    """刚到家过年, 过年才能回来: the feast tells why or when somebody is at home, not when the premium is paid."""
    before, after = text[: mention.span.start], text[mention.span.end :]
    feast = bool(_FEAST.search(mention.span.text)) and not _PAYS_THEN.match(after)
    return feast and bool(_CAME.search(before) or _COMES.match(after))


def _gap_to_payment(question: Question, today: date) -> float | None:
    """9月20号停的，12月20号交的: a gap that a payment has ended; one to come makes it longer (see enquiry.py)."""
    days = question.of(DateMention)
    ends = [one.first for one in days if _LAPSED.match(question.text[one.span.end :])]
    paid = [one.first for one in days if one.role == "paid" and one.precision == "day" and one.first not in ends]
    return months_between(ends[0], paid[-1]) if ends and paid and ends[0] < paid[-1] <= today else None


def _categories(question: Question, kb: KnowledgeBase) -> dict[str, FactValue]:
    named = question.of(CategoryMention)
    affirmed = [one for one in named if not one.negated]
    if not affirmed:
        return {"category": ()} if named else {}
    denied = {name for one in named if one.negated for name in one.ids}
    names = dict.fromkeys(_unless(name, denied, kb) for one in affirmed for name in one.ids)
    return {"category": tuple(name for name in names if not kb.categories[name].ordinary)}


def _of_one_person(question: Question) -> bool:
    """Whether the categories named are said to be those of one person (又是低保又是残疾; 脱贫户，也是低保)."""
    text = question.text
    held = sorted((one.span for one in question.of(CategoryMention) if not one.negated), key=lambda one: one.start)
    joined = any(_ALSO.fullmatch(text[one.end : other.start]) for one, other in pairwise(held))
    return joined or bool(_BOTH.search(text) and not _EACH.search(text))


def _unless(name: str, denied: set[str], kb: KnowledgeBase) -> str:
    """The category, or what it is of somebody who is expressly not in another (脱了贫，也不在监测里头)."""
    return next((other for one, other in kb.categories[name].unless.items() if one in denied), name)


def _of_relatives(question: Question) -> bool:
    """俺娘是低保，我要交多少: whether every category named is a relative's, in a clause before mine."""
    mine = _I_PAY.search(question.text)
    named = question.of(CategoryMention)
    if mine is None:
        return False
    return all(one.span.end <= mine.start() + 1 and _behind_kin(one, question) for one in named)


def _behind_kin(mention: Mention, question: Question) -> bool:
    between = [question.text[kin.span.end : mention.span.start] for kin in question.of(KinMention)
               if kin.span.end <= mention.span.start]  # fmt: skip
    return any(not _CLAUSE.search(words) for words in between)


def _my_tier(question: Question) -> bool:
    """我二档呢: a tier right behind the word for the person writing."""
    return any(question.text[: one.span.start].endswith(("我", "俺", "咱")) for one in question.of(TierMention))


def _both_tiers(question: Question) -> bool:
    return len({one.tier for one in question.of(TierMention)}) > 1
