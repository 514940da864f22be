"""Words that name several persons at once: a couple, a parent and children, 我们俩; and the numbers of all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from dialogues.household.absent import Count, counted
from dialogues.household.events import Event
from dialogues.household.naming import Naming
from dialogues.household.numbers import TWO
from dialogues.household.someone import Someone, heads, is_me
from dialogues.kin_names import COUPLE, MANY, ME, OFFSPRING, OLD, SPOUSE

OURS = re.compile("(?:我|俺|咱)们?$")


@dataclass(kw_only=True)
class Together(Naming):
    """The persons of a text with those named by one word for several."""

    counts: list[Count] = field(default_factory=list)
    """The numbers told of the whole household."""

    def count_all(self, number: int, event: Event, ours: bool = False) -> None:
        """Keeps a number of the whole household; which of several holds is told at the end."""
        self.counts.append(counted(number, self.text, event.start, ours))
        self.total = max(number, self.total or 0)

    def at_group(self, event: Event, following: Event | None) -> None:
        """老的, 小的: the old ones, or the children, named before; 大的 or 小的 behind two children is one of them."""
        old = event.text.startswith("老")
        held = [one for one in self.people if one.names and one.names[0] in (OLD if old else OFFSPRING)]
        all_of_them = old or self.text.startswith(("都", "全"), event.end)
        if held and all_of_them:
            self.name(event, held)
        elif len(held) > 1:
            self.name(event, [held[-1] if event.text.startswith("小") else held[0]])
        elif held and (held[0].heads or 0) > 1:
            self.name(event, [self._one_of_those(held[0])])

    def _one_of_those(self, several: Someone) -> Someone:
        several.heads = (several.heads or 0) - 1
        self.people.append(replace(several, heads=1, named=False, linked=False))
        return self.people[-1]

    def couple(self, event: Event, before: str) -> list[Someone]:
        """老两口, 两口子: the two just named (我跟她爸两口子), the person writing and the spouse, the two known, else two more."""
        ours = bool(OURS.search(before))
        just = self.end == event.start or (not self.said - {"age"} and event.text.startswith(("两", "俩")))
        if self.last and heads(self.last) == TWO and just and not ours:
            return list(self.last)
        if ours or event.text.startswith("小"):
            return [self.me(), self.someone(SPOUSE, "adult")]
        others = [one for one in self.people if one.names and not is_me(one)]
        held = [one for one in others if one.names[0] in OLD or one.names[0] == COUPLE]
        known = held if heads(held) == TWO else [one for one in others if not one.new]
        whole = event.text.startswith("老") and heads(known) == TWO
        return known if whole else [self.some(TWO, (COUPLE,), "grown")]

    def parent_and_child(self, before: str, number: int) -> list[Someone]:
        """俺娘俩: the one known of a parent and a child, and the person writing; 娘儿仨: those known where they are so many."""
        if number > TWO:
            own = [one for one in self.people if is_me(one) or set(one.names) & MANY]
            own = next((some for some in (self.focus, self.named, own) if heads(some) == number), [])
            return own or [self.some(number, ("母子",), "adult")]
        kin = [one for one in self.people if one.heads == 1 and one.names and one.names[0] not in (ME, SPOUSE)]
        mine = OURS.search(before) or len(kin) == 1
        return [kin[-1], self.me()] if kin and mine else kin[-2:] or [self.some(TWO, ("母子",), "adult")]

    def of_us(self, number: int, event: Event) -> list[Someone]:
        """我们俩: everybody known or told nothing of where they are so many, or the one known and I; else the household."""
        own = [one for one in self.people if is_me(one)]
        if (
            self.fresh
            and not own
            and heads(self.last) + 1 == number
            and OURS.fullmatch(self.text[self.end : event.start])
        ):
            return [*self.last, self.me()]
        now = [*self.named, *(one for one in own if one not in self.named)]
        untold = [one for one in now if one.categories is None]
        for some in (self.people, now, untold):
            if some and heads(some) == number:
                return list(some)
        if not own and heads(self.people) + 1 == number:
            return [*self.people, self.me()]
        self.count_all(number, event, ours=True)
        return [self.house]
