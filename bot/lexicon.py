"""The words that messages are read with, taken from the knowledge base."""

from __future__ import annotations

from collections import defaultdict

from nlu.lexicon import FactKind, FoundPlace, Lexicon
from policy_kb.knowledge import KnowledgeBase


def lexicon_of(kb: KnowledgeBase) -> Lexicon:
    """Categories with their aliases, channels, tiers, facts and places of one knowledge base."""
    categories: dict[str, list[str]] = defaultdict(list)
    for one in kb.categories.by_name.values():
        for word in dict.fromkeys((one.name, *one.aliases)):
            categories[word].append(one.name)
    return Lexicon(
        categories={word: tuple(ids) for word, ids in categories.items()},
        spoken={one.name: one.spoken for one in kb.categories.by_name.values() if one.spoken},
        channels={word: channel for channel, words in kb.channels.items() for word in words},
        tiers=tuple(dict.fromkeys(tier.tier for one in kb.notices.values() for tier in one.rules.tiers)),
        facts={name: FactKind(kind.kind, _labels(kb, name), kind.unit or "") for name, kind in kb.facts.kinds.items()},
        place_names=_place_names(kb),
        find_places=lambda text: _places(kb, text),
    )


def _labels(kb: KnowledgeBase, name: str) -> dict[str | bool, str]:
    kind = kb.facts[name]
    if kind.kind == "bool":
        return {True: kind.yes, False: kind.no}
    return dict(kind.values.items())


def _places(kb: KnowledgeBase, text: str) -> list[FoundPlace]:
    return [
        (one.start, one.end, one.text, tuple(place.code for place in one.candidates))
        for one in kb.regions.find_in(text)
    ]


def _place_names(kb: KnowledgeBase) -> frozenset[str]:
    """The counties and towns of the notices held: names that a misspelt one may be mended to."""
    held = kb.held_regions()
    towns = [town for region in held for town in kb.regions.children(region.code)]
    return frozenset(one.name for one in (*held, *towns))
