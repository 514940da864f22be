"""Short messages that go on with the last answer by their words alone, however the classifier ranks them (为啥, 补好多, 咋退)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dialogues.asked_in_words import USABLE_WHEN
from dialogues.state import State
from dialogues.topics.target_words import goes_on as asks_table
from nlu.understanding import AmountMention, DateMention, FactMention, Question, TierMention

UNCLAIMED = 0.25
"""Confidence under which a few words that ask something go on with the matter of staff or notice asked about."""
_MONEY = ("premium", "assistance")
_DAYS = ("coverage", "window", "waiting_period")
_PAYING = (*_MONEY, "my_record", "how_to", "pay_", "eligibility", "transfer", "compulsory", "whole_household", "student")
"""Beginnings of the facets on what a resident does about his premium."""


@dataclass(frozen=True)
class Continuing:
    """After a facet that begins so, a message of such words is about `facet` (None: the same one as before).

    `anew` where its own words suffice, and those of the question before would only mislead.
    """

    after: tuple[str, ...]
    words: re.Pattern[str]
    facet: str | None = None
    longest: int = 16
    anew: bool = False
    if_so: Callable[[Question, State], bool] = lambda question, state: True

    def fits(self, question: Question, state: State, goes_on: str) -> bool:
        """Whether the message is one of these."""
        short = len(question.text) <= self.longest
        return (
            short
            and goes_on.startswith(self.after)
            and bool(self.words.search(question.text))
            and self.if_so(question, state)
        )


def continued(question: Question, state: State, goes_on: str) -> Continuing | None:
    """The first kind of going on that a message is; None where it is none of them."""
    return next((one for one in _KINDS if one.fits(question, state, goes_on)), None)


def _helped(question: Question, state: State) -> bool:
    """Whether the person is in a category, as said or on record."""
    recorded = state.record is not None and state.subject is None and bool(state.record.categories)
    return bool(state.said.get("category", recorded))


def _of_a_sum(question: Question, state: State) -> bool:
    return bool(question.of(AmountMention))


def _without_wait(question: Question, state: State) -> bool:
    """Whether no break in 职工医保 is told of, which would make it a question on the wait."""
    return question.best.facet != "waiting_period"


def _on_record(question: Question, state: State) -> bool:
    return state.record is not None


def _of_subsidy(question: Question, state: State) -> bool:
    return state.facet == "premium_total" or bool(re.search("国家|公家|财政|政府|上头|公家", state.question))


def _on_table(question: Question, state: State) -> bool:
    return asks_table(question.text)


def _unclaimed(question: Question, state: State) -> bool:
    """Whether the classifier makes nothing of the words."""
    return question.best.confidence < UNCLAIMED


def _another_day(question: Question, state: State) -> bool:
    """拖到明天整得成不: after a question on days, another day."""
    return bool(question.of(DateMention))


def _of_the_same(question: Question, state: State) -> bool:
    """他要是只想交一档呢: of the person told before, only the tier is another."""
    return bool(question.of(TierMention))


def _insured_elsewhere(question: Question, state: State) -> bool:
    stated = question.of(FactMention)
    return any(one.fact == "insured_elsewhere" and one.value is True for one in stated) or bool(
        _PAID_THERE.search(question.text)
    )


def _tells(question: Question, state: State) -> bool:
    """Whether nothing is asked but what was paid elsewhere is told (老家已经替我交过了)."""
    return not re.search("吗|么|多少|好多|几|能|退|怎|咋|谁|哪", question.text)


def _of_bonus(question: Question, state: State) -> bool:
    """Whether the question before was on what unbroken years bring."""
    return bool(_UNBROKEN.search(state.question) and _BONUS.search(state.question))


_UNBROKEN = re.compile("连续|连着|年年|每年都|一直|[没不未]断")
_BONUS = re.compile("奖|激励|好处|优惠|优待|多报|提高")
_PAID_THERE = re.compile(
    r"(?:在|到)[\u4e00-\u9fff]{2,6}(?:交|缴|参|买|上)(?:过|了)"
    r"|(?:在[\u4e00-\u9fff]{2,6}|那[头边里儿]|老家|[\u4e00-\u9fff]{2}的)(?:已经|早就|早|都|也)*(?:(?:帮|替|给)[我俺他她])?(?:把)?(?:今年|明年|下年|\d{4}年?)?的?"
    "(?:交|缴|买)(?:过|了|掉|罢|完)"
)
_LIMIT = re.compile(
    "^(?:那|这个?|是|要|得|该|最晚|最迟|到|在|赶在)*(?:几号|哪天|啥子?时候|什么时候|好久|几时|多会儿?)(?:之?前|以前|截止|为止|最晚|最迟)[呢啊]?[？?]*$"
)
"""几号前: until when, of whatever the talk is on."""
_WHY = "(?:为啥子?|为什么|为何|凭啥子?|凭什么|咋|怎么)"
_KINDS = (
    Continuing(
        ("benefits", "compulsory", "premium", "assistance"),
        re.compile("[断停漏]|[没不][交缴]"),
        if_so=_of_bonus,
    ),
    Continuing(("target",), re.compile("达不到|完不成|没完成|没达到|未完成|不达标"), "staff_conduct", anew=True),
    Continuing(("target",), re.compile(""), if_so=_on_table),
    Continuing(
        (*_MONEY, *_DAYS),
        re.compile(
            f"^(?:那|这)?(?:是)?(?!(?:咋|怎么)[交缴掏出]){_WHY}(?:会|就|还|又|是)?(?:要|得)?(?:交|缴|掏|出)?"
            "(?:这么|那么|恁|嘛|这|那)?(?:多|少|个数)?(?:钱)?(?:没定|没有定|不定|没写)?[呢呀啊嘞嘛]?[？?。]*$"
        ),
    ),
    Continuing((*_DAYS, "my_record"), re.compile(f"^(?:那|这)?(?:是)?{_WHY}"), "premium", anew=True, if_so=_of_a_sum),
    Continuing(
        (*_DAYS, *_PAYING),
        re.compile("^(?:那|这)?(?:交|缴)?(?:的)?价?钱(?:上|方面|数)?(?:呢|嘞|咧|哩|一样[不吗么]|[有是]?啥?区别)[？?]*$"),
        "premium",
        anew=True,
    ),
    Continuing(_PAYING, USABLE_WHEN, "coverage", anew=True, if_so=_without_wait),
    Continuing(_PAYING, _LIMIT, "window", longest=10, anew=True),
    Continuing(_PAYING, re.compile("(?:哪天|几号|几时|啥子?时候|什么时候)[交缴]的[？?]*$"), "my_record", if_so=_on_record),
    Continuing(("refund",), _LIMIT, "refund", longest=10),
    Continuing(("newborn",), re.compile("几(?:个)?年(?:度)?|[几两]份|两年"), "newborn_fee", longest=10),
    Continuing(("newborn",), USABLE_WHEN, "newborn_cover"),
    Continuing(
        ("newborn",), re.compile("(?:跟|随)[^，。？！]{0,2}(?:我|俺|他|她|妈|爸|大人|家长)[^，。？！]{0,5}[参交买上保]"), "newborn_how"
    ),
    Continuing(
        _MONEY,
        re.compile(
            "^(?:那|是)?(?:政府|国家|公家|财政|上头|民政|县里)?(?:给|能|要|会|帮)*(?:补|资助|减|免)(?:助|贴)?(?:我|他|她|俺)?(?:多少|好多|几)"
        ),
        "assistance",
        if_so=_helped,
    ),
    Continuing(
        _MONEY,
        re.compile(
            "(?:加一?[块起]|加在一[起块]|合起来|加拢|一共|总共).{0,3}(?:一个人|每人|每个人|一人)"
            "|(?:一个人|每人|每个人|一人).{0,4}(?:加|一共|总共|合起来)|^(?:那)?(?:加一?[块起]|加在一[起块]|合起来|加拢)"
        ),
        "premium_total",
        anew=True,
        if_so=_of_subsidy,
    ),
    Continuing(_MONEY, re.compile("^(?:那)?(?:他|她|老人家)[^，。？！]*呢[？?]*$"), if_so=_of_the_same),
    Continuing(
        _DAYS,
        re.compile("(?:可|还|能不|也)?能[交缴](?:了|上)?(?:不|么|吗|没|呢)?[？?。]*$"),
        "window",
        longest=24,
        anew=True,
    ),
    Continuing(_DAYS, re.compile("拖|推|挨|捱|延|等到|改到|放到"), longest=24, if_so=_another_day),
    Continuing(
        ("refund",),
        re.compile(
            "(?:咋|怎么|怎样|如何|啷个|浪个|囊个)(?:个|样)?(?:去|能)?(?:退|办|弄|申请|拿)|(?:在哪|去哪|到哪|找谁|找哪)|到账"
            "|要(?:啥|什么|哪些)(?:子)?(?:材料|手续|东西|证)|(?:几天|多久|好久)(?:能)?(?:退|到)"
        ),
        "refund_how",
        anew=True,
    ),
    Continuing(("staff", "notice"), re.compile("哪|谁|几|啥|什么|怎么|咋|多久"), longest=7, if_so=_unclaimed),
    Continuing(("staff",), re.compile("给谁|找谁|到哪|哪天|几号|几份"), longest=6),
    Continuing(
        ("eligibility", "duplicate", "how_to_register"), re.compile("呢[？?]*$"), "duplicate", if_so=_insured_elsewhere
    ),
    Continuing(("eligibility", "duplicate", "how_to_register"), _PAID_THERE, "duplicate", longest=36, if_so=_tells),
)
