"""Numbers of persons (一家五口, 有三个低保, 其余的是一般户) and the categories those persons are said to have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.numerals import whole
from nlu.understanding import CategoryMention, KinMention, PeopleMention, Span

TWO = 2
MOST = 30
"""Persons in a household; larger numbers are not about one."""

_N = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2}|[俩仨])"
_TOTAL_BEFORE = re.compile(
    r"(?:一家子?|全家|家里|家头|屋头|屋里|我家|俺家|咱家|我们家|户口本?上|总共|一共|拢共|共)[^，。？！]{0,4}$"
)
_SEVERAL_PAY = r"(?<=[两二三四五六七八九十])个人(?=[缴交](?!费?的?(?:标准|部分|金额)|纳))"
"""三个人交完补完: so many persons pay; 个人缴费标准 is no number of them."""
_COUNT = re.compile(
    rf"{_N}(?:口人|口之家|口(?<=[家头里][一二两三四五六七八九\d]口)(?![袋粮味子])|张[嘴口](?!巴)|"
    rf"口子?(?=$|[，。？！、都人一全的俩两二三四五几\d有里拢总合加普低特监]|多少)|个人(?!账|缴|交|部分|自)|{_SEVERAL_PAY}|人(?=$|"
    rf"[，。？！、都交要的是在有参已])|位(?=老|$)|(?P<each>个|人(?![民员家均士])|口)|(?<=[俩仨])(?!月|钱|小时|事|问|保|地|档|年|块|星|天|证|卡|医|种|身份|"
    rf"字|部|县|镇|村|乡|谁|哪|多))"
)
"""A number of persons; of `each` (两个), which may be two of anything, the words around it tell (`_of_persons`)."""
_WHO = re.compile(
    r"(?:农村|城市|一般|普通|老人|老的|老头|大人|大的|小孩|小的|孩|娃|学生|女儿|儿子|闺女|丫头|年轻|残|是|都是|不是|没得?身份|"
    r"(?:上|读|念)(?:学|书|小学|初中|高中|中学|大学|幼儿园)|(?:\d{1,2}|[一二三四五六七八九十]{1,3})岁|"
    r"(?:都|就|想|要)?(?:选|交|缴|买|上|参加|走|用)?[一二三四1-4]档|(?:在[\u4e00-\u9fff]{2,4}(?=[有交上缴买]))?(?:都|就|是|有|交|缴|买|上|参加|入|了|着|的){0,3}职工)"
)
_IS = r"(?:都|全|就|也|还|又|在|是|有|算|属于|被|吃着?|拿着?|领着?|享受着?|评上?了?|办了?|纳入|列为|认定为?|的){0,4}"
_OF_A_HOUSE = re.compile(
    r"(?:(?:普通|一般|大人|老人|年轻人|学生)的?(?:有|是)?|家|家里|[我俺咱]屋|屋头|屋里|[我俺咱他她]们?|剩下?|其余|其他|其它|别的|还有|另外|余下|总共|一共)的?$"
)
_TOGETHER = re.compile("合计|一共|总共|拢共|加起来|加一块")
_HAS = re.compile("(?:户|的)?(?:其实|应该)?(?:只|才|就)?(?:有|是)?")
"""Between persons and their number (低保的有两个)."""
_ENDS = re.compile(r"(?:$|[，。？！、呢咧嘞哩]|一共|一起|总共|合计|加|都|全|各|交|缴|要|得|该|人)")
_AS_ONE = re.compile("(?:都|全|就)?(?:一路|一起|一块儿?|一同|一道|一堆)(?:去|来|给|要)?(?:交|缴|买|参|办)")
"""六个一路交: so many pay together; two may be two insurances (职工居民两个一起交)."""
_LEFT = re.compile("(?:剩下|剩|其余|其他|其它|别的|余下)的?$")
_UNMOVED = re.compile("不(?![懂明清知])|没|还|照|按|原|维持|保持|仍")
"""剩下两个不动: those left stay as they are."""
_ONE_OF_THEM = re.compile("(?<=有)个(?!体|别)")
"""里头有个特困: one person."""
_TERSE = re.compile(r"(?<![\d.第])(?:[1-9]|[两二三四五六七八九])(?=(?P<plain>普通|一般)?)")
"""6口人2低保4普通: numbers right before what the persons are."""
_SIBLINGS = "(?:兄弟姐妹|兄弟姊妹|兄妹|姐妹|兄弟|姐弟|弟兄|姊妹)"
_COUPLE = re.compile(
    rf"(?<![和跟同与][我俺咱])[爷娘]儿?(?:[俩仨]|[两三四3-4]个)|(?:母子|父子|母女|父女)(?:[俩仨]|[两三四3-4]个)?|(?:爷孙|祖孙|婆孙|婆媳)(?:[俩仨]|[两三四3-4]个)|老[两俩]口|小[两俩]口|[两俩]口[子儿]|"
    rf"[三四五六3-6]{_SIBLINGS}|{_SIBLINGS}(?:[俩仨]|[两三四五六2-6]个)|夫妻俩?|"
    r"双胞胎|龙凤胎"
)
_REST = re.compile(r"(?:剩下|其余|其他|其它|别的|余下)的?(?:人|几个人?|几口|家里人|家人)?(?=都|全|是|就|也)")
_ALL = re.compile(r"[，、。]?(?:我们|他们|全家|全部)?[都全](?:是|算|属于)(?:[^，。？！]{0,3})$")
_BREAK = re.compile(r"[，。？！；\n]")


@dataclass(frozen=True)
class _Group:
    """Some persons of a household: where they are named and how many, None for the rest of them."""

    span: Span
    count: int | None
    is_total: bool = False


def read_people(text: str, categories: Sequence[CategoryMention], kin: Sequence[KinMention]) -> list[PeopleMention]:
    """The household as told: totals and parts, each with its categories; a relative with a category is a part."""
    groups = _groups(text, categories, kin)
    if groups:
        groups += _relatives(text, groups, categories, kin)
    groups.sort(key=lambda group: group.span.start)
    total = next((g.count for g in groups if g.is_total), None)
    said = sum(g.count or 0 for g in groups if not g.is_total)
    people: list[PeopleMention] = []
    for index, group in enumerate(groups):
        limit = groups[index + 1].span.start if index + 1 < len(groups) else len(text)
        count = group.count if group.count is not None else (total - said if total is not None else 0)
        if count > 0:
            named = _categories(text, group, limit, categories)
            people.append(PeopleMention(group.span, count, named, group.is_total))
    apart = [one for one in people if not any(_inside_of(one.span, category.span) for category in categories)]
    return _everyone(text, _several(_once(apart)), categories)


def _inside_of(inner: Span, outer: Span) -> bool:
    """只有一个闺女 is a kind of household, not one person of it."""
    return outer.start <= inner.start and inner.end <= outer.end


def _once(people: list[PeopleMention]) -> list[PeopleMention]:
    """The household's number said a second time (四个人要准备多少钱) is not four more."""
    totals = [p for p in people if p.is_total]
    counts = [t.count for t in totals]
    return [p for p in people if p.is_total or p.categories or p.count not in counts or _COUPLE.fullmatch(p.span.text)]


