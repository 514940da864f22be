"""Regions (行政区划): provinces, prefectures and counties of China, and the towns that the notices' annexes name."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import ClassVar, Literal, TypeAlias, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from policy_kb.errors import VocabularyFault
from policy_kb.fault import Fault
from policy_kb.place_names import Name, PlaceNames
from policy_kb.yaml_tree import compose, plain

FOLDER = Path(__file__).parent / "regions"

Level: TypeAlias = Literal["province", "prefecture", "county", "town"]
_LEVELS: tuple[Level, ...] = ("province", "prefecture", "county", "town")


@dataclass(frozen=True)
class Region:
    """A region: its code (GB/T 2260; a town nine digits, or county and name), name, the code around it, other names."""

    code: str
    name: str
    parent: str | None
    level: Level
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceMatch:
    """A place named in a text at start:end; several candidates where the name alone does not tell, wide ones first."""

    start: int
    end: int
    text: str
    candidates: tuple[Region, ...]


@dataclass(frozen=True)
class Town:
    """One row of towns.yml; its `local` names count only where the county is known."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    code: str
    name: str
    parent: str
    aliases: tuple[str, ...] = ()
    local: tuple[str, ...] = ()


@dataclass(frozen=True)
class Towns:
    """towns.yml as a whole."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    towns: tuple[Town, ...]


@dataclass(frozen=True)
class Speech:
    """names.yml: everyday names by code, names that are ordinary words, what may follow a name, the field's words."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    aliases: dict[str, tuple[str, ...]]
    everyday: tuple[tuple[str, ...], ...]
    endings: tuple[str, ...]
    joiners: tuple[str, ...]
    words: tuple[str, ...]


_TOWNS = TypeAdapter(Towns)
_SPEECH = TypeAdapter(Speech)
T = TypeVar("T", Towns, Speech)


class Regions:
    """All known regions, found by code, by name, or in running text."""

    def __init__(self, regions: Iterable[Region], bound: Mapping[str, frozenset[str]], speech: Speech) -> None:
        """`bound` gives by code the names that count only where the region around it is known."""
        self._by_code = {region.code: region for region in regions}
        self._children: dict[str | None, list[Region]] = defaultdict(list)
        for region in self._by_code.values():
            self._children[region.parent].append(region)
        around = {code: frozenset(one.code for one in self.chain(code)[1:]) for code in self._by_code}
        self._names = _index(self._by_code.values(), bound)
        spoken = (name for names in speech.aliases.values() for name in names)
        towns = (name for name, meanings in self._names.items() if self._is_town(meanings))
        self._places = PlaceNames(self._names, around, (*speech.words, *spoken, *towns), speech.endings, speech.joiners)

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Region:
        """The region of this code. Raises VocabularyFault."""
        if code not in self._by_code:
            mend = "use a code of divisions.csv or towns.yml"
            raise VocabularyFault(f"region {code}", "no region has this code", mend)
        return self._by_code[code]

    def _is_town(self, meanings: tuple[Name, ...]) -> bool:
        return any(self._by_code[one.code].level == "town" and not one.bound for one in meanings)

    def chain(self, code: str) -> tuple[Region, ...]:
        """The region and those around it, up to the province."""
        found = [self[code]]
        while found[-1].parent is not None:
            found.append(self[found[-1].parent])
        return tuple(found)

    def contains(self, outer: str, inner: str) -> bool:
        """Whether the region `inner` is `outer` or lies in it."""
        return any(one.code == outer for one in self.chain(inner))

    def children(self, code: str) -> tuple[Region, ...]:
        """The regions directly within one, by code; of towns only those that an annex names."""
        return tuple(self._children.get(code, ()))

    def named(self, name: str) -> tuple[Region, ...]:
        """The regions of this name, alias or path (北京海淀), wide ones first; none where it is not known."""
        bare = "".join(name.split())
        if bare in self._names:
            return tuple(self._by_code[one.code] for one in self._names[bare])
        found = self.find_in(bare)
        return found[0].candidates if len(found) == 1 and found[0].text == bare else ()

    def find_in(self, text: str, within: str | None = None) -> list[PlaceMatch]:
        """The places named in a text, in order: the longest names win, names on end make one place (北京市海淀区).

        `within` is the code of a region already known: its own towns are then meant first, by their local names too.
        """
        return [
            PlaceMatch(one.start, one.end, text[one.start : one.end], tuple(self._by_code[code] for code in one.codes))
            for one in self._places.find(text, within)
        ]


