"""Places a text names, and whether they are where a hukou lies or where someone merely is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.lexicon import FindPlaces, FoundPlace
from nlu.negation import is_denied
from nlu.understanding import PlaceMention, PlaceRole, Span

_CLAUSE_END = re.compile(r"[，。？！；\n]")
_HUKOU_BEFORE = re.compile(r"户[口籍](?:本)?(?:也|都|还|就|一直)?(?:是|在|落在|还在)?$")
_HUKOU_AFTER = re.compile(r"^[省市县区]?的?户[口籍]")
_AWAY_BEFORE = re.compile(r"(?:从|嫁到|嫁在|调到|搬到|跑到|去|到|往|送到|转到|转去)(?:了)?$")
_AWAY_AFTER = re.compile(
    r"^[省市县]?(?:这边|那边|那头|这头|里|的)?[^，。？！]{0,5}(?:打工|上班|务工|干活|做工|工作|做生意|开店|"
    r"电子厂|进厂|装修|实习|读书|上学|上大学|"
    r"读大学|住院|看病|治病|就医|就诊|旅游|回来|出差|当兵|医院|带娃|带孙)"
)
_FROM_BEFORE = re.compile(r"(?:^|[，。？！])(?:我|俺|咱|他|她|我们|俺们)?(?:是|来自)$")
_FROM_AFTER = re.compile(r"^[省市县区]?(?:的|人|来的)(?=$|[，。？！、])")
_LIVES = re.compile(r"(?:在|到|来)(?:了)?$")
_WORKS = re.compile(
    r"^[省市县区镇]?(?:城头|城里|街上|这边|这里|这头|县城|里)?[^，。？！]{0,6}(?:开了?|打工|务工|上班|做生意|做活|经商|租房|买了?房|住|居住|"
    r"上学|读书|陪读|带娃|过日子|生活|安家|落脚)"
)
_ASKED_ABOUT = re.compile(r"^[省市县区镇]?的?(?:[^，。？！]{0,4})(?:医保|参保|居民|农合|合作医疗|缴费|交)")


def read_places(text: str, find_places: FindPlaces) -> list[PlaceMention]:
    """Every place named, in order, with whether it is denied and what is said to lie there."""
    found = find_places(text)
    return [
        PlaceMention(
            Span(start, end, words),
            tuple(codes),
            is_denied(text, start, end),
            "hukou" if _comes_from(text, start, end, found) else _role(text, start, end),
        )
        for start, end, words, codes in found
    ]


def _comes_from(text: str, start: int, end: int, found: Sequence[FoundPlace]) -> bool:
    """我是邻水的，在大竹开面馆: where somebody is from, told apart from a place after it where the person lives or works."""
    if not (_FROM_BEFORE.search(text[:start]) and _FROM_AFTER.match(text[end:])):
        return False
    return any(
        other >= end and _LIVES.search(text[:other]) and _WORKS.match(text[other_end:])
        for other, other_end, _, _ in found
    )


def _role(text: str, start: int, end: int) -> PlaceRole:
    before = _CLAUSE_END.split(text[:start])[-1]
    after = _CLAUSE_END.split(text[end:])[0]
    if _HUKOU_BEFORE.search(before) or _HUKOU_AFTER.match(after):
        return "hukou"
    if _ASKED_ABOUT.match(after):
        return "other"
    return "away" if _AWAY_BEFORE.search(before) or _AWAY_AFTER.match(after) else "other"