def _everyone(text: str, people: list[PeopleMention], categories: Sequence[CategoryMention]) -> list[PeopleMention]:
    """四个人，两口子加两个娃，都是一般户: after the parts of a household, 都是 speaks of all of it."""
    parts = [p for p in people if not p.is_total]
    ids = tuple(dict.fromkeys(i for p in parts for i in p.categories))
    told = [c for c in categories if c.ids == ids and _ALL.search(_BREAK.sub("，", text[: c.span.start]))]
    rest = any(_REST.search(text[: c.span.start]) for c in told)
    alone = len([p for p in parts if p.categories]) == 1
    if len(ids) != 1 or not told or rest or not alone or any(p.is_total and p.categories for p in people):
        return people
    own_clause = any(not _BREAK.search(text[p.span.end : told[0].span.start]) for p in parts if p.categories)
    return people if own_clause else [replace(p, categories=ids if p.is_total else ()) for p in people]


def _of_persons(
    text: str, start: int, end: int, categories: Sequence[CategoryMention], kin: Sequence[KinMention]
) -> bool:
    """Whether 两个 counts persons: those in a category, of an age, at a tier (两个吃低保, 两个老的), or relatives just named."""
    after = text[end:]
    if text[end - 1] == "人" and _TOGETHER.match(after):
        return True
    many = whole(text[start : end - 1]) or 0
    if (many > TWO and _AS_ONE.match(after)) or (_LEFT.search(text[:start]) and _UNMOVED.match(after)):
        return True
    if _WHO.match(after) or any(
        re.fullmatch(_IS, text[end : one.span.start]) for one in categories if one.span.start >= end
    ):
        return True
    told = [*(one.span for one in kin), *(one.span for one in categories)]
    behind = [text[span.end : start] for span in told if span.end <= start]
    if any(_HAS.fullmatch(words) for words in behind) and _ENDS.match(after):
        return True
    return bool(_OF_A_HOUSE.search(text[:start]) and _ENDS.match(after))


