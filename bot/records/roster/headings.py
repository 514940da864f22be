"""Finding a roster's columns: the row of headings under title rows, their usual Chinese words, a mapping file for others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import BadRoster
from bot.records.roster.cells import Cell, plain

WORDS = Path(__file__).parent / "words.yml"
LOOKED_AT = 30
"""Rows from the top of a sheet among which the headings stand."""
NEEDED = ("name", "id_number")
_SIGNS = re.compile(r"[\W_]+")
_UNITS = re.compile(r"[（(](?:元|单位[:：]?元|人民币|必填|选填|如.*?|例.*?|格式.*?)[）)]")
_TEN_DIGITS = re.compile(r"\d{10}")


class RosterWords(BaseModel):
    """words.yml: what stands in rosters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    headings: dict[str, tuple[str, ...]]
    status: dict[str, tuple[str, ...]]
    hukou: dict[str, tuple[str, ...]]
    yes: tuple[str | int, ...]
    no: tuple[str | int, ...]
    tier: dict[str, tuple[str, ...]]
    ordinary: tuple[str, ...]

    def usual(self, field: str) -> str:
        """The usual heading of a field."""
        return self.headings[field][0]


@cache
def roster_words() -> RosterWords:
    """words.yml, read once."""
    return RosterWords.model_validate(yaml.safe_load(WORDS.read_text(encoding="utf-8")))


class MappingFile(BaseModel):
    """A mapping file: the roster's own heading for each usual one, and its own words (codes) for the usual ones."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, str] = {}
    words: dict[str, dict[str | int, str]] = {}


@dataclass(frozen=True)
class Mapped:
    """A mapping file as it is applied: field → own heading, field → own word → usual word."""

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_mapping(path: Path | None) -> Mapped:
    """The mapping file; nothing where none is given. Raises BadRoster."""
    if path is None:
        return Mapped()
    try:
        read = MappingFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {})
    except (OSError, UnicodeDecodeError) as error:
        raise BadRoster(f"{path}: cannot be read ({type(error).__name__}); give a YAML file in UTF-8") from error
    except yaml.YAMLError as error:
        raise BadRoster(f"{path}: not valid YAML; see docs/records.md") from error
    except ValidationError as error:
        first: Any = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BadRoster(
            f"{path}: {where}: {first['msg']}; it holds `columns` and `words`, see docs/records.md"
        ) from None
    columns = {_field(name, path): bare(heading) for name, heading in read.columns.items()}
    words = {
        _field(name, path): {plain(own): word for own, word in table.items()} for name, table in read.words.items()
    }
    return Mapped(columns, words)


def _field(name: str, path: Path) -> str:
    found = _usual().get(bare(name))
    if found is None:
        known = "、".join(names[0] for names in roster_words().headings.values())
        raise BadRoster(f"{path}: {name!r} is no column of a roster; there are {known}")
    return found


@cache
def _usual() -> dict[str, str]:
    return {bare(word): field for field, words in roster_words().headings.items() for word in words}


@cache
def _rank() -> dict[str, int]:
    return {bare(word): at for words in roster_words().headings.values() for at, word in enumerate(words)}


def bare(heading: str) -> str:
    """A heading as it is compared: no spaces, signs, brackets, units."""
    folded = _UNITS.sub("", unicodedata.normalize("NFKC", heading))
    return _SIGNS.sub("", folded).lower()


@dataclass(frozen=True)
class Layout:
    """Where the headings stand (row number, from 1; the last one where there are two) and the column of each field."""

    row: int
    columns: Mapping[str, int]
    headings: tuple[str, ...]

    def __contains__(self, field: str) -> bool:
        return field in self.columns


def find_layout(top: Sequence[Sequence[Cell]], mapped: Mapped, where: str) -> Layout | None:
    """The layout of a sheet from its first rows; None where the sheet is empty. Raises BadRoster with what is missing."""
    candidates = [_layout(top, at, mapped) for at in range(len(top))]
    found = max(candidates, key=lambda one: (all(name in one for name in NEEDED), len(one.columns)), default=None)
    if found is None or not any(plain(cell) for row in top for cell in row):
        return None
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise BadRoster(_missing(found, missing, where))
    return found


def _layout(top: Sequence[Sequence[Cell]], at: int, mapped: Mapped) -> Layout:
    """The headings of row `at`, with those of the row below where it goes on with headings (缴费信息 over 日期, 金额)."""
    upper = _names(top[at])
    below = _names(top[at + 1]) if at + 1 < len(top) else ()
    known = _known(mapped)
    if not (_goes_on(below, mapped) and any(bare(one) in known for one in upper)):
        return Layout(at + 1, _columns(upper, mapped), upper)
    width = max(len(upper), len(below))
    both = [(*upper, *[""] * width)[:width], (*below, *[""] * width)[:width]]
    merged = tuple(low if bare(low) in known or not high else high for high, low in zip(*both, strict=True))
    return Layout(at + 2, _columns(merged, mapped), merged)


def _names(row: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(plain(cell) for cell in row)


def _goes_on(row: tuple[str, ...], mapped: Mapped) -> bool:
    """Whether a row holds headings and nothing like a person's data."""
    filled = [one for one in row if one]
    known = _known(mapped)
    named = sum(bare(one) in known for one in filled)
    return named > 0 and named * 2 >= len(filled) and not any(_TEN_DIGITS.search(one) for one in filled)


def _known(mapped: Mapped) -> frozenset[str]:
    return frozenset({*_usual(), *mapped.columns.values()})


def _columns(names: Sequence[str], mapped: Mapped) -> dict[str, int]:
    """The column of each field: what the mapping names first, then the most usual heading."""
    own = {heading: field for field, heading in mapped.columns.items()}
    found: dict[str, tuple[int, int]] = {}
    for at, name in enumerate(names):
        heading = bare(name)
        mapped_to = own.get(heading)
        field = mapped_to or _usual().get(heading)
        if field is None or (mapped_to is None and field in mapped.columns):
            continue
        rank = -1 if mapped_to else _rank()[heading]
        if field not in found or rank < found[field][0]:
            found[field] = (rank, at)
    return {field: at for field, (_, at) in found.items()}


def _missing(found: Layout, missing: Sequence[str], where: str) -> str:
    words = roster_words()
    wanted = "、".join(words.usual(name) for name in missing)
    headings = "、".join(name for name in found.headings if name)[:200]
    # a row without any known heading may be a person's: it is not shown
    shown = f"row {found.row} has {headings}" if found.columns else "none of them has headings of a roster"
    return (
        f"{where}: no column {wanted} among the first {LOOKED_AT} rows; {shown}. "
        "Name the columns in a mapping file (--mapping FILE, docs/records.md)"
    )
