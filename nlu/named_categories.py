"""The categories of persons a text names (低保户, 二级残疾, 我普通), and which of them are denied or not yet certified."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlu.lexicon import Lexicon, Phrases
from nlu.negation import continues, is_denied, is_pending, is_supposed
from nlu.understanding import CategoryMention, Span

_DIGITS = "一二三四五六七八九"
_GRADE = re.compile(r"残疾[^，。？！二三四级]{0,4}[，是]{0,2}(?P<n>[一二三四1-4])级(?!医院)")
_BARE_GRADE = re.compile(r"(?:^|(?<=[，。]))(?:那|我是?|是)?(?P<n>[一二三四1-4])级(?:的|呢|$)(?!医院)")
_WHOLE_CLAUSE = re.compile("都不是|都没有|啥也不|什么都不|没有身份|没得身份")
_NOTHING = re.compile(r"(?:啥子?|什么|哪样)(?:身份|补助|困难)?$")
_PERSON = re.compile(
    r"(?:那|可|但|就|还有)?(?:我|俺|咱|他|她|家里|其他人|其余的?|剩下的?|别的)?(?:家|们)?"
    r"(?:[爸妈爹娘公婆爷奶哥弟姐妹儿女娃媳妇孙伴老]{1,3}子?)?(?:自己|本人|个人|两个|几个)?(?:呢|就|也)?"
)
_LOST = re.compile("[^。？！]{0,6}(?:没了|走了|去世|过世|不在了|夭折)")
"""就一个闺女，前年没了: whose only child died has none."""
_CLAUSE_EDGE = re.compile(r"[，。？！；：、\n]")


class CategoryReader:
    """Reads the categories of a text with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._ids = lexicon.categories
        self._ways = lexicon.spoken
        self._phrases = Phrases(lexicon.categories)

    def read(self, text: str) -> list[CategoryMention]:
        """Every category named, in order, each with whether it is denied (not yet certified counts so) or supposed."""
        found = [*self._grades(text), *self._spoken(text)]
        for start, alias in self._phrases.find(text):
            end = start + len(alias)
            if alias.startswith(("就", "只")) and _LOST.match(text, end):
                continue
            if _WHOLE_CLAUSE.search(alias):
                start = _with_nothing(text, start)
                if not _fills_clause(text, start, end):
                    continue
            if all(end <= one.span.start or start >= one.span.end for one in found):
                found.append(CategoryMention(Span(start, end, text[start:end]), tuple(self._ids[alias])))
        return _judged(text, sorted(found, key=lambda one: one.span.start))

    def _grades(self, text: str) -> list[CategoryMention]:
        """Disability grades apart from the word: 残疾证，二级; 二级的."""
        found: list[CategoryMention] = []
        for match in (*_GRADE.finditer(text), *_BARE_GRADE.finditer(text)):
            n = match["n"]
            ids = self._ids.get(f"{n if n in _DIGITS else _DIGITS[int(n) - 1]}级残疾")
            if ids and all(match.end() <= one.span.start or match.start() >= one.span.end for one in found):
                found.append(CategoryMention(Span(*match.span(), match.group()), ids))
        return found

    def _spoken(self, text: str) -> list[CategoryMention]:
        """我普通, 一个一般: the bare word at the end of what is said of a person; 前几年脱的贫."""
        return [
            CategoryMention(Span(*one.span(), one.group()), (name,))
            for name, ways in self._ways.items()
            for way in ways
            for one in way.finditer(text)
        ]


def _with_nothing(text: str, start: int) -> int:
    """啥|都不是: the words are read together with the 啥 before them."""
    nothing = _NOTHING.search(text[:start])
    return nothing.start() if nothing else start


def _fills_clause(text: str, start: int, end: int) -> bool:
    """都没有, 什么都不是 mean an ordinary resident only as a clause of their own, or one of a person (我自己啥都不是)."""
    before = _CLAUSE_EDGE.split(text[:start])[-1]
    after = _CLAUSE_EDGE.split(text[end:])[0]
    return (len(before) <= 3 or bool(_PERSON.fullmatch(before))) and len(after) <= 1


def _judged(text: str, mentions: Sequence[CategoryMention]) -> list[CategoryMention]:
    """Each mention with whether it is denied or supposed; a denial runs on through a list (没得低保残疾那些)."""
    judged: list[CategoryMention] = []
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        listed = bool(judged) and judged[-1].negated and continues(text, judged[-1].span.end, start)
        denied = listed or is_denied(text, start, end) or is_pending(text, start, end)
        judged.append(replace(mention, negated=denied, hypothetical=is_supposed(text, start)))
    return judged
