"""Relatives a question is about (我妈, 幺儿, 老伴), from kinship.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from nlu.lexicon import Phrases
from nlu.understanding import KinMention, Span

_OWNERS = "我俺咱你他她家您"


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
    return [
        KinMention(Span(start, start + len(word), word), who[word])
        for start, word in phrases.find(text)
        if word not in not_kin
    ]
