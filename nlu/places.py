"""Places a text names, and whether they are where a hukou lies or where someone merely is."""

from __future__ import annotations

import re

from nlu.lexicon import FindPlaces
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
_ASKED_ABOUT = re.compile(r"^[省市县区镇]?的?(?:[^，。？！]{0,4})(?:医保|参保|居民|农合|合作医疗|缴费|交)")


def read_places(text: str, find_places: FindPlaces) -> list[PlaceMention]:
    """Every place named, in order, with whether it is denied and what is said to lie there."""
    return [
        PlaceMention(Span(start, end, words), tuple(codes), is_denied(text, start, end), _role(text, start, end))
        for start, end, words, codes in find_places(text)
    ]


def _role(text: str, start: int, end: int) -> PlaceRole:
    before = _CLAUSE_END.split(text[:start])[-1]
    after = _CLAUSE_END.split(text[end:])[0]
    if _HUKOU_BEFORE.search(before) or _HUKOU_AFTER.match(after):
        return "hukou"
    if _ASKED_ABOUT.match(after):
        return "other"
    return "away" if _AWAY_BEFORE.search(before) or _AWAY_AFTER.match(after) else "other"
