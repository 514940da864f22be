"""Whom a message names, one after the other: relatives, the person writing, numbers of persons, the rest of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dialogues.household.events import TWINS, Event
from dialogues.household.numbers import TWO, how_many
from dialogues.household.someone import Someone, heads, is_me
from dialogues.kin_names import CHILD, ME, OLD, Stage, alike, names_of, stage_of
from nlu.understanding import KinMention

RUN = re.compile("(?:和|跟|同|与|、|以及|及)?(?:[我俺咱]们?)?")
_LINK = re.compile("(?:和|跟|同|与|、|以及|及|，?还有|，?加上?|带着?)?(?:[我俺咱]们?)?(?:[俩两]个?)?")
"""Between persons named one after the other; behind 还有 what follows is said of the last alone."""
_ONE_OF = re.compile("(?:[大小二三]|一个)$")
_ADDED = re.compile("(?:加上?|[外另再]加|带上|算上)(?:了|我们?|俺们?)?(?:[一两二三俩仨]个?)?(?:[^，。？！]{1,8}的)?$")
_AND = ("和", "跟", "同", "与", "、", "加", "加上")
_ITEM = re.compile("[^，。？！]{0,6}(?:就是|包括|分别是|一个是|(?<!没)有|人头)|(?:嗯|那|就|加上)?")
"""Before somebody who stands for himself in a clause (我，我男人，两个小孩)."""
_AGENT = re.compile("(?:说|问|讲|让|叫|喊|帮|替|告诉|(?:给|跟)[我俺咱](?:说|讲|提|打|买|交|缴|弄|办|问|查))")
_EXCEPT = re.compile("(?:除了|除开|除)(?:[我俺咱])?$")
"""除了我妈是低保: who is named by himself, and not counted where nothing is said of him (除了我妈)."""
_GONE = re.compile("(?:不算|没算|不包括|不含|去掉|减去|撇开)(?:[我俺咱])?$")
_NONE = re.compile("(?:^|[，。！家头])(?:我们?|俺们?|家里|屋头)?(?:没有|没得|冇得?)$")
_NOT_COUNTED = re.compile("(?:不算(?=$|[，。？！了呢啊吧的在进里])|除外|不用算|别算|不交|不参加|不在内)")
MODIFIED = re.compile("(?:[^，。？！]{0,10}的)?[小大老]?")
"""Between a number and the relative it counts (一个8岁的娃)."""
_BEFORE_KIN = re.compile("(?:(?P<n>[两二三四五六]|\\d)个|(?P<m>[俩仨]))(?:小|大|老|亲)?$")


@dataclass(kw_only=True)
class Naming:
    """The persons of a text, those known before among them; `house` stands for all of them together."""

    text: str
    people: list[Someone] = field(default_factory=list)
    house: Someone = field(default_factory=lambda: Someone(None))
    rest: Someone | None = None
    total: int | None = None
    ours: int | None = None
    """The number in 我们俩, 俺仨."""
    gone: list[str] = field(default_factory=list)
    """The names of those expressly not counted."""
    excepted: list[str] = field(default_factory=list)
    """The names behind 除了."""
    focus: list[Someone] = field(default_factory=list)
    """Those named last together, and of them the ones that what follows is said of (`last`)."""
    last: list[Someone] = field(default_factory=list)
    fresh: bool = False
    """Whether somebody is named in the clause that is being read."""
    end: int = 0
    """Where the last of them stands."""
    pointed: int | None = None
    """Where the last 他们 ends: 他们老两口 are those of the second word alone."""
    listed: bool = False
    """Whether the last of them stands for himself in his clause, as one of a list."""
    clause: int = 0
    """Where the clause begins."""
    said: set[str] = field(default_factory=set)
    """What was said of them since they were named."""
    spoken: int = 0
    """Where the last thing said of somebody ends."""
    ahead: list[Callable[[list[Someone]], None]] = field(default_factory=list)
    """What was said of whoever is named next (低保婆婆)."""

    @property
    def named(self) -> list[Someone]:
        """Those this message names or counts."""
        return [one for one in self.people if one.named]

    def at_break(self, event: Event) -> None:
        """A clause ends."""
        self.fresh, self.clause = False, event.end

    def name(self, event: Event, found: list[Someone]) -> None:
        """Somebody is named: alone, or linked with those named before."""
        between, before = self.text[self.end : event.start], self.last
        again = all(one.named for one in found)
        joined = (bool(_LINK.fullmatch(between)) and self.pointed != event.start) or (
            self.listed and between == "，" and not again
        )
        linked = bool(self.last) and self.house not in self.last and not self.said and joined
        run = linked and self.fresh and bool(RUN.fullmatch(between))
        self.listed = (run and self.listed) or bool(_ITEM.fullmatch(self.text[self.clause : event.start]))
        self.focus = [*self.focus, *(one for one in found if one not in self.focus)] if linked else list(found)
        self.last = [*self.last, *(one for one in found if one not in self.last)] if run else list(found)
        if not linked:
            self.said = set()
        for one in self.focus if linked else found if len(found) > 1 else ():
            one.linked = True
        self.fresh, self.end = True, event.end
        counted = self.total is not None and (self.house in before or heads(self.named) == self.total)
        added = (counted and bool(_ADDED.search(between))) or (linked and any(one.added for one in before))
        for one in found:
            one.added = one.added or (added and one.at is None)
            one.at = event.start if one.at is None else one.at
            one.named = True
        self.said_before(found)

    def said_before(self, found: list[Someone]) -> None:
        """Gives whoever is named what was said ahead of the word."""
        ahead, self.ahead = self.ahead, []
        for apply in ahead:
            apply(found)

    def at_kin(self, event: Event, following: Event | None) -> None:
        """A relative, or a pair of them; one who only speaks or is expressly not counted is nobody's member."""
        kin = event.mention
        assert isinstance(kin, KinMention)
        names, before = names_of(kin), self.text[: event.start]
        possessor = following is not None and following.kind == "kin" and self.text[event.end : following.start] == "的"
        if possessor or _AGENT.match(self.text, event.end):
            return
        if _GONE.search(before) or self._is_none(before, event) or _NOT_COUNTED.match(self.text, event.end):
            self.gone += names
            return
        self.excepted += names if _EXCEPT.search(before) else ()
        counted = self.last[-1] if self.fresh and self.last and not self.last[-1].names else None
        if (
            counted in self.people
            and counted is not None
            and MODIFIED.fullmatch(self.text[max(self.end, self.spoken) : event.start])
        ):
            counted.names, counted.stage = (
                names[:1],
                "child" if counted.age and counted.stage == "child" else stage_of(kin),
            )
            self.end = event.end
            self.said_before([counted])
            return
        numbered = len(names) == 1 and not (self.fresh and self.last and self.end == event.start)
        number = _number_before(before) if numbered else None
        if names == ("二老",):
            self.name(event, self.old(TWO))
        elif event.text.lstrip("我俺咱") in TWINS:
            self.name(event, [self.some(TWO, (CHILD,), "child")])
        elif number:
            self.name(event, [self.some(number, names, stage_of(kin))])
        elif several := self._of_several(names, before):
            self.name(event, several)
        else:
            self.name(event, [self.someone(one, stage_of(kin)) for one in names])

    def _of_several(self, names: tuple[str, ...], before: str) -> list[Someone]:
        """闺女 behind 俩闺女: all of them; 大闺女: one of them."""
        several = next((one for one in self.people if one.named and one.names == names and (one.heads or 0) > 1), None)
        if several is None or several.heads is None or len(names) > 1:
            return []
        if not _ONE_OF.search(before):
            return [several]
        several.heads -= 1
        self.people.append(replace(several, heads=1, named=False, linked=False))
        return self.people[-1:]

    def _is_none(self, before: str, event: Event) -> bool:
        """说错了，没有娃: there is no such relative."""
        return bool(_NONE.search(before)) and self.text[event.end : event.end + 1] in ("", *"，。！的了")

    def some(self, number: int, names: tuple[str, ...], stage: Stage) -> Someone:
        """So many of one name (俩闺女), known or new."""
        known = next((one for one in self.people if names and one.names == names and one.heads == number), None)
        if known is None:
            known = Someone(number, names, stage)
            self.people.append(known)
        return known

    def old(self, number: int) -> list[Someone]:
        """两个老的: the parents or grandparents named before, where they are so many; else some of whom no more is known."""
        held = [one for one in self.people if one.names and one.names[0] in OLD]
        return held if heads(held) == number else [self.some(number, ("老人",), "grown")]

    def someone(self, name: str, stage: Stage) -> Someone:
        """The person of that name, known or new; 儿子 behind 两个孩子 is one of them."""
        single = [one for one in self.people if one.heads == 1 and len(one.names) == 1]
        same = [one for one in single if one.names[0] == name] or [
            one for one in single if not one.named and alike(one.names[0], name)
        ]
        if same:
            return same[0]
        several = next((one for one in self.people if one.names == (CHILD,) and (one.heads or 0) > 1), None)
        one = Someone(1, (name,), stage)
        if several is not None and several.heads and alike(name, CHILD):
            several.heads -= 1
            one = replace(several, heads=1, names=(name,), stage=stage, named=False, linked=False)
        self.people.append(one)
        return one

    def at_me(self, event: Event, following: Event | None) -> None:
        """The person writing, who is somebody of the household only if something is said of him or he is linked with others."""
        self.name(event, [self.me()])

    def me(self) -> Someone:
        """The person writing."""
        return self.someone(ME, "adult")

    def at_they(self, event: Event, following: Event | None) -> None:
        """他, 她: the relative named last; 他们: all of those named last; 我和他: the two of us."""
        others = [one for one in self.people if one.names and not is_me(one) and one.heads]
        of_run = [one for one in self.last if one in others]
        single = (of_run or sorted(others, key=lambda one: one.named))[-1:]
        several = list(self.last) if heads(self.last) > 1 else [one for one in others if one.named] or list(self.last)
        found = several if event.text[1:2] in ("们", "俩") else single
        if not found:
            return
        if self.fresh and self.last and self.text[self.end : event.start] in _AND:
            self.name(event, found)
            return
        self.focus, self.last, self.said = found, list(found), set()
        self.fresh, self.end, self.pointed = True, event.end, event.end

    def at_rest(self, event: Event, following: Event | None) -> None:
        """剩下的, 其他人: whoever is not named."""
        self.rest = self.rest or Someone(None)
        self.name(event, [self.rest])


def _number_before(text: str) -> int | None:
    """两个 in 两个娃, where nothing else counted them."""
    found = _BEFORE_KIN.search(text)
    return how_many(found["n"] or found["m"]) if found else None