def _index(regions: Iterable[Region], bound: Mapping[str, frozenset[str]]) -> dict[str, tuple[Name, ...]]:
    names: dict[str, list[Name]] = defaultdict(list)
    for region in sorted(regions, key=lambda one: (_LEVELS.index(one.level), one.code)):
        for name in dict.fromkeys((region.name, *region.aliases)):
            names[name].append(Name(region.code, name in bound.get(region.code, frozenset())))
    return {name: tuple(meanings) for name, meanings in names.items()}


@cache
def load_regions(folder: Path = FOLDER) -> Regions:
    """The regions of divisions.csv, towns.yml and names.yml. Raises VocabularyFault with the file at fault."""
    speech = _read(folder / "names.yml", _SPEECH)
    everyday = frozenset(word for row in speech.everyday for word in row)
    regions: list[Region] = []
    bound: dict[str, frozenset[str]] = {}
    for region in _divisions(folder / "divisions.csv"):
        free = speech.aliases.get(region.code, ())
        regions.append(replace(region, aliases=tuple(dict.fromkeys((*region.aliases, *free)))))
        bound[region.code] = _loose(region, everyday) - set(free)
    for town in _read(folder / "towns.yml", _TOWNS).towns:
        regions.append(Region(town.code, town.name, town.parent, "town", (*town.aliases, *town.local)))
        bound[town.code] = frozenset(town.local)
    _check(regions, speech, everyday, folder)
    return Regions(regions, bound, speech)


def _loose(region: Region, everyday: frozenset[str]) -> frozenset[str]:
    """The names of a division that count only behind the place around it: everyday words, a district's short form."""
    district = region.level == "county" and region.name.endswith("区")
    loose = region.aliases if district else ()
    return frozenset({*loose, *everyday.intersection((region.name, *region.aliases))})


def _divisions(file: Path) -> Iterator[Region]:
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            code = row["code"]
            grade = _LEVELS[0] if code.endswith("0000") else _LEVELS[1] if code.endswith("00") else _LEVELS[2]
            yield Region(code, row["name"], row["parent"] or None, grade, tuple(row["short"].split()))


def _read(file: Path, shape: TypeAdapter[T]) -> T:
    faults: list[Fault] = []
    tree = compose(file.read_text(encoding="utf-8"), str(file), faults)
    for fault in sorted(faults):
        raise VocabularyFault(f"{file}:{fault.line}", fault.what, fault.mend)
    try:
        return shape.validate_python(plain(tree))
    except ValidationError as error:
        first = error.errors()[0]
    place = "/".join(str(step) for step in first["loc"])
    raise VocabularyFault(f"{file}", f"{place}: {first['msg']}", "mend this entry; codes stand in quotes")


def _check(regions: list[Region], speech: Speech, everyday: frozenset[str], folder: Path) -> None:
    """Every code stands once, every parent and every code named elsewhere is known, every everyday word is a name."""
    codes = Counter(region.code for region in regions)
    for region in regions:
        if codes[region.code] > 1:
            raise VocabularyFault(f"{folder}", f"code {region.code} stands twice", "give each region its own code")
        if region.parent is not None and region.parent not in codes:
            what = f"{region.name} lies in {region.parent}, which is no region"
            raise VocabularyFault(f"{folder}", what, "add that region, or mend `parent`")
    for code in speech.aliases:
        if code not in codes:
            raise VocabularyFault(f"{folder / 'names.yml'}", f"aliases for unknown code {code}", "mend the code")
    unused = everyday.difference(*((region.name, *region.aliases) for region in regions))
    if unused:
        what = f"{min(unused)} is the name of no region"
        raise VocabularyFault(f"{folder / 'names.yml'}", what, "remove it from `everyday`")
