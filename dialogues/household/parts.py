"""Persons counted together (俺娘俩, 兄弟三个, 四个大人) and those of them who are named one by one in the same message."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dialogues.household.someone import Someone, heads
from dialogues.kin_names import ME, OFFSPRING, OLD, SIBLINGS, SPOUSE

AMONG = re.compile("其中|里面|里头|里边|当中|中间")
"""里面有两个低保: said of some of a household told before."""
_AMONG_BEFORE = re.compile(f"(?:{AMONG.pattern})[^，。？！]{{0,4}}$")
_OF = {
    "母子": OFFSPRING | {ME, "妈", "爸", "爷", "奶", "孙子", "孙女", "外公", "外婆", "婆", "儿媳"},
    "兄妹": SIBLINGS | {ME},
    "大人": OLD | {ME, SPOUSE},
    "老人": OLD,
}
"""Who may be one of those counted by such a word."""


def whole_of(before: str, number: int, people: Iterable[Someone]) -> Someone | None:
    """四个大人两个孩子，其中一个吃低保: those of whom so many are some; `before` is what stands before their number."""
    if not _AMONG_BEFORE.search(before):
        return None
    fit = [one for one in people if one.named and one.new and (one.heads or 0) > number and one.categories is None]
    return max(fit, key=lambda one: one.heads or 0, default=None)


def without_their_parts(people: Iterable[Someone]) -> bool:
    """俺娘俩，俺低保，闺女不是: those counted are only as many as are not named behind; False where more are named than counted."""
    people = list(people)
    for whole in [one for one in people if one.new and one.heads is not None]:
        parts = [one for one in people if one.part_of is whole] or _named_behind(whole, people)
        if not parts or whole.heads is None:
            continue
        if heads(parts) > whole.heads:
            return all(one.part_of is whole for one in parts)
        whole.heads -= heads(parts)
        for one in parts:
            one.names = one.names or (whole.names if len(whole.names) == 1 else ())
            one.categories = whole.categories if one.categories is None else one.categories
    return True


def _named_behind(whole: Someone, people: list[Someone]) -> list[Someone]:
    """Those named after a number of persons who may be of them."""
    kinds = _OF.get(whole.names[0], frozenset()) if len(whole.names) == 1 else frozenset()
    return [
        one
        for one in people
        if set(one.names) & kinds
        and one.names != whole.names
        and (one.at or 0) > (whole.at or 0)
        and one.part_of is None
        and not one.added
    ]
