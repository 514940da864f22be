"""What is left of a question when its mentions, particles and fillers are taken away: nothing of a bare 那特困呢."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.understanding import (
    AgeMention,
    CategoryMention,
    DateMention,
    Mention,
    PeopleMention,
    PlaceMention,
    TierMention,
    YearMention,
)

_PARTICLES = re.compile(
    r"那么|那就|那|要是|如果|假如|假设|万一|换成|换作|改成|改作|的话|呢|啊|呀|吗|嘛|哦|哈|吧|呗|咧|嘞|哩|勒|捏|哟|喔|哇|噻|的|了|也|"
    r"就|都|还|又|才|再|像|比如|这种|这个|那个|"
    r"不对|不是|没有|错了|搞错了?|说错了|打错字?了?|弄错了|应该是|其实|嗯|对|好的|请问|我们家|我们|我家|俺家|我|"
    r"俺|咱|他们?|她们?|你|它|是|和|跟|还有|另外|"
    r"以后|之后|以前|之前|前(?![年天])|后(?![年天])|一样|情况|身份|方面|这边|那边|这儿|这里|人(?=$)|户(?=$)"
)
_BESIDE = (
    (DateMention, re.compile(r"交费|缴费|交钱|[交缴付补办]|出生|生|落地|拖到|等到|到|从|打")),
    (TierMention, re.compile(r"参加|选|上|交|缴|整|买|办|要|想|换")),
    (CategoryMention, re.compile(r"享受|评上|属于|算|吃|拿|有|当|办|人员|对象|户|家庭|农村|城市")),
    (PlaceMention, re.compile(r"属于|住在|住|在|到|去|人|户口|户籍|参保|归|来")),
    (AgeMention, re.compile(r"今年|岁|大|多|快|满")),
    (YearMention, re.compile(r"年度|年|医保|居民医保")),
    (PeopleMention, re.compile(r"一家|全家|家里|一共|总共|其中|口|剩下|其余|个|有|只有|只")),
)
_MARKS = re.compile(r"[\W_]+")


def residue(text: str, mentions: Sequence[Mention]) -> str:
    """The words of `text` that no mention and no word of grammar accounts for; spans are those of `text`."""
    letters = list(text)
    for mention in mentions:
        for i in range(mention.span.start, min(mention.span.end, len(letters))):
            letters[i] = "|"
    rest = "".join(letters)
    for kind, words in _BESIDE:
        if any(isinstance(m, kind) for m in mentions):
            rest = words.sub("|", rest)
    return _MARKS.sub("", _PARTICLES.sub("|", rest))
