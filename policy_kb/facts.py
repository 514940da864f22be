"""The circumstances of a person that rules may ask for (facts.yml): their names, kinds, and the questions that ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, cast

import yaml

from policy_kb.errors import FactFault, VocabularyFault

FactValue: TypeAlias = str | bool | int | float | date | tuple[str, ...]
Facts: TypeAlias = Mapping[str, FactValue]
"""What is known of a person: names of facts.yml; a name that is absent is unknown, `category: ()` is known to be none."""

Kind: TypeAlias = Literal["categories", "choice", "bool", "number", "date"]
_KINDS = ("categories", "choice", "bool", "number", "date")
_KEYS = {"kind", "ask", "unit", "values", "yes", "no", "assume"}


@dataclass(frozen=True)
class FactKind:
    """One fact: how it is asked for and which values it takes, each with the words of a quick reply."""

    name: str
    kind: Kind
    ask: str
    unit: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    yes: str = ""
    no: str = ""
    assume: object = None
    """What is taken as given of a person of whom nothing else is known; None: nothing is."""

    def label(self, value: FactValue) -> str:
        """The words for `value` in a quick reply."""
        if isinstance(value, bool):
            return self.yes if value else self.no
        return self.values.get(str(value), f"{value}{self.unit or ''}")

    def accept(self, value: object) -> FactValue:
        """`value` as this fact holds it; raises FactFault where its kind is another."""
        try:
            return _CAST[self.kind](self, value)
        except (TypeError, ValueError) as error:
            raise FactFault(self.name, f"{value!r} is no {self.kind}", f"give {_WANTED[self.kind]}") from error


def _choice(kind: FactKind, value: object) -> FactValue:
    if kind.values and value not in kind.values:
        raise ValueError(value)
    return str(value)


def _bool(_: FactKind, value: object) -> FactValue:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _number(_: FactKind, value: object) -> FactValue:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    return value


def _date(_: FactKind, value: object) -> FactValue:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return date.fromisoformat(cast(str, value))


def _categories(_: FactKind, value: object) -> FactValue:
    if isinstance(value, str) or not all(isinstance(item, str) for item in cast(list[str], value)):
        raise TypeError(value)
    return tuple(cast(list[str], value))


_CAST = {"choice": _choice, "bool": _bool, "number": _number, "date": _date, "categories": _categories}
_WANTED = {
    "choice": "one of the values listed in facts.yml",
    "bool": "true or false",
    "number": "a number",
    "date": "a day as YYYY-MM-DD",
    "categories": "a list of category names",
}


@dataclass(frozen=True)
class FactTable:
    """All facts by name."""

    kinds: Mapping[str, FactKind]

    def __getitem__(self, name: str) -> FactKind:
        if name not in self.kinds:
            raise FactFault(name, "no such fact", "use a name of policy_kb/facts.yml")
        return self.kinds[name]

    def __contains__(self, name: str) -> bool:
        return name in self.kinds

    def assumed(self) -> Facts:
        """What is taken as given of a person of whom nothing is known."""
        return self.accept({name: kind.assume for name, kind in self.kinds.items() if kind.assume is not None})

    def accept(self, facts: Mapping[str, object]) -> Facts:
        """Checked facts for the engine; raises FactFault at the first that does not fit."""
        return {name: self[name].accept(value) for name, value in facts.items()}


@cache
def load_facts(path: Path) -> FactTable:
    """Reads facts.yml; raises VocabularyFault where a fact is declared wrongly."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return FactTable({name: _fact(path, name, entry) for name, entry in raw.items()})


def _fact(path: Path, name: str, entry: Mapping[str, object]) -> FactKind:
    unknown = set(entry) - _KEYS
    if unknown or entry.get("kind") not in _KINDS or not entry.get("ask"):
        raise VocabularyFault(
            f"{path.name}: {name}",
            f"keys {sorted(unknown)} unknown, or `kind`/`ask` missing",
            f"give kind ({', '.join(_KINDS)}) and ask",
        )
    return FactKind(
        name=name,
        kind=cast(Kind, entry["kind"]),
        ask=str(entry["ask"]),
        unit=cast("str | None", entry.get("unit")),
        values=cast("Mapping[str, str]", entry.get("values") or {}),
        yes=str(entry.get("yes", "")),
        no=str(entry.get("no", "")),
        assume=entry.get("assume"),
    )