def _groups(text: str, categories: Sequence[CategoryMention], kin: Sequence[KinMention]) -> list[_Group]:
    found = [
        _Group(Span(*m.span(), m.group()), _of_a_name(m.group()), _is_total(text, m)) for m in _COUPLE.finditer(text)
    ]
    found += [_Group(Span(*m.span(), m.group()), None) for m in _REST.finditer(text)]
    for match in _COUNT.finditer(text):
        count = whole(match["n"])
        if count is None or not 0 < count <= MOST or _inside(match, found):
            continue
        named = _of_persons(text, *match.span(), categories, kin)
        if match["each"] and not named:
            continue
        if count == 1 and not named and not re.search(r"[就只]有?我?$|剩$|还有$|其中$", text[: match.start()]):
            continue
        rest = next((g for g in found if g.count is None and g.span.start < match.start() <= g.span.end + 1), None)
        if rest is not None:
            found.remove(rest)
        found.append(_Group(Span(*match.span(), match.group()), count, _is_total(text, match)))
    found += [
        _Group(Span(*match.span(), match.group()), 1)
        for match in _ONE_OF_THEM.finditer(text)
        if _of_persons(text, *match.span(), categories, kin)
    ]
    return found + (_terse(text, found, categories) if found else [])


def _terse(text: str, found: Sequence[_Group], categories: Sequence[CategoryMention]) -> list[_Group]:
    """Numbers right before a category, in a household that is counted."""
    named = {one.span.start for one in categories}
    return [
        _Group(Span(*match.span(), match.group()), whole(match.group()) or 0)
        for match in _TERSE.finditer(text)
        if (match["plain"] or match.end() in named) and not _inside(match, found)
    ]


def _of_a_name(words: str) -> int:
    """How many such a word names: 老两口 two, 娘儿仨 and 三兄妹 three."""
    said = re.search("[仨三四五六3-6]", words)
    return (whole(said.group()) if said else None) or 2


def _is_total(text: str, match: re.Match[str]) -> bool:
    """一家五口, 总共四个人; 我们仨 and 老两口 where no other total stands before."""
    return bool(_TOTAL_BEFORE.search(text[: match.start()])) or "之家" in match.group()


def _inside(match: re.Match[str], found: Sequence[_Group]) -> bool:
    return any(match.start() < g.span.end and match.end() > g.span.start for g in found if g.count is not None)


def _relatives(
    text: str, groups: Sequence[_Group], categories: Sequence[CategoryMention], kin: Sequence[KinMention]
) -> list[_Group]:
    """Relatives whose own clause gives them a category: 我奶奶是特困."""
    counted = [group.span for group in groups]
    found: list[_Group] = []
    for category in categories:
        before = [k for k in kin if k.span.end <= category.span.start]
        if not before or category.negated:
            continue
        span = before[-1].span
        between = text[span.end : category.span.start]
        free = all(span.end <= c.start or span.start >= c.end for c in counted) and span not in [g.span for g in found]
        if free and not _BREAK.search(between) and not any(span.end <= c.start < category.span.start for c in counted):
            found.append(_Group(span, 1))
    return found


def _categories(text: str, group: _Group, limit: int, categories: Sequence[CategoryMention]) -> tuple[str, ...]:
    """The categories said of a group: in its own clause, or after 都是 in the next one; ambiguous words give none."""
    ids: list[str] = []
    for mention in categories:
        if mention.negated or len(mention.ids) != 1 or not group.span.end <= mention.span.start < limit:
            continue
        between = text[group.span.end : mention.span.start]
        if not _BREAK.search(between) or (_ALL.search(between) and len(between) <= 40):
            ids += mention.ids
    return tuple(dict.fromkeys(ids))


def _several(people: list[PeopleMention]) -> list[PeopleMention]:
    """Where nobody said 一家, the largest number that is no smaller than the others together is the total."""
    if any(p.is_total for p in people) or not people:
        return people
    largest = max(people, key=lambda p: p.count)
    others = sum(p.count for p in people) - largest.count
    if largest.categories or (others > largest.count):
        return people
    return [replace(p, is_total=p is largest) for p in people]
