"""That somebody works away from home, told by the city the work lies in: 我在宁波厂里."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.understanding import FactMention, PlaceMention, Span

_IN = re.compile(r"(?<!不)(?<!没)(?<!是)在$")
_WORKPLACE = re.compile(
    r"^[省市]?(?:的|那边|那头|这边|一个|一家|个|家)?[\u4e00-\u9fff]{0,3}?(?:厂里|厂头|厂子里?|工厂|工地|车间|饭店里?|餐馆里?|店里|厂(?=上班|打工|干活|做工|$|[，。？！]))"
    r"(?![给帮替]|[^，。？！]{0,3}[交缴买参]|[^，。？！]{0,4}(?:社保|职工))"
)
_COUNTY_DIGITS = 4
"""Region codes that end in 00 after so many digits are of a province or prefecture."""


def read_workers_away(places: Sequence[PlaceMention], text: str, told: Sequence[FactMention]) -> list[FactMention]:
    """migrant_worker for work in a prefecture or province, unless the words speak of that or of 职工医保 already."""
    if any(one.fact in ("migrant_worker", "employee_insured") for one in told):
        return []
    found: list[FactMention] = []
    for place in places:
        wide = all(len(code) == 6 and code[_COUNTY_DIGITS:] == "00" for code in place.codes)
        after = _WORKPLACE.match(text[place.span.end :])
        if wide and after and not place.negated and _IN.search(text[: place.span.start]):
            end = place.span.end + after.end()
            found.append(
                FactMention(Span(place.span.start - 1, end, text[place.span.start - 1 : end]), "migrant_worker", True)
            )
    return found
