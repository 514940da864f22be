"""Circumstances that rules ask for, as people state them (户口在外地, 不会用手机), from circumstances.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from ruamel.yaml import YAML

from nlu.negation import is_denied, is_supposed
from nlu.understanding import FactMention, Span

Value: TypeAlias = str | bool | int

_PROVINCES = (
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|"
    "海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆"
)
_KIN = (
    "我|俺|咱|他|她|人|爱人|对象|老公|老婆|媳妇|先生|丈夫|妻子|婆娘|爸|妈|爹|娘|爷爷|奶奶|儿子|女儿|儿媳妇|"
    "女婿|嫂子|孩子|娃"
)
_ASKED = re.compile(
    r"(?:是不是|有没有?|要不要|需不需要|需要|用不用|必须|非得|算不算|是否|能不能|怎么|咋|如何|哪里|哪儿|去哪)$"
)
_WORKS = re.compile("工|上班|干活|做活|跑车|装修|开车|搬砖|进厂|厂里|在外")
_A_NOT_A = frozenset({"有没有", "是不是", "会不会", "能不能", "算不算", "要不要"})


@dataclass(frozen=True)
class Circumstance:
    """One fact and value, and the words that say so."""

    fact: str
    value: Value
    say: re.Pattern[str]
    denied: Value | None = None
    unless: re.Pattern[str] | None = None
    asked: bool = False

    def stated(self, text: str) -> Iterator[FactMention]:
        """Each place where the text states, denies or supposes it; what is only asked is left out."""
        for match in self.say.finditer(text):
            start, end = match.span()
            if not self.asked and (_ASKED.search(text[:start]) or text[max(start - 1, 0) : start + 2] in _A_NOT_A):
                continue
            if self.unless is not None and self.unless.match(text, start):
                continue
            value = self.denied if is_denied(text, start, end) else self.value
            if value is not None:
                yield FactMention(Span(start, end, match.group()), self.fact, value, is_supposed(text, start))


@lru_cache(maxsize=1)
def circumstances() -> tuple[Circumstance, ...]:
    """All of circumstances.yml, compiled."""
    with Path(__file__).with_name("circumstances.yml").open(encoding="utf-8") as file:
        entries = YAML(typ="safe").load(file)
    return tuple(
        Circumstance(
            fact=entry["fact"],
            value=entry["value"],
            say=_compiled("|".join(f"(?:{pattern})" for pattern in entry["say"])),
            denied=entry.get("denied"),
            unless=_compiled(entry["unless"]) if "unless" in entry else None,
            asked=entry.get("asked", False),
        )
        for entry in entries
    )


def read_circumstances(text: str) -> list[FactMention]:
    """The facts stated, in order; of overlapping statements about one fact the longest holds."""
    found = [mention for circumstance in circumstances() for mention in circumstance.stated(text)]
    found.sort(key=lambda m: (m.span.start - m.span.end, m.span.start))
    kept: list[FactMention] = []
    for mention in found:
        rivals = (k for k in kept if k.fact == mention.fact)
        if all(mention.span.end <= k.span.start or mention.span.start >= k.span.end for k in rivals):
            kept.append(mention)
    return sorted(_without_students_holidays(kept), key=lambda m: (m.span.start, m.fact))


def _without_students_holidays(mentions: list[FactMention]) -> list[FactMention]:
    """A student who comes home for the New Year (寒假回来过年) is no migrant worker."""
    if not any(one.fact == "student" and one.value not in ("none", "graduate") for one in mentions):
        return mentions
    return [one for one in mentions if one.fact != "migrant_worker" or _WORKS.search(one.span.text)]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("<p>", f"(?:{_PROVINCES})").replace("<k>", f"(?:{_KIN})"))
