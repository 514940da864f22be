"""Those of a household who pay nothing here (dead, married away, soldiers, insured elsewhere), and how many are then left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dialogues.household.numbers import TWO
from dialogues.household.someone import Someone, heads

Why: TypeAlias = Literal["gone", "away", "abroad"]
"""No more of the house; of it, but insured elsewhere or not at all; where it is not said whether they enrol."""
_GONE = (
    "去世|过世|病故|病逝|离世|不在世|不在了|(?<!低保)没了|(?<!带)(?<!拿)走了(?!一趟|后门|好)|死了|没得了|走得早|"
    "嫁(?:到|去|出|走|人|了)|出嫁|迁[走出]|分了?户|分出去"
)
_AWAY = (
    "(?:当兵|参军|入伍|服役|坐牢|服刑|蹲监)(?!过|回)|(?:在|进了?|去了?)(?:牢|监狱|部队)|"
    "不(?:参保|参加|入保)(?=$|[，。；了的]|医保|居民)|不[交缴][了的]?(?=$|[，。；])|"
    "(?:不|没|没有)在(?:[我咱俺]们?)?(?:这|家|老家|本地|村里|屋)[^，。？！]{0,4}(?:参保|交|缴)|"
    "(?:学校|大学|娘家|婆家|外地|外省|外头|别处|那边|那头|那儿|户口所在地)(?:那边|那里|里|统一|已经|都|也|自己|给|帮|他|她){0,4}"
    "(?:交|缴|参保?|买|上)(?:保|了|过|的|医保)*(?=$|[，。；、])"
)
_ABROAD = (
    "出国|国外|移民|海外|境外|[在去](?:日本|韩国|美国|加拿大|新加坡|澳洲|澳大利亚|英国|法国|德国|俄罗斯|"
    "泰国|越南|缅甸|柬埔寨|老挝|马来西亚|迪拜|沙特|非洲|欧洲)"
)
ABSENT = re.compile(f"(?P<gone>{_GONE})|(?P<away>{_AWAY})|(?P<abroad>{_ABROAD})")
_FORMER = re.compile("(?:原来|原先|原本|本来|以前|之前|早先|过去|从前|去年|往年|前年)[^，。？！]{0,6}$")
_NOW = re.compile("(?:现在|如今|眼下|目前|今年|剩下?|变成?|成了|实际|真正)[^，。？！]{0,6}$")
_PAYING = re.compile("(?:实际|真正|[要该得]交)[^，。？！]{0,4}$")
_RANK = {"now": 2, "": 1, "former": 0}


@dataclass(frozen=True)
class Absence:
    """Who is absent, why, and where it is said."""

    who: tuple[Someone, ...]
    why: Why
    at: int


@dataclass(frozen=True)
class Count:
    """A number of the whole household: 原来六口 is the former one, 现在五口 the one that holds."""

    number: int
    at: int
    when: Literal["former", "", "now"]
    ours: bool = False
    """Whether it may be one of us only (我们四个)."""
    paying: bool = False
    """Whether it is of those who pay (实际要交五个人的), so that those told of before who do not are no part of it."""


def why_absent(words: str) -> Why:
    """The reason that the words of an absence give."""
    found = ABSENT.match(words)
    return "gone" if found is None or found["gone"] else "away" if found["away"] else "abroad"


def counted(number: int, text: str, at: int, ours: bool) -> Count:
    """The number with what the words before it say of its time."""
    before = text[:at]
    when: Literal["former", "", "now"] = "now" if _NOW.search(before) else "former" if _FORMER.search(before) else ""
    return Count(number, at, when, ours, bool(_PAYING.search(before)))


def holding(counts: Sequence[Count]) -> Count | None:
    """The number that holds: the present one, else the largest of those without a time, else the former one."""
    if not counts:
        return None
    latest = max(_RANK[one.when] for one in counts)
    alike = [one for one in counts if _RANK[one.when] == latest]
    return alike[-1] if latest == _RANK["now"] else max(alike, key=lambda one: one.number)


def left_over(
    counts: Sequence[Count], absences: Sequence[Absence], present: Sequence[Someone]
) -> tuple[int | None, bool]:
    """How many there are of the household without the absent, and whether that can be told; `present` are those named.

    A number told behind a death holds without the dead; those only insured elsewhere are of it wherever it stands.
    Those added to the number (一家三口，加上我爸妈) are more.
    """
    count = holding(counts)
    added = heads(one for one in present if one.added and count and (one.at or 0) > count.at)
    if count is not None and count.number == heads(present):
        return count.number, True
    sure = len({one.number for one in counts if not (one.when or one.ours)}) < TWO
    number = count.number + added if count else None
    if number is not None and count is not None and count.paying:
        number += heads(one for one in present if one.elsewhere and (one.at or 0) < count.at)
    for who in {id(one): one for absence in absences for one in absence.who}.values():
        said = [one for one in absences if who in one.who]
        reasons = {one.why for one in said}
        behind = count is not None and any(one.at > count.at for one in said)
        if number is None or count is None:
            sure = sure and reasons != {"abroad"}
        elif count.when == "former" or ("away" in reasons and behind):
            number -= heads([who])
        elif behind or (count.when != "now" and "gone" not in reasons):
            sure = False
    return number, sure
