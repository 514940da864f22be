"""Which category of persons a word of the register means: registers write it as the notice does, with brackets and additions."""

from __future__ import annotations

import re

from policy_kb.categories import Categories

_BRACKETED = re.compile("[（(][^（()）]*[）)]")
_SHORTEST = 3
"""Characters of a known word that may decide by standing inside a longer one."""
_NOT = re.compile("(非|不是|不属于|原|曾|已退出)$")


def meanings(word: str, categories: Categories) -> tuple[str, ...]:
    """The categories a word may mean: by itself, without what stands in brackets, else by the longest known word within it."""
    plain = _BRACKETED.sub("", word).strip()
    for form in (word, plain, plain.removeprefix("城乡")):
        if found := categories.named(form):
            return found
    inside = {one: known for known in _known(categories) if (one := _within(known, plain))}
    longest = max(map(len, inside), default=0)
    named = [name for known in inside if len(known) == longest for name in categories.named(known)]
    return tuple(dict.fromkeys(named))


def _known(categories: Categories) -> list[str]:
    return [
        known for one in categories.by_name.values() for known in (one.name, *one.aliases) if len(known) >= _SHORTEST
    ]


def _within(known: str, word: str) -> str:
    """The known word where it stands in the other and is not denied there."""
    before, found, _ = word.partition(known)
    return "" if _NOT.search(before) else found
