"""The last question with what a follow-up puts in its place: 龙亢镇呢 after 常坟镇归哪个组, 财政局呢, 特困的呢."""

from __future__ import annotations

import re

from nlu.understanding import CategoryMention, PlaceMention, Question
from policy_kb.knowledge import KnowledgeBase
from policy_kb.regions import Region

_SUFFIX = "局|委|办公室|中心|联合会|残联|妇联|团委|政府|银行|税务|学校|督查室|居委会|村委会"
_UNIT = rf"[^，。？！\s几报给由和跟要做管送谁哪什前后呢吗是个些]{{0,7}}?(?:{_SUFFIX})"
_COMPARED = re.compile("那?(跟|和|与|比)")
OFFICE = re.compile(_UNIT)
"""An office by its name (县民政局)."""
_ASKED_UNIT = re.compile(rf"^(?:那|那么|还有|换成|要是)?(?P<name>{_UNIT})(?:呢|咧|嘞|哩|也是|又)?[？?。]*$")


def renamed(earlier: str, question: Question, kb: KnowledgeBase) -> str:
    """The words of the earlier question about the place, office or category named now; as they were where none is."""
    unit = _ASKED_UNIT.match(question.text)
    if unit is not None:
        return OFFICE.sub(unit["name"], earlier, count=1)
    held = [one for one in question.of(CategoryMention) if one.span.end]
    if len(held) == 1 and not held[0].negated:
        return _with_category(earlier, held[0].span.text, kb)
    named = [one for one in question.of(PlaceMention) if one.span.end]
    if len(named) != 1 or named[0].negated or _COMPARED.match(question.text):
        return earlier
    return _with_place(earlier, named[0].span.text, {kb.regions[one].level for one in named[0].codes}, kb)


def _with_category(earlier: str, name: str, kb: KnowledgeBase) -> str:
    """The one category of the earlier words gives way to the new one; of several it is not known which is meant."""
    found = list(dict.fromkeys(match.group() for match in kb.categories.words.finditer(earlier)))
    return earlier.replace(found[0], name) if len(found) == 1 else earlier


def _with_place(earlier: str, name: str, levels: set[str], kb: KnowledgeBase) -> str:
    """Every place of the same level gives way to the new one, the last first so that positions hold."""
    for match in reversed(kb.regions.find_in(earlier)):
        if _levels(match.candidates) & levels:
            earlier = earlier[: match.start] + name + earlier[match.end :]
    return earlier


def _levels(regions: tuple[Region, ...]) -> set[str]:
    return {one.level for one in regions}
