"""The vocabulary of the knowledge base as the readers take it, with a handful of places."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from nlu.lexicon import FactKind, FoundPlace, Lexicon, Phrases

_KB = Path(__file__).parents[2] / "policy_kb"
_PLACES = {
    "濉溪县": ("340621",),
    "濉溪": ("340621",),
    "大竹县": ("511724",),
    "怀远县": ("340321",),
    "怀远": ("340321",),
    "刘桥镇": ("340621101",),
    "清水镇": ("511724103",),
    "清河镇": ("511724104",),
    "湖北": ("420000",),
    "浙江": ("330000",),
    "上海": ("310000",),
    "宿州": ("341300",),
    "鼓楼区": ("320106", "350102", "320302", "410204"),
}


def _read(name: str) -> dict[str, Any]:
    return dict(YAML(typ="safe").load((_KB / name).read_text(encoding="utf-8")))


def _fact(entry: dict[str, Any]) -> FactKind:
    labels = {True: entry["yes"], False: entry["no"]} if entry["kind"] == "bool" else dict(entry.get("values", {}))
    return FactKind(entry["kind"], labels, entry.get("unit", ""))


def _find_places(text: str) -> list[FoundPlace]:
    return [(start, start + len(name), name, _PLACES[name]) for start, name in Phrases(_PLACES).find(text)]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """All categories, channels and facts of the knowledge base, three tiers, and the places above."""
    categories: dict[str, list[str]] = defaultdict(list)
    for name, entry in _read("categories.yml").items():
        for alias in dict.fromkeys((name, *entry["aliases"])):
            categories[alias].append(name)
    return Lexicon(
        categories={alias: tuple(ids) for alias, ids in categories.items()},
        spoken={
            name: tuple(map(re.compile, entry["spoken"]))
            for name, entry in _read("categories.yml").items()
            if "spoken" in entry
        },
        channels={alias: name for name, entry in _read("channels.yml").items() for alias in entry["aliases"]},
        tiers=("一档", "二档"),
        facts={name: _fact(entry) for name, entry in _read("facts.yml").items()},
        place_names=frozenset(name for name in _PLACES if name[-1] in "县镇"),
        find_places=_find_places,
    )
