"""What a message says of each person it names: every category, tier, age and school is given to the one it stands beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dialogues.household.absent import Absence, why_absent
from dialogues.household.counting import ALL
from dialogues.household.events import TWINS, UNCERTIFIED, Event, events_of
from dialogues.household.giving import ALSO, HOUSE_WORD, Giving, kind_of
from dialogues.household.parts import without_their_parts
from dialogues.household.someone import Someone, heads, is_me, someones
from dialogues.state import Member
from nlu.understanding import CategoryMention, Question, TierMention
from policy_kb.knowledge import KnowledgeBase

_OF = re.compile("(?:的|户的?|家庭的?|对象的?|人员的?|那)?(?:其实|应该)?(?:只|才|就)?(?:有|是)?")
"""Between a category and the persons behind it (低保婆婆, 低保的有两个)."""
_CARRIED = re.compile(
    "(?:又|还|也|同时|并且|而且|且|另外|现在|今年|去年|前年|大前年|早年|村里|队里|镇上|民政上?|给|早就|都|但|可|就|是|有|吃着?|拿着?|领着?|享受着?|算|属于|刚|才|评上?了?|被|"
    "认定[为成]?|办了?|买|选|交|上|参加|要|想|个|了|的|在|身份|本来|原来|已经?|户口|一直|那|要是|如果|换成|一个|大的|小的|老大|老二|老三|个){0,7}"
)
"""What may stand before something said of the person of the clause before (俺娘七十了，还吃着低保)."""
_ASKING = re.compile("问|知道|听|打听|了解|查|比|以为|多少|好多|怎么|咋")
SOME = re.compile(
    "有$|(?:有(?:的|些|几个|个别)?|个别|部分|一些)人?(?:是|吃|拿|领|享受|属于|算|评上){1,2}了?着?$|有(?:几个|个别|些|的)?人?$"
)
"""一家五口有人是低保: of how many of them is not said."""
_ASKED = re.compile("(?:是不是|算不算|有没有|是否|比|不像)$")
_HOUSE = re.compile(
    "(?:家|家里|屋|屋头|屋里|全家|一家|一家人|家人|户|[我俺咱]们)(?:都|全)?(?:要是)?(?:[^，。？！]{0,5}[上里面]头?)?"
    "(?:是|里是|算|属于|被?认定[为成]?|定成|评上了?|成了|纳入了?|是个|(?:写|登记|录入?|标|挂|定|填|归)(?:的|着|成|为|到|在)?是?)?(?:农村|城市|城镇)?$"
)
_UNCERTIFIED = re.compile(UNCERTIFIED)
_STILL = re.compile("(?:还|都|就|也|又|一直|今年|去年|这次|，)*")
_OF_NONE = re.compile(
    "(?:没有?|没得|冇|无)(?:哪一?个|一个|谁|人|任何人)(?:人|是|吃|拿|领|享受|评上|属于|算|在|了|着){0,3}(?:啥子?|什么)?$"
    "|(?:哪一?个|谁|一个人?|任何人)(?:都|也)(?:不是|没得|没有|没吃|没拿|没领|没享受|没评上?|不算|不在|不属于)$"
)
"""没得哪个是低保: denied of everybody, so that it is nobody's."""


