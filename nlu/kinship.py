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
_BARE = re.compile(
    r"(?:^|(?<=[，。；：、和跟加]))[爹妈爸娘](?=(?:也|都|还)?(?:是|吃|算|属于|有|低保|特困|五保|监测|脱贫|残疾|普通|一般|\d))"
)
"""爹是低保，妈普通: without an owner only where the word begins what is said of the person."""


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
    bare = [KinMention(Span(*one.span(), one.group()), "parent") for one in _BARE.finditer(text)]
    found = [
        KinMention(Span(start, start + len(word), word), who[word])
        for start, word in phrases.find(text)
        if word not in not_kin
    ]
    apart = [one for one in bare if all(one.span.end <= m.span.start or one.span.start >= m.span.end for m in found)]
    return sorted([*found, *apart], key=lambda one: one.span.start)
