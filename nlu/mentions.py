"""Everything a text mentions, gathered from the readers of each kind: longest first, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nlu.ages import read_ages
from nlu.circumstances import read_circumstances
from nlu.cover_years import read_years
from nlu.dates import read_dates
from nlu.durations import read_durations
from nlu.kinship import read_kin
from nlu.lexicon import Lexicon, Phrases
from nlu.negation import continues, is_denied, is_supposed
from nlu.people import read_people
from nlu.places import read_places
from nlu.sums import read_sums
from nlu.understanding import (
    CategoryMention,
    ChannelMention,
    DateMention,
    DateRole,
    Mention,
    Span,
    TierMention,
    YearMention,
)

_DIGITS = "一二三四五六七八九"
_TIER = re.compile(r"(?P<more>[一二三四1-4](?:、|和|或)?)?(?:第)?(?P<n>[一二三四1-4])档")
_GRADE = re.compile(r"残疾[^，。？！二三四级]{0,4}[，是]{0,2}(?P<n>[一二三四1-4])级(?!医院)")
_BARE_GRADE = re.compile(r"(?:^|(?<=[，。]))(?:那|我是?|是)?(?P<n>[一二三四1-4])级(?:的|呢|$)(?!医院)")
_WHOLE_CLAUSE = re.compile("都不是|都没有|啥也不|什么都不|没有身份|没得身份")
_CLAUSE_EDGE = re.compile(r"[，。？！；、\n]")
_TRAILING_YEAR = re.compile(r"，(?:就是|是)?$")


@dataclass(frozen=True)
class Mentions:
    """What a text mentions, in order, and the faults of its dates."""

    found: tuple[Mention, ...]
    faults: tuple[str, ...] = ()


class MentionReader:
    """Reads the mentions of a text with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        tier = lexicon.facts.get("tier")
        self._tier_names = frozenset(lexicon.tiers) | frozenset(map(str, tier.labels if tier else ()))
        self._categories = Phrases(lexicon.categories)
        self._channels = Phrases(lexicon.channels)

    def read(self, text: str, today: date, expected: DateRole = "other") -> Mentions:
        """All mentions of the text, in the order they stand; `expected` as in `read_dates`."""
        dates = read_dates(text, today, expected)
        years = read_years(text, today, [m.span for m in dates.mentions])
        years, said_dates = _trailing_year(text, years, dates.mentions)
        categories = self._read_categories(text)
        kin = read_kin(text)
        people = read_people(text, categories, kin)
        measured = _apart([*said_dates, *years, *read_ages(text), *people, *read_sums(text), *read_durations(text)])
        places = read_places(text, self._lexicon.find_places)
        facts = read_circumstances(text)
        found = [*measured, *categories, *places, *self._tiers(text), *kin, *facts, *self._read_channels(text)]
        return Mentions(tuple(sorted(found, key=lambda m: (m.span.start, m.span.end))), dates.faults)

    def _read_categories(self, text: str) -> list[CategoryMention]:
        found = [*self._grades(text)]
        for start, alias in self._categories.find(text):
            end = start + len(alias)
            if _WHOLE_CLAUSE.search(alias) and not _fills_clause(text, start, end):
                continue
            if all(end <= g.span.start or start >= g.span.end for g in found):
                span = Span(start, end, alias)
                found.append(CategoryMention(span, tuple(self._lexicon.categories[alias])))
        return _denials(text, sorted(found, key=lambda m: m.span.start))

    def _grades(self, text: str) -> list[CategoryMention]:
        """Disability grades apart from the word: 残疾证，二级; 二级的."""
        found: list[CategoryMention] = []
        for match in (*_GRADE.finditer(text), *_BARE_GRADE.finditer(text)):
            n = match["n"]
            ids = self._lexicon.categories.get(f"{n if n in _DIGITS else _DIGITS[int(n) - 1]}级残疾")
            if ids and all(match.end() <= f.span.start or match.start() >= f.span.end for f in found):
                found.append(CategoryMention(Span(*match.span(), match.group()), ids))
        return found

    def _tiers(self, text: str) -> list[TierMention]:
        found: list[TierMention] = []
        for match in _TIER.finditer(text):
            more = (match["more"] or "")[:1]
            for n in dict.fromkeys(filter(None, (more, match["n"]))):
                tier = f"{n if n in _DIGITS else _DIGITS[int(n) - 1]}档"
                if tier in self._tier_names:
                    found.append(TierMention(Span(*match.span(), match.group()), tier))
        return found

    def _read_channels(self, text: str) -> list[ChannelMention]:
        return [
            ChannelMention(
                Span(start, start + len(alias), alias),
                self._lexicon.channels[alias],
                is_denied(text, start, start + len(alias)),
            )
            for start, alias in self._channels.find(text)
        ]


def _fills_clause(text: str, start: int, end: int) -> bool:
    """都没有, 什么都不是 mean an ordinary resident only as a clause of their own."""
    before = _CLAUSE_EDGE.split(text[:start])[-1]
    after = _CLAUSE_EDGE.split(text[end:])[0]
    return len(before) <= 3 and len(after) <= 1


def _denials(text: str, mentions: Sequence[CategoryMention]) -> list[CategoryMention]:
    """Each mention with whether it is denied or supposed; a denial runs on through a list (没得低保残疾那些)."""
    judged: list[CategoryMention] = []
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        listed = bool(judged) and judged[-1].negated and continues(text, judged[-1].span.end, start)
        denied = listed or is_denied(text, start, end)
        judged.append(replace(mention, negated=denied, hypothetical=is_supposed(text, start)))
    return judged


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Numbers are one thing at a time: the longest reading of a stretch holds, the earlier kind where equally long."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.span.start - m.span.end):
        if all(mention.span.end <= k.span.start or mention.span.start >= k.span.end for k in kept):
            kept.append(mention)
    return kept


def _trailing_year(
    text: str, years: Sequence[YearMention | DateMention], dates: Sequence[DateMention]
) -> tuple[list[YearMention | DateMention], list[DateMention]]:
    """七月九号生的，去年: a year that follows a day of birth belongs to it and is no year of cover."""
    kept, moved = list(years), list(dates)
    for year in years:
        births = [d for d in moved if d.role == "birth" and d.precision != "year" and d.span.end <= year.span.start]
        if not isinstance(year, YearMention) or not births:
            continue
        after = _CLAUSE_EDGE.split(text[year.span.end :])[0]
        between = text[births[-1].span.end : year.span.start]
        if after.strip("的") == "" and len(between) <= 6 and _TRAILING_YEAR.search(between):
            kept.remove(year)
            span = Span(births[-1].span.start, year.span.end, text[births[-1].span.start : year.span.end])
            moved[moved.index(births[-1])] = replace(_in_year(births[-1], year.year), span=span)
    return kept, moved


def _in_year(mention: DateMention, year: int) -> DateMention:
    try:
        return replace(mention, first=mention.first.replace(year=year), last=mention.last.replace(year=year))
    except ValueError:
        return mention
