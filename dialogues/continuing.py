"""Short messages that go on with the last answer by their words alone, however the classifier ranks them (为啥, 补好多, 咋退)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dialogues.asked_in_words import USABLE_WHEN
from dialogues.state import State
from dialogues.talk_so_far import (
    PAID_THERE,
    a_day_alone,
    another_day,
    helped,
    insured_elsewhere,
    of_a_sum,
    of_bonus,
    of_refund,
    of_subsidy,
    of_the_same,
    of_tiers,
    on_record,
    on_table,
    taken_for_cover,
    tells,
    unclaimed,
    without_wait,
)
from dialogues.topics.next_steps import ANY_WAY
from nlu.understanding import Question

_MONEY = ("premium", "assistance")
_DAYS = ("coverage", "window", "waiting_period")
_PAYING = (
    *_MONEY,
    "my_record",
    "how_to",
    "pay_",
    "eligibility",
    "transfer",
    "compulsory",
    "whole_household",
    "student",
)
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


_LIMIT = re.compile(
    "^(?:那|这个?|是|要|得|该|最晚|最迟|到|在|赶在)*(?:几号|哪天|啥子?时候|什么时候|好久|几时|多会儿?)(?:之?前|以前|截止|为止|最晚|最迟)[呢啊]?[？?]*$"
)
"""几号前: until when, of whatever the talk is on."""
_LATER = re.compile("^(?:那|再|到)?(?:以后|往后|之后|今后|日后|后头)(?:的)?(?:呢|嘞|咧|哩|咋|怎么)[办弄搞]?[？?]*$")
_OVER = re.compile(
    "^(?:那|要是|万一|如果)*(?:超|过|错过|超过|误|耽误)(?:了|期了?|时间了?)*(?:呢|嘞|咧|哩|[咋怎]么?[办弄整])[？?]*$"
)
_MAY_PAY = re.compile("能[^，。？！]{0,7}[交缴](?:了|上)?(?:不|么|吗)[？?]*$")
_PAY_THEN = re.compile(
    "[交缴](?:了|上|钱|费)?，?(?:还|也)?(?:要得|得行|可以|行得?|成|中|来得及|赶得[上到]|晚|迟)(?:了)?[不吗么没嘛噻][？?]*$"
)
"""那我明年3月份才交要得不."""
TO_WHAT_AGE = re.compile(
    "(?:到|满|过|超过|补|管|享受)[^，。？！]{0,3}(?:多大|好大|几岁|多少岁|好多岁)|(?:多大|好大|几岁|多少岁)[^，。？！]{0,3}(?:为止|截止|就不|以[前下内])"
)
"""小孩到多大为止: the age to which somebody of the category is helped."""
CERTIFIED_LATER = re.compile(
    "[交缴掏][^？！]{1,12}(?:后来|后头|现在|今年|过后|才)[^，。？！]{0,4}(?:改|变|转|评|批|认定|纳入|成)[^？！]*[呢咧哩嘞][？?]*$"
)
"""俺兄弟先交的70，后来也改成低保，他呢: another one who paid before he was certified."""
_WHY = "(?:为啥子?|为什么|为何|凭啥子?|凭什么|咋|怎么)"
_KINDS = (
    Continuing(
        ("benefits", "compulsory", "premium", "assistance"),
        re.compile("[断停漏]|[没不][交缴]"),
        if_so=of_bonus,
    ),
    Continuing(("target",), re.compile("达不到|完不成|没完成|没达到|未完成|不达标"), "staff_conduct", anew=True),
    Continuing(("target",), re.compile(""), if_so=on_table),
    Continuing(
        (*_MONEY, *_DAYS),
        re.compile(
            f"^(?:那|这)?(?:是)?(?!(?:咋|怎么)[交缴掏出]){_WHY}(?:会|就|还|又|是)?(?:要|得)?(?:交|缴|掏|出)?"
            "(?:这么|那么|恁|嘛|这|那)?(?:多|少|个数)?(?:钱)?(?:没定|没有定|不定|没写)?[呢呀啊嘞嘛]?[？?。]*$"
        ),
    ),
    Continuing((*_DAYS, "my_record"), re.compile(f"^(?:那|这)?(?:是)?{_WHY}"), "premium", anew=True, if_so=of_a_sum),
    Continuing(
        (*_DAYS, *_PAYING),
        re.compile(
            "^(?:那|这)?(?:交|缴)?(?:的)?价?钱(?:上|方面|数)?(?:呢|嘞|咧|哩|一样[不吗么]|[有是]?啥?区别)[？?]*$"
        ),
        "premium",
        anew=True,
    ),
    Continuing(_PAYING, USABLE_WHEN, "coverage", anew=True, if_so=without_wait),
    Continuing(_PAYING, _LIMIT, "window", longest=10, anew=True),
    Continuing(
        _PAYING,
        re.compile("(?:哪一?天|几号|几时|啥子?时候|什么时候|[啥什]么?日子|多会儿?)[交缴]的[？?]*$"),
        "my_record",
        if_so=on_record,
    ),
    Continuing(("how_to", "pay_", "card", "contact"), re.compile(""), "window", anew=True, if_so=a_day_alone),
    Continuing((*_DAYS, *_PAYING), ANY_WAY, "how_to_pay", anew=True),
    Continuing(("",), _LATER),
    Continuing(("staff",), re.compile("(?:以后|往后|今后|日后)[^，。？！]*(?:呢|嘞|咧|哩)[？?]*$"), longest=10),
    Continuing(_DAYS, _OVER, "window_late", anew=True),
    Continuing(("newborn",), _OVER),
    Continuing(
        _MONEY, _MAY_PAY, if_so=lambda question, state: taken_for_cover(question, state) and helped(question, state)
    ),
    Continuing(_PAYING, _MAY_PAY, "window", anew=True, if_so=taken_for_cover),
    Continuing(_PAYING, _PAY_THEN, "window", longest=24, anew=True, if_so=another_day),
    Continuing(
        _MONEY,
        re.compile("^(?:那|中间|两档|一年)*(?:相?差|多[交缴出掏]|贵)(?:得|了)?(?:多少|好多|几多|几块|几个钱)"),
        "premium_tiers",
        if_so=of_tiers,
    ),
    Continuing(_MONEY, TO_WHAT_AGE, "assistance", if_so=helped),
    Continuing(
        ("",),
        re.compile("[也还](?:算数?|作数|认|行|中|退|给|能退?|可以)(?:账|的|退)?[吗不么没]?[？?]*$"),
        "refund",
        longest=24,
        if_so=of_refund,
    ),
    Continuing(("",), CERTIFIED_LATER, "refund", longest=40, if_so=of_refund),
    Continuing(
        ("pay_problem",),
        re.compile("作废|更正|修改|当天|(?:第二|隔)天|[去来再得]改|改[不吗得好]"),
        longest=24,
    ),
    Continuing(("refund",), _LIMIT, "refund", longest=10),
    Continuing(
        ("refund_how",),
        re.compile("^(?!.*(?:哪|谁|几|咋|怎|啥|什么|多)).{2,8}(?:呢|嘞|咧|哩)[？?]*$"),
        "refund",
        anew=True,
    ),
    Continuing(("newborn",), re.compile("几(?:个)?年(?:度)?|[几两]份|两年"), "newborn_fee", longest=10),
    Continuing(("newborn",), USABLE_WHEN, "newborn_cover"),
    Continuing(
        ("newborn",),
        re.compile("(?:跟|随)[^，。？！]{0,2}(?:我|俺|他|她|妈|爸|大人|家长)[^，。？！]{0,5}[参交买上保]"),
        "newborn_how",
    ),
    Continuing(
        _MONEY,
        re.compile(
            "^(?:那|是)?(?:政府|国家|公家|财政|上头|民政|县里)?(?:给|能|要|会|帮)*(?:补|资助|减|免)(?:助|贴)?(?:我|他|她|俺)?(?:多少|好多|几)"
            "|^(?:那|是)?(?:政府|国家|公家|财政|上头|民政|[县市区]里)(?:给|能|要|会|帮|替)*(?:我|他|她|俺|咱)?(?:出|掏|拿|贴|垫|承担|负担)(?:了)?(?:多少|好多|几)"
        ),
        "assistance",
        if_so=helped,
    ),
    Continuing(
        _MONEY,
        re.compile(
            "(?:加一?[块起]|加在一[起块]|合起来|加拢|一共|总共).{0,3}(?:一个人|每人|每个人|一人)"
            "|(?:一个人|每人|每个人|一人).{0,4}(?:加|一共|总共|合起来)|^(?:那)?(?:加一?[块起]|加在一[起块]|合起来|加拢)"
        ),
        "premium_total",
        anew=True,
        if_so=of_subsidy,
    ),
    Continuing(_MONEY, re.compile("^(?:那)?(?:他|她|老人家)[^，。？！]*呢[？?]*$"), if_so=of_the_same),
    Continuing(
        _DAYS,
        re.compile("(?:可|还|能不|也)?能[交缴办补](?:了|上)?(?:不|么|吗|没|呢)?[？?。]*$"),
        "window",
        longest=24,
        anew=True,
    ),
    Continuing(_DAYS, re.compile("拖|推|挨|捱|延|等到|改到|放到"), longest=24, if_so=another_day),
    Continuing(
        ("refund",),
        re.compile(
            "(?:咋|怎么|怎样|如何|啷个|浪个|囊个)(?:个|样)?(?:去|能)?(?:退|办|弄|申请|拿)|(?:在哪|去哪|到哪|找谁|找哪)|到账"
            "|要(?:啥|什么|哪些)(?:子)?(?:材料|手续|东西|证)|(?:几天|多久|好久)(?:能)?(?:退|到)"
        ),
        "refund_how",
        anew=True,
    ),
    Continuing(("staff", "notice"), re.compile("哪|谁|几|啥|什么|怎么|咋|多久"), longest=7, if_so=unclaimed),
    Continuing(("staff",), re.compile("给谁|找谁|到哪|哪天|几号|几份"), longest=6),
    Continuing(
        ("eligibility", "duplicate", "how_to_register"), re.compile("呢[？?]*$"), "duplicate", if_so=insured_elsewhere
    ),
    Continuing(("eligibility", "duplicate", "how_to_register"), PAID_THERE, "duplicate", longest=36, if_so=tells),
)
