"""Ages as people give them: 75岁, 我妈70了, 三岁半, 六天大, 满月, 刚出生."""

from __future__ import annotations

import re

from nlu.numerals import NUMERAL, number, whole
from nlu.understanding import AgeMention, Span

OLDEST = 120

_N = rf"(?P<n>{NUMERAL})"
_NOT_A_UNIT = r"(?![个天年月日号元块档级人口岁周户万%％份次\d.]|十|百|千|多个|多天|多块|多元|分之)"
_KIN_END = (
    r"(?:[爸妈爹娘父母公婆爷奶叔伯姑姨舅哥弟姐妹我俺他她]|老汉|老头|老爷子|老伴|老人|老公|老婆|媳妇|儿子|闺女|"
    r"女儿|孩子|娃儿?|[男女]孩子?|老大|老二|老三|[大小]闺女|[大小]儿子|[大小]娃)"
)
_YEARS = (
    re.compile(rf"(?:不到|不满|没满|未满|没到){_N}(?:周岁|岁)(?P<under>)"),
    re.compile(rf"{_N}[多来几]?(?:周岁|岁)(?P<half>半)?"),
    re.compile(
        rf"(?:今年|都|快|满|已经?|有|上|过了?)(?:快|都|满|已经?)?{_N}{_NOT_A_UNIT}(?:[多几]|来)?(?:了|(?=$|"
        rf"[，。？！、的还是]))"
    ),
    re.compile(
        rf"{_KIN_END}(?:今年|现在|都|快|已经?|也|要是|如果|假如|才|刚){{0,2}}{_N}{_NOT_A_UNIT}[多几]?(?:了|(?=$|[，。？！、的还是在]))"
    ),
    re.compile(
        rf"(?:一个|大的|小的|老大|老二|老三)(?:今年|才|都|刚|是)?{_N}{_NOT_A_UNIT}(?=$|[，。？！、了]|一个|大的|小的|老二|老三)"
    ),
    re.compile(rf"(?:^|(?<=[，。？！、]))(?:都|快)?{_N}{_NOT_A_UNIT}[多几]?(?:了)(?=$|[，。？！、])"),
)
_OF_LIFE = re.compile(
    rf"(?P<n>半|{NUMERAL})(?P<half1>个半)?个?(?P<unit>天|日|周|星期|月)(?P<half2>半)?(?P<more>多)?大|"
    rf"(?:出生|生下来?|落地|降生|生了|[刚才]生)(?:才|刚|都|已经|有)?(?P<n2>{NUMERAL})个?(?P<unit2>天|日|周|星期|"
    rf"月)了?(?!之?以?[内里]|之?前|以?后)"
)
_CHILD_END = (
    r"(?:孩子|小孩子?|娃娃?儿?|宝宝|小宝|儿子|闺女|女儿|丫头|小子|孙子|孙女|幺儿)"
    r"(?:今年|现在|今天|都|快|已经?|才|刚刚?|有|满|也)*"
)
_OF_A_CHILD = re.compile(
    rf"{_CHILD_END}(?P<n>半|{NUMERAL})(?P<half1>个半)?(?:多|来)?个?(?P<unit>天|周|星期|月)(?P<half2>半)?(?P<more>多)?(?:大|了)"
)
"""孩子9个月了: life gone by, where nothing but the child stands before it."""
_UNIT_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "月": 30}
_NAMED = (
    (re.compile(r"(?<!没)(?<!不)(?<!过了)(?:刚|才|都|快)?满月(?:了|的|大)?(?![酒前后]|之|以|就|那|时)"), 30),
    (re.compile(r"百[天日](?:了|的|大)?(?![酒前后内咳]|之|以|就|那|时)"), 100),
    (re.compile(r"半岁"), 182),
)
_JUST_BORN = re.compile(
    r"(?:刚刚?|才)(?:刚)?(?:出生|生下来|生(?=的|了|娃|$|[，。？！])|落地|降生)|没满月|不满月|没满周岁|不满周岁|"
    r"未满周岁|不到一?周岁"
)
_CLASS = re.compile(r"\s*(?:年级|班)")


def read_ages(text: str) -> list[AgeMention]:
    """All ages of a text; a plain number counts only beside a relative, 今年, 都 … 了, and up to 120."""
    found = [*_of_life(text), *_named(text), *_in_years(text)]
    kept: list[AgeMention] = []
    for mention in sorted(found, key=lambda m: (m.span.start - m.span.end, m.span.start)):
        if all(mention.span.end <= k.span.start or mention.span.start >= k.span.end for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.span.start)


def _in_years(text: str) -> list[AgeMention]:
    found: list[AgeMention] = []
    for pattern in _YEARS:
        for match in pattern.finditer(text):
            years = whole(match["n"])
            if years is None or not 0 <= years <= OLDEST or _CLASS.match(text, match.end()):
                continue
            start = match.start("n")
            years -= 1 if "under" in match.groupdict() else 0
            found.append(AgeMention(Span(start, match.end(), text[start : match.end()]), max(years, 0)))
    return found


def _of_life(text: str) -> list[AgeMention]:
    found: list[AgeMention] = []
    for match in _OF_LIFE.finditer(text):
        count = number(match["n"] or match["n2"])
        unit = match["unit"] or match["unit2"]
        if count is not None:
            count += 0.5 if match["half1"] or match["half2"] else 0
            days = round(count * _UNIT_DAYS[unit])
            found.append(AgeMention(Span(*match.span(), match.group()), days // 365, days))
    return [*found, *_of_a_child(text)]


def _of_a_child(text: str) -> list[AgeMention]:
    """The age alone is the mention, not the child before it."""
    found: list[AgeMention] = []
    for match in _OF_A_CHILD.finditer(text):
        count = number(match["n"])
        if count is not None:
            count += 0.5 if match["half1"] or match["half2"] else 0
            days = round(count * _UNIT_DAYS[match["unit"]])
            start = match.start("n")
            found.append(AgeMention(Span(start, match.end(), text[start : match.end()]), days // 365, days))
    return found


def _named(text: str) -> list[AgeMention]:
    found = [
        AgeMention(Span(*match.span(), match.group()), 0, days)
        for pattern, days in _NAMED
        for match in pattern.finditer(text)
    ]
    return found + [AgeMention(Span(*m.span(), m.group()), 0, None) for m in _JUST_BORN.finditer(text)]
