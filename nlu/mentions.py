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
from nlu.lapses import insurance_of, read_lapses
from nlu.lexicon import Lexicon, Phrases
from nlu.named_categories import CategoryReader
from nlu.negation import is_denied
from nlu.other_insurance import read_other_insurance
from nlu.people import read_people
from nlu.places import read_places
from nlu.sums import read_sums
from nlu.understanding import (
    ChannelMention,
    DateMention,
    DateRole,
    Mention,
    Span,
    SpanMention,
    TierMention,
    YearMention,
)
from nlu.whereabouts import read_workers_away

_DIGITS = "一二三四五六七八九"
_TIER = re.compile(r"(?P<more>[一二三四1-4](?:、|和|或)?)?(?:第)?(?P<n>[一二三四1-4])档")
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
        self._categories = CategoryReader(lexicon)
        self._channels = Phrases(lexicon.channels)

    def read(self, text: str, today: date, expected: DateRole = "other") -> Mentions:
        """All mentions of the text, in the order they stand; `expected` as in `read_dates`."""
        dates = read_dates(text, today, expected)
        years = read_years(text, today, [m.span for m in dates.mentions])
        years, said_dates = _trailing_year(text, years, dates.mentions)
        categories = self._categories.read(text)
        kin = read_kin(text)
        people = read_people(text, categories, kin)
        measured = _apart([*said_dates, *years, *read_ages(text), *people, *read_sums(text), *read_durations(text)])
        places = read_places(text, self._lexicon.find_places)
        facts = read_circumstances(text)
        facts += read_workers_away(places, text, facts)
        measured = [replace(one, of=insurance_of(text)) if isinstance(one, SpanMention) else one for one in measured]
        facts += read_lapses(text, [one for one in measured if isinstance(one, SpanMention)])
        found = [*measured, *categories, *places, *self._tiers(text), *kin, *facts, *read_other_insurance(text)]
        found += self._read_channels(text)
        return Mentions(tuple(sorted(found, key=lambda m: (m.span.start, m.span.end))), dates.faults)

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
