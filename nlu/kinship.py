"""Relatives a question is about (我妈, 幺儿, 老伴), from kinship.yml."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from nlu.lexicon import Phrases
from nlu.understanding import KinMention, Span

_OWNERS = "我俺咱你他她家您"
_PREDICATE = (
    "也|都|还|是|走|去世|过世|死|嫁|吃|拿|领|享受|算|属于|有|没|不|低保|特困|五保|监测|脱贫|返贫|重残|残疾|优抚|孤儿|普通|一般|"
    r"在|读|上|选|交|缴|买|[一二三四五六]级|\d"
)
_BARE = re.compile(
    rf"(?:^|(?<=[，。；：、和跟加]))(?:老汉|[爹妈爸娘]|(?P<sibling>[哥弟姐妹]))(?=(?:{_PREDICATE}))"
    r"|(?<=[俺我])[大达](?=呢|咧|哩|也|没|有|是|吃|拿|今年|，|、|[和跟同与]|[俺我][娘妈])"
)
"""爹是低保，妈普通: without an owner only where the word begins what is said of the person; 俺大, 俺大俺娘: in 皖北, the father."""


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[Phrases, dict[str, str], frozenset[str]]:
    """The phrases to look for, whom each names, and those that name no relative."""
    with Path(__file__).with_name("kinship.yml").open(encoding="utf-8") as file:
        said: dict[str, Any] = YAML(typ="safe").load(file)
    words = said.pop("not_kin")
    not_kin = frozenset([*words, *(f"{owner}{word}" for owner in _OWNERS for word in words)])
    who: dict[str, str] = {}
    for relative, forms in said.items():
        who |= dict.fromkeys(forms["words"], relative)
        owned = (*forms["words"], *forms.get("after", ()))
        who |= {f"{owner}{word}": relative for owner in _OWNERS for word in owned}
    return Phrases([*who, *not_kin]), who, not_kin


def read_kin(text: str) -> list[KinMention]:
    """Every relative named, in order."""
    phrases, who, not_kin = _vocabulary()
    bare = [
        KinMention(Span(*one.span(), one.group()), "sibling" if one["sibling"] else "parent")
        for one in _BARE.finditer(text)
    ]
    found = [
        KinMention(Span(start, start + len(word), word), who[word])
        for start, word in phrases.find(text)
        if word not in not_kin
    ]
    apart = [one for one in bare if all(one.span.end <= m.span.start or one.span.start >= m.span.end for m in found)]
    return sorted([*found, *apart], key=lambda one: one.span.start)