@dataclass(kw_only=True)
class Binding(Giving):
    """The reading of one message; `unbound`: categories that were said of nobody named."""

    unbound: list[str] = field(default_factory=list)
    one_tier: bool = False
    """Whether one tier is named in all, so that it is everybody's."""
    unplaced: bool = False
    """Whether a tier was said of nobody named (老人选一档，年轻的选二档)."""
    absences: list[Absence] = field(default_factory=list)
    """Who is said to pay nothing here."""
    clear: bool = True
    """Whether those named one by one fit the numbers of them."""

    def read(self, question: Question) -> Binding:
        """Goes through the message once."""
        events = events_of(question)
        for at, event in enumerate(events):
            following = events[at + 1] if at + 1 < len(events) else None
            if event.kind == "break":
                self.at_break(event)
            elif event.kind == "same":
                self._as_the_last()
            elif event.kind == "absent":
                self._absent(event)
            elif event.kind in ("said", "plain", "employed"):
                self._attribute(event, following)
            else:
                {
                    "kin": self.at_kin,
                    "count": self.at_count,
                    "me": self.at_me,
                    "they": self.at_they,
                    "group": self.at_group,
                    "rest": self.at_rest,
                }[event.kind](event, following)
        self.clear = without_their_parts(self.people)
        self.gone += [name for one in self.people if not one.told for name in one.names if name in self.excepted]
        self.people = [one for one in self.people if one.heads != 0 and not set(one.names) & set(self.gone)]
        return self

    def _absent(self, event: Event) -> None:
        """俺爷去年走了, 大儿子当兵去了: whoever is named there pays nothing here."""
        between = self.text[max(self.clause, self.end) : event.start]
        near = self.fresh or bool(_CARRIED.fullmatch(between))
        who = tuple(one for one in self.last if one in self.people)
        if who and near and "category" not in self.said - {"plain"} and not _ASKING.search(between):
            self.absences.append(Absence(who, why_absent(event.text), event.start))

    def _as_the_last(self) -> None:
        """我爷爷也是: whoever is named here is in the categories given last."""
        told = self.named_last or self._told_before()
        if told is None or not self.fresh:
            return
        for one in self.last:
            if ("category", id(one)) not in self.touched and told is not one:
                one.categories, one.either = told.categories, told.either
                self.touched.add(("category", id(one)))
                self.said.add("category")

    def _told_before(self) -> Someone | None:
        """The one of those known from before of whom a category was told last."""
        return next(
            (one for one in reversed(self.people) if not one.new and one.names and one.categories is not None), None
        )

    def _attribute(self, event: Event, following: Event | None) -> None:
        """Something is said: of those named before in its clause, of those named right behind it, or of all."""
        mention, before = event.mention, self.text[: event.start]
        if isinstance(mention, CategoryMention) and (_ASKED.search(before) or _OF_NONE.search(before)):
            return
        kind = kind_of(event)
        if _UNCERTIFIED.match(event.text) and not (self.fresh and _STILL.fullmatch(before[self.end :])):
            return
        if isinstance(mention, CategoryMention) and self._of_house(mention, before):
            self.apply(event, [self.house])
            return
        if self._belongs_ahead(event, kind, following):
            self.ahead.append(lambda found: self.apply(event, found))
            return
        targets = [self.house] if kind == "tier" and self.one_tier else self._targets(event, kind)
        if targets is None:
            return
        if not targets and isinstance(mention, CategoryMention) and not mention.negated:
            self.unbound += mention.ids
        self.apply(event, targets)

    def _of_house(self, mention: CategoryMention, before: str) -> bool:
        """俺家是监测户, 双女户: the category of a whole household."""
        category = self.kb.categories[mention.ids[0]]
        if category.ordinary or mention.negated:
            return False
        clause = before[self.clause :]
        return category.of_household or bool(not self.fresh and _HOUSE.search(clause))

    def _belongs_ahead(self, event: Event, kind: str, following: Event | None) -> bool:
        if following is None or following.kind not in ("kin", "count", "me"):
            return False
        between = self.text[event.end : following.start]
        children = following.kind == "kin" or following.text in TWINS
        of_it = between == "的" or (not between and event.text.endswith("的"))
        if of_it and children and kind in ("category", "student", "age"):
            return True
        if kind not in ("category", "student"):
            return False
        near = bool(_OF.fullmatch(between))
        return near and (not self.fresh or (kind in self.said and not ALSO.search(self.text[self.end : event.start])))

    def _targets(self, event: Event, kind: str) -> list[Someone] | None:
        """Of whom it is said; empty: of nobody named; None: it is only asked about."""
        lead = self.text[self.end if self.fresh else self.clause : event.start]
        if _ASKING.search(lead):
            return None
        of_all = bool(ALL.search(lead)) and not self.text.startswith("了", event.end)
        if self.fresh and self.house in self.last and SOME.search(lead):
            return []
        if self.fresh:
            several = heads(self.focus) > 1 or self.house in self.focus or self.rest in self.focus
            return self.last if not of_all else self.focus if several else self._everybody(kind)
        if of_all:
            return self._everybody(kind)
        again = kind == "category" and kind in self.said and not ALSO.search(lead)
        carried = (
            bool(self.last)
            and bool(_CARRIED.fullmatch(self.text[max(self.clause, self.spoken) : event.start]))
            and not again
        )
        if carried:
            return self.last
        whole = not self.people and event.text.endswith(HOUSE_WORD) and bool(_CARRIED.fullmatch(lead))
        self.unplaced = self.unplaced or kind == "tier"
        return [self.house] if whole else []

    def _everybody(self, kind: str) -> list[Someone]:
        """爷爷奶奶，我们两口子，都是低保: those named so far of whom nothing of the kind was said; a tier is the whole house's."""
        open_ones = [one for one in self.named if (kind, id(one)) not in self.touched]
        return [self.house] if kind == "tier" or not open_ones else open_ones


def bound(question: Question, kb: KnowledgeBase, known: Sequence[Member] = ()) -> Binding:
    """The reading of a question, with those known from before."""
    people = [one for member in known for one in someones(member)]
    tiers = {one.tier for one in question.of(TierMention)}
    found = Binding(text=question.text, people=people, kb=kb, one_tier=len(tiers) == 1 and not known).read(question)
    found.people = [one for one in found.people if one.told or not is_me(one) or one.named or not one.new]
    return found
