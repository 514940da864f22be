"""What a text asks of other insurance: insurers and products (商业保险, commercial.txt) and pensions (养老保险)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from nlu.personal import PLACEHOLDER
from nlu.splitting import ASKING
from nlu.understanding import OtherInsuranceMention, Span

_WORDS = re.compile(
    "|".join(
        line
        for line in Path(__file__).with_name("commercial.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
)


_PUBLIC = re.compile("医保|农村|社保|农合|农保|合医|合疗|合作医疗|居民|新型|国家|政府|职工")

_ABOUT_IT = re.compile(
    "商业(?:性)?[^，。？！]{0,8}(?:有没有必要|有必要|值不值|值得|该不该|要不要|还用|买哪|选哪|划不划算)(?![^，。？！]{0,6}(?:医保|农合|居民|合作|社保))"
    "|(?:和|跟|与|同)[^，。？！]{0,4}(?:商业|人寿|平安|商保)[^，。？！]{0,10}(?:冲突|矛盾|重复吗|一起报|都报|都赔)"
)
"""社保和商业险冲突吗: beside the public insurance it is the commercial one that is asked about."""


_PENSION = re.compile("养老保险|新农保|城镇养老|职工养老|基础养老|养老金[^，。？！]{0,6}(?:停|发|领|涨|认证|补缴|转)")
_MEDICAL = re.compile("医|农合|合疗|合作|看病|住院|报销|门诊")
_HEADLINE = 24
"""Characters in which a letter says its matter."""


_OLD_AGE = "(?:城乡|新型|农村|城镇|居民|职工|基本|社会)*养老(?:保险金?|金|险)?"
_HEALTH = "(?:城乡|新型|农村|城镇|居民|职工|基本)*(?:医疗保险|医疗|医保)|新农合|农合|合作医疗"
_AND = "(?:保险)?(?:和|与|跟|同|及|以及|还有|、)"
_BOTH = re.compile(
    f"(?P<old>{_OLD_AGE}){_AND}(?P<health>{_HEALTH})(?:保险)?|(?P<health2>{_HEALTH}){_AND}(?P<old2>{_OLD_AGE})"
)
_CLAUSE_ENDS = "，。？！；\n"


def parted(text: str) -> str:
    """养老和医疗保险怎么办 as two questions, 养老保险怎么办？医疗保险怎么办, where both are asked about at once."""
    for match in _BOTH.finditer(text):
        end = min((place for mark in _CLAUSE_ENDS if (place := text.find(mark, match.end())) >= 0), default=len(text))
        asked = text[match.end() : end]
        if not ASKING.search(asked) or PLACEHOLDER.search(asked):
            continue
        words = [("养老保险" if name.startswith("old") else _spelt_out(said), match.start(name))
                 for name, said in match.groupdict().items() if said]  # fmt: skip
        first, second = (word for word, _ in sorted(words, key=lambda one: one[1]))
        return f"{text[: match.start()]}{first}{asked}？{second}{asked}{text[end:]}"
    return text


def _spelt_out(health: str) -> str:
    return f"{health}保险" if health.endswith("医疗") and not health.endswith("合作医疗") else health


def read_other_insurance(text: str) -> list[OtherInsuranceMention]:
    """Where commercial insurance or a pension is named; none where it is public medical insurance that is asked about."""
    commercial = not _PUBLIC.search(text) or _ABOUT_IT.search(text) or _opens_with(_WORDS, _PUBLIC, text)
    found = [_mention(match, "commercial") for match in _WORDS.finditer(text)] if commercial else []
    pension = not _MEDICAL.search(text) or _opens_with(_PENSION, _MEDICAL, text)
    return found + ([_mention(match, "pension") for match in _PENSION.finditer(text)] if pension else [])


def _opens_with(words: re.Pattern[str], others: re.Pattern[str], text: str) -> bool:
    """Whether the beginning of a letter names the one and not the other; a short question has no headline."""
    head = text[:_HEADLINE]
    return len(text) > 2 * _HEADLINE and bool(words.search(head)) and not others.search(head)


def _mention(match: re.Match[str], kind: Literal["commercial", "pension"]) -> OtherInsuranceMention:
    return OtherInsuranceMention(Span(*match.span(), match.group()), kind)
