"""The words of a message that name persons (我和老伴, 两个, 剩下的) or say something of them, in the order they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dialogues.household.absent import ABSENT
from nlu.understanding import (
    AgeMention,
    CategoryMention,
    FactMention,
    KinMention,
    Mention,
    PeopleMention,
    Question,
    TierMention,
)

Kind: TypeAlias = Literal[
    "kin", "count", "me", "they", "group", "rest", "said", "plain", "employed", "absent", "same", "break"
]
FACTS = frozenset({"student", "university_here", "employee_insured"})
"""Circumstances that belong to one person and bear on what a household pays."""
COUPLES = ("老两口", "老俩口", "小两口", "小俩口", "两口子", "俩口子", "两口儿", "俩口儿", "夫妻俩", "夫妻")
PARENT_AND_CHILD = re.compile("[爷娘]儿?(?:俩|仨|[两三四3-4]个)|母子|父子|母女|父女|爷孙|祖孙|婆孙|婆媳")
TWINS = ("双胞胎", "龙凤胎")
SIBLINGS = re.compile("[三四五六3-6].*[兄姐弟姊]|[兄姐弟姊].*[俩仨两三四五六2-6]")
BREAKS = "，。？！,;；：\n"
_BREAK = re.compile(f"[{BREAKS}]")
_ME = re.compile(
    "(?:^|(?<=[，、：。]))(?:本人|户主)(?=$|[，、：。是有没吃属]|农村|城市|低保|特困|普通|监测)|(?<=[和跟同与、])(?:我|俺|咱)(?![们家屋的妈爸爹娘公婆爷奶老哥弟姐妹兄姊儿女媳爱对丈妻男])"
    "|"
    "(?:我|俺|咱)(?:自己|本人|个人|自个儿?)"
    "|(?:我|俺|咱)(?=也是|(?:也|就|都)?(?:不是|没有|没得)(?:$|[，。！呢]))"
    "|(?:我|俺|咱)(?=(?:和|跟|同|与|加|带)(?!你|您|谁|他们))"
    "|(?:我|俺|咱)(?![俩仨]|[两二三四五六七八九2-9]个|[们家屋的这那要想问来听看查帮替给跟和同与该能可今头上村区镇县市刚不得还老娃儿妈爸爹娘公婆爷奶兄姊]|也想|就想|也问|交|缴"
    "|(?:刚|才|又|可能|怕是)*(?:[说讲记弄搞报写算数念][错混漏岔反]|[忘漏]))"
)
"""The person writing; words of relatives (我妈) are looked at first, 我家 and 我想问 name nobody."""
_THEY = re.compile("[他她](?:们|俩)?(?:自己|本人)?(?![家爸妈爹娘们俩说问讲])")
_GROUP = re.compile(
    "(?:^|(?<=[，。；、]))(?:老的|老人家?|小的|大的)(?:们|俩|两个)?(?=都|全|也|就|是|有|吃|拿|享受|属于|在|读|上学|上[小初高中大幼]|跟|低保|特困|监测|普通|一般)"
)
"""老的都是监测户, 大的在外地参保了: those old or young who were named before."""
_REST = re.compile(
    "(?:剩下|其余|其他|其它|别的|余下)(?:的?(?:家里人|家人|几个人?|几口人?|人)|的)?"
    "(?=[都全是就也均普一没各]|[，。？]|$|\\d|[二两三四五六七八九俩仨])"
)
UNCERTIFIED = "(?:没有?|没得|未)被?(?:认定|评|批|纳入|办)(?:得)?(?:上|到|下来|成|进去?)"
"""孩子没认定上: said of whoever stands right before it."""
_NOTHING = re.compile(
    "(?:都|也)?(?:没有?|没得|冇|无)(?:得|啥子?|什么|哪样|任何|特别)*(?:特殊|身份|照顾|优惠|困难|补助|补贴|资助|优待)(?:的|情况|身份)?"
    "|(?:啥子?|什么|哪样|任何)(?:困难)?(?:对象|身份|户|类别|人员)(?:都|也)?(?:不是|没得|没有|不算|不占|不沾)"
    "|(?:啥子?|什么|哪样)(?:都|也)不是"
    "|(?<=[个人口我俺咱爸妈爹娘公婆爷奶])(?:都|也|就)?(?:不是|没有|没得)(?=$|[，。！])"
    "|(?<=[子儿女娃孩弟哥姐妹孙叔舅姑姨伴他她])(?:都|也|就)?不是(?=$|[，。！])"
    f"|{UNCERTIFIED}(?=$|[，。！])"
    "|(?:普通|一般)(?:人|的|户|居民|农民|群众|老百姓|家庭|农户|人家)?"
    "(?=$|[，。？！、呢吧啊]|[一二两三四五六七八九十\\d俩仨]+[个口人]?|要|交|一共|总共|都|选|买)"
)
"""没得啥子身份, 普通, 没认定上: in no category that is helped."""

_SAME = re.compile("(?:也|都)(?:是|一样|同样)(?:的|这样)?(?=$|[，。？！、呢咧哩]|他|她|一共|总共)")
"""我爷爷也是: in the category named last."""
_EMPLOYED = re.compile(
    "(?<![转断停没不])(?:有|交|上|买|参加|是|入)?(?:了|的)?(?:是)?职工(?:医保|医疗保险|社保|保险?)(?!断|停|转|没|就|已经|都)"
    "|(?<![转断停没不])(?:交|上|买|参加)(?:了|的)?(?:是)?职工(?=$|[，。、的])"
)
"""老公职工医保: insured as an employee, whatever verb is left out."""


@dataclass(frozen=True)
class Event:
    """One such word: where it stands, its kind, and the mention behind it, if any."""

    start: int
    end: int
    kind: Kind
    text: str
    mention: Mention | None = None


def events_of(question: Question) -> list[Event]:
    """All events of a question; a word that lies in another's is that one's (俺娘俩 is two persons, not 俺娘)."""
    own = [one for one in question.mentions if one.span.end]
    named = [_event("said", one) for one in own if isinstance(one, CategoryMention)]
    relatives = [_event("kin", one) for one in own if isinstance(one, KinMention)]
    people = [_event("count", one) for one in own if isinstance(one, PeopleMention)]
    people = [one for one in people if _of_two(one) or not any(_same(one, other) for other in relatives)]
    people = [one for one in people if not any(_inside(one, other) for other in named) and not _REST.match(one.text)]
    kin = [one for one in relatives if not any(_shares(one, other) for other in people if _of_two(other))]
    kin = [one for one in kin if _child(one) or not any(_inside(one, other) for other in named)]
    said = [*named, *(_event("said", one) for one in own if _says(one))]
    found = [*people, *kin, *said]
    for kind, pattern in _PATTERNS:
        matches = [Event(one.start(), one.end(), kind, one.group()) for one in pattern.finditer(question.text)]
        found += [one for one in matches if not any(_shares(one, other) for other in found)]
    return sorted(found, key=lambda one: (one.start, one.end))


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("plain", _NOTHING),
    ("employed", _EMPLOYED),
    ("absent", ABSENT),
    ("same", _SAME),
    ("rest", _REST),
    ("me", _ME),
    ("they", _THEY),
    ("group", _GROUP),
    ("break", _BREAK),
)


def _says(mention: Mention) -> bool:
    """Whether it is said of a person and bears on the money: a tier, an age, a school, another insurance."""
    if isinstance(mention, FactMention):
        return mention.fact in FACTS and not mention.hypothetical
    return isinstance(mention, TierMention) or (isinstance(mention, AgeMention) and mention.years is not None)


def _event(kind: Kind, mention: Mention) -> Event:
    span = mention.span
    return Event(span.start, span.end, kind, span.text, mention)


def _of_two(event: Event) -> bool:
    siblings = bool(SIBLINGS.search(event.text))
    return siblings or event.text in (*COUPLES, *TWINS) or bool(PARENT_AND_CHILD.match(event.text))


def _child(event: Event) -> bool:
    """俩女儿, 父母双亡的孩子: a category whose words name a child is said of that child's house, or of the child."""
    return isinstance(event.mention, KinMention) and event.mention.who == "child"


def _same(one: Event, other: Event) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _inside(inner: Event, outer: Event) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _shares(one: Event, other: Event) -> bool:
    return one.start < other.end and other.start < one.end
