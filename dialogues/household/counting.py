"""Numbers of persons in a message: a couple, those just named, some of whom something is said, or the whole household."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues.household.events import COUPLES, PARENT_AND_CHILD, SIBLINGS, TWINS, Event
from dialogues.household.naming import MODIFIED
from dialogues.household.numbers import TWO
from dialogues.household.parts import whole_of
from dialogues.household.someone import Someone, heads, is_me
from dialogues.household.together import OURS, Together
from dialogues.kin_names import CHILD, MANY, OFFSPRING, Stage
from nlu.understanding import PeopleMention

_IS = re.compile(
    "(?:在[\u4e00-\u9fff]{2,4})?(?:都|全|就|也|还|又|在|是|有|算|属于|被|吃着?|拿着?|领着?|享受着?|评上?了?|办了?|纳入|列为|认定为?|想|要|选|交|缴|买|上|参加|走|的|人){0,5}"
)
"""Between a number and what is said of just so many (两个都是低保)."""
ALL = re.compile("(?<![成首古丰花新于])都|全|均|大家|各")
"""Said of all of them; 成都 and 丰都 are places."""
_OWN_HOUSE = re.compile(
    "(?:一家子?|全家|家里|家头|屋头|屋里|我家|俺家|咱家|[我俺咱]们家|户口本?上|总共|一共|拢共|共|屋)(?:有|里|是|就)?$"
)

_THEIR_HOUSE = re.compile("(?:他们|她们)?(?:一家子?|家里?|全家|那一家)(?:有|是)?")
_MY_HOUSE = re.compile("(?:我|俺|咱|自)(?:们|己)?家(?:里|是|有)?$")
_NOT_SO_MANY = re.compile("(?:(?<!是)不是|(?<!有)没有|不止)$")
"""弄错了，不是五口，是三口: what stands behind these is not their number."""
_GROWN_UPS = re.compile("(?<![个位名口])(?:大人|年轻人)$")
"""大人两个; in 四个大人两个小孩 the grown-ups are counted already."""
_ELDERS = ("老人", "老的")
_EACH_PAYS = re.compile(
    "(?:娃娃?儿?|小?孩子?|宝宝|小的)(?:就|得|要|该|应该?|需要|是|各){0,2}(?:交|缴|掏|出|收|花|多少|好多|几)"
)
_ADDS = re.compile("加|和|跟|带|还有|另外|外加|同|与|、")
"""Between persons counted one after the other: those behind it are more, no part of those before it."""
_ALL_OF_US = re.compile("(?:[我俺咱]们)?(?:一家子?|全家)?(?:一共|总共)?")
_LEFT = re.compile("(?:[剩余]下?|其[余他它]|别的)(?:的|了|还有)?$")
"""现在剩三口: so many are the rest."""
_YOUNG = re.compile("小的|小孩|娃|孩")
_GROWN = re.compile("大人|大的")
_OLD = re.compile("老的|老人|老头|长辈")


def _of_us(before: str) -> bool:
    """爷爷奶奶低保，我们三口普通: so many of us beside those named."""
    return bool(OURS.search(before))


@dataclass(kw_only=True)
class Counting(Together):
    """The persons of a text with those that are only counted."""

    def at_count(self, event: Event, following: Event | None) -> None:
        """A number of persons: a couple, those named just before, some of whom something is said, or all of the household."""
        mention = event.mention
        assert isinstance(mention, PeopleMention)
        number, before = mention.count, self.text[: event.start]
        if _NOT_SO_MANY.search(before):
            return
        if self.rest is not None and self.rest in self.last and self.text[self.end : event.start] in ("", "的", "还有"):
            self.rest.heads, self.end = number, event.end
        elif _LEFT.search(before):
            self.rest = self.rest or Someone(None)
            self.rest.heads = number
            self.name(event, [self.rest])
        elif PARENT_AND_CHILD.match(event.text):
            self.name(event, self.parent_and_child(before, number))
        elif event.text in COUPLES:
            self.name(event, self.couple(event, before))
        elif event.text in TWINS:
            self.name(event, [self.some(number, (CHILD,), "child")])
        elif before.endswith(("他", "她", "他们", "她们")):
            self._of_them(event, number)
        elif number == 1 and (all_of_them := self._each_of(event)):
            self.name(event, all_of_them)
        else:
            self._counted(event, number, before, following)

    def _each_of(self, event: Event) -> list[Someone]:
        """龙凤胎，一个娃得交多少: what each of several children pays, no child more."""
        several = [one for one in self.people if one.names == (CHILD,) and (one.heads or 0) >= TWO]
        return several[-1:] if _EACH_PAYS.match(self.text, event.end) else []

    def _of_them(self, event: Event, number: int) -> None:
        """他俩: those named last, or known, where they are so many; 我和他两个: the two just named."""
        if self.fresh and heads(self.last) == number and self.end == event.start:
            return
        others = [one for one in self.people if one.names and not is_me(one)]
        found = next((some for some in (self.last, others, others[-number:]) if some and heads(some) == number), [])
        if found:
            self.name(event, list(found))

    def _counted(self, event: Event, number: int, before: str, following: Event | None) -> None:
        whole = event.text.endswith(("口", "口人", "口子", "之家", "张嘴"))
        adjacent = self.fresh and self.end == event.start and not self.said and self.house not in self.last
        apart = self._sets_apart(event, following, before, number)
        if SIBLINGS.search(event.text):
            self.name(event, [self.some(number, ("兄妹",), "open")])
        elif whole and self._sums_up(number, event):
            self.last, self.end = list(self.focus), event.end
        elif whole and self._of_a_relative(number, event):
            self.end = event.end
        elif adjacent and self.last and not whole and number >= heads(self.last):
            self._in_apposition(number, event)
            self.end = event.end
        elif OURS.search(before) and not whole:
            self.ours = number
            self.name(event, self.of_us(number, event))
        elif apart and (
            not whole or (number < self.total if self.total is not None else self.named and _of_us(before))
        ):
            self.name(event, self._apart(event, number, before))
        elif whole and any(one.house for one in self.people) and _MY_HOUSE.search(before):
            self.name(event, [self.some(number, ("我家",), "adult")])
        else:
            self._of_everybody(number, event)

    def _sums_up(self, number: int, event: Event) -> bool:
        """爸妈带我兄妹俩四口, 我爹我娘我哥一家三口: those just named together are so many."""
        between = self.text[self.end : event.start]
        return (
            self.fresh and len(self.focus) > 1 and heads(self.focus) == number and bool(_ALL_OF_US.fullmatch(between))
        )

    def _apart(self, event: Event, number: int, before: str) -> list[Someone]:
        """So many of whom something is said: old ones, children, grown-ups, or some of those named before."""
        whole = whole_of(before, number, self.people)
        if whole is not None:
            self.people.append(Someone(number, stage=whole.stage, part_of=whole))
            return self.people[-1:]
        counted = (
            self.fresh and self.last[-1:] and self.last[-1].names == ("老人",) and (self.last[-1].heads or 0) > number
        )
        old = _OLD.match(self.text, event.end) or (before.endswith(_ELDERS) and not counted)
        return self.old(number) if old else self._group(event, number)

    def _of_everybody(self, number: int, event: Event) -> None:
        """A number of the whole household."""
        self.count_all(number, event)
        self.name(event, [self.house])

    def _of_a_relative(self, number: int, event: Event) -> bool:
        """大伯一家四口, 儿子一家三口: the house of a relative, who is one of them."""
        between = self.text[self.end : event.start]
        if not (
            self.last and self.last[-1] in self.people and self.last[-1].heads == 1 and _THEIR_HOUSE.fullmatch(between)
        ):
            return False
        one = self.last[-1]
        if is_me(one):
            return False
        one.heads, one.names, one.house = number, (f"{one.names[0]}一家",) if one.names else (), True
        return True

    def _in_apposition(self, number: int, event: Event) -> None:
        """我和老伴两个人: those just named; 小孩两个: so many; 我老公两个: he and I; where they are more, of the household."""
        named = heads(self.last)
        if len(self.last) == 1 and set(self.last[0].names) & MANY and self.last[0].heads == 1:
            self.last[0].heads = number
        elif named + 1 == number and not any(is_me(one) for one in self.last):
            self.last = [*self.last, self.me()]
            for one in self.last:
                one.named = one.linked = True
            self.focus = list(self.last)
        elif named != number:
            self.count_all(number, event)

    def _sets_apart(self, event: Event, following: Event | None, before: str, number: int) -> bool:
        """Whether something is said of just so many persons (两个都是低保), and not of the whole household."""
        if before.endswith(("还有", "另外", "外加")) and self.named:
            return True
        if _GROWN_UPS.search(before) or before.endswith(_ELDERS):
            return True
        if self.ahead:
            return not _OWN_HOUSE.search(before)
        if any(one.match(self.text, event.end) for one in (_OLD, _YOUNG, _GROWN)):
            return True
        if following is None or following.kind not in ("said", "plain", "kin", "employed"):
            return False
        between = self.text[event.end : following.start]
        if following.kind == "kin":
            return event.text.endswith(("个", "俩", "仨", "位")) and bool(MODIFIED.fullmatch(between))
        if not _IS.fullmatch(between):
            return False
        alone = self.total is None and bool(ALL.search(between)) and not before.endswith(("那", "这"))
        return not alone and number != self.total

    def _group(self, event: Event, number: int) -> list[Someone]:
        """Some of whom no name is known: children, grown-ups, or a part of those named before."""
        before = next((one for one in reversed(self.named) if one.part_of is None), None)
        whole = (
            before
            if before
            and before.names
            and (before.heads or 0) >= TWO
            and not (before.categories is not None or before.tier)
            and not _ADDS.search(self.text[self.end : event.start])
            else None
        )
        named = bool(_GROWN_UPS.search(self.text[: event.start]))
        if _YOUNG.match(self.text, event.end) and not named:
            return self._children(number, self.text[self.end : event.start])
        grown = named or bool(_GROWN.match(self.text, event.end))
        stage: Stage = whole.stage if whole and not grown else "adult"
        self.people.append(Someone(number, ("大人",) if grown else (), stage, part_of=None if grown else whole))
        return self.people[-1:]

    def _children(self, number: int, between: str) -> list[Someone]:
        """两个小的: the children told of, where they are so many and nothing adds these to them."""
        held = [one for one in self.people if set(one.names) & OFFSPRING]
        known = heads(held) == number and not _ADDS.search(between[-2:])
        return held if known else [self.some(number, (CHILD,), "child")]
