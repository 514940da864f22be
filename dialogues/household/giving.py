"""Giving a person what is said of him: a category on top of another or in its place, a tier, an age, a school."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dialogues.household.counting import Counting
from dialogues.household.events import Event
from dialogues.household.numbers import TWO
from dialogues.household.someone import Someone
from dialogues.kin_names import CHILD, OFFSPRING
from nlu.understanding import AgeMention, CategoryMention, FactMention, TierMention
from policy_kb.knowledge import KnowledgeBase

ALSO = re.compile("又|还(?!是)|同时|并且|而且|另外|也")
_ON_TOP = re.compile("又|还(?!是)|同时|并且|而且")
_SUPPOSED = re.compile("要是|如果|假如|若是|换成|改成|变成")
"""What is supposed of somebody known takes the place of what he is (要是他也是低保呢)."""
_OR = re.compile("(?:，?(?:还是|或者?|要么))(?:个|是)?")
_CHILD_OF = re.compile("(?:大的|小的|老大|老二|老三)(?:今年|才|都|刚|是|有)?$")
_PUTS_RIGHT = re.compile("不对|不是|错|应该|其实|改")
_EACH = re.compile("(?:一个|大的|小的|老大|老二|老三)(?:今年|才|都|刚|是|有)?$")
HOUSE_WORD = "户"
"""The word at whose end a category may be one of the whole household."""


@dataclass(kw_only=True)
class Giving(Counting):
    """The persons of a text with what was given to each."""

    kb: KnowledgeBase
    touched: set[tuple[str, int]] = field(default_factory=set)
    """What was said in this message, and of whom."""
    named_last: Someone | None = None
    """Whose category was told last."""
    _denied: set[str] = field(default_factory=set)

    def apply(self, event: Event, targets: list[Someone]) -> None:
        """Gives what an event says to each of these."""
        self._give(event, targets)
        self.spoken = event.end

    def _give(self, event: Event, targets: list[Someone]) -> None:
        kind, mention = kind_of(event), event.mention
        if isinstance(mention, AgeMention) and mention.years is not None:
            targets = self._one_of(targets, event) or self._elder_or_younger(event)
            targets = self._another(targets, mention.years, event)
        if not (isinstance(mention, CategoryMention) and mention.negated):
            self.said.add(kind)
        for one in targets:
            new = (kind, id(one)) not in self.touched
            self.touched.add((kind, id(one)))
            if isinstance(mention, AgeMention) and mention.years is not None:
                one.grown_to(mention.years)
            elif isinstance(mention, TierMention):
                one.tier = mention.tier
            elif isinstance(mention, FactMention):
                _fact(one, mention)
            elif isinstance(mention, CategoryMention):
                self._category(one, mention, event, new)
            elif event.kind == "employed":
                one.elsewhere = True
            else:
                one.categories = () if new else one.categories

    def _one_of(self, targets: list[Someone], event: Event) -> list[Someone]:
        """一个19一个15, 8岁5岁: each age is that of one of those just named; 两个老人65岁: both."""
        some = targets[-1] if targets else None
        apart = "age" in self.said or bool(_EACH.search(self.text[: event.start]))
        if some is None or not apart or some.heads is None or some.heads < TWO or some not in self.people:
            return targets
        some.heads -= 1
        self.people.append(Someone(1, some.names, some.stage, categories=some.categories, named=True))
        return self.people[-1:]

    def _another(self, targets: list[Someone], years: int, event: Event) -> list[Someone]:
        """大闺女20岁，小闺女11岁: another age is that of another child, unless it puts the first one right."""
        one = targets[0] if len(targets) == 1 else None
        if one is None or one.heads != 1 or one.age in (None, years) or not set(one.names) & OFFSPRING:
            return targets
        if ("age", id(one)) not in self.touched or _PUTS_RIGHT.search(self.text[self.spoken : event.start]):
            return targets
        self.people.append(Someone(1, one.names, "child", named=True, linked=True))
        self.last = self.people[-1:]
        return self.people[-1:]

    def _elder_or_younger(self, event: Event) -> list[Someone]:
        """双女户，大的17小的12: the children of whom nothing but the age is said."""
        if not _CHILD_OF.search(self.text[: event.start]):
            return []
        self.people.append(Someone(1, (CHILD,), "child", named=True))
        return self.people[-1:]

    def _category(self, one: Someone, mention: CategoryMention, event: Event, new: bool) -> None:
        """Adds it to those said in this message; what was known from before gives way, unless it is said to come on top."""
        lead = self.text[self.clause : event.start]
        on_top = (_ON_TOP if not one.new and _SUPPOSED.search(lead) else ALSO).search(lead)
        held = () if new and not on_top else one.categories or ()
        if mention.negated:
            self._denied.update(mention.ids)
            one.categories = tuple(name for name in held if name not in mention.ids)
            return
        ids = tuple(name for name in mention.ids if not self.kb.categories[name].ordinary)
        included = {wider for name in held for wider in self.kb.categories.wider(name)}
        ids = tuple(self._unless(name) for name in ids if name not in included)
        one.either = one.either or len(ids) > 1 or bool(held and _OR.fullmatch(self.text[self.spoken : event.start]))
        one.categories = tuple(dict.fromkeys((*held, *ids)))
        one.of_house = event.text.endswith(HOUSE_WORD)
        self.named_last = one

    def _unless(self, name: str) -> str:
        """What somebody of this category is who is expressly not in another (脱了贫，也不在监测里)."""
        return next((other for one, other in self.kb.categories[name].unless.items() if one in self._denied), name)


def _fact(one: Someone, mention: FactMention) -> None:
    if mention.fact == "student" and isinstance(mention.value, str):
        left = one.student == "graduate" and mention.value == "university"
        one.student = one.student if left else mention.value
    elif mention.fact == "university_here" and isinstance(mention.value, bool):
        one.university_here = mention.value
    elif mention.fact == "employee_insured" and isinstance(mention.value, bool):
        one.elsewhere = mention.value


def kind_of(event: Event) -> str:
    """What sort of thing is said: category, tier, age, student or employed."""
    mention = event.mention
    if isinstance(mention, TierMention):
        return "tier"
    if isinstance(mention, AgeMention) or event.kind == "employed":
        return "age" if mention else "employed"
    return "student" if isinstance(mention, FactMention) else "category"
