"""Conditions of rules (`when`), held against what is known of a person: true, false, or unknown (None).

Condition
├── All, AnyOf, Not        connectives of three-valued logic
├── InCategory             any of the named categories
├── OneOf                  a choice or a truth value
├── Within                 a number or a day in a closed interval
└── AgeOn                  whole years on a cut-off day
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, cast

from policy_kb.categories import Categories
from policy_kb.facts import FactKind, Facts, FactTable

Number = int | float


class Condition(Protocol):
    """A test of facts; `needs` names the facts it looks at."""

    @property
    def needs(self) -> tuple[str, ...]: ...

    def holds(self, facts: Facts) -> bool | None:
        """Whether it holds; None where a fact it needs is unknown and matters."""
        ...


@dataclass(frozen=True)
class All:
    """All parts hold; with no parts, everybody."""

    parts: tuple[Condition, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for part in self.parts for name in part.needs))

    def holds(self, facts: Facts) -> bool | None:
        found = [part.holds(facts) for part in self.parts]
        return False if False in found else None if None in found else True


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    @property
    def needs(self) -> tuple[str, ...]:
        return All(self.parts).needs

    def holds(self, facts: Facts) -> bool | None:
        found = [part.holds(facts) for part in self.parts]
        return True if True in found else None if None in found else False


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition

    @property
    def needs(self) -> tuple[str, ...]:
        return self.part.needs

    def holds(self, facts: Facts) -> bool | None:
        found = self.part.holds(facts)
        return None if found is None else not found


@dataclass(frozen=True)
class InCategory:
    """The person is in one of these categories; unknown where only a wider category is known."""

    names: tuple[str, ...]
    categories: Categories = field(repr=False, compare=False)

    needs = ("category",)

    def holds(self, facts: Facts) -> bool | None:
        if "category" not in facts:
            return None
        held = self.categories.telling(self.categories.closed(cast("tuple[str, ...]", facts["category"])))
        found = [self.categories.within(one, of) for one in held for of in self.names]
        unclear = None in found and not facts.get("category_complete", False)
        return True if True in found else None if unclear else False


@dataclass(frozen=True)
class OneOf:
    """A choice or truth value is one of these; `among` are all values the choice may take."""

    fact: str
    values: tuple[object, ...]
    among: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.fact,)

    def holds(self, facts: Facts) -> bool | None:
        return facts[self.fact] in self.values if self.fact in facts else None


@dataclass(frozen=True)
class Within:
    """A number or a day lies in an interval; closed on both sides unless a side is marked open, None is unbounded."""

    fact: str
    low: Number | date | None = None
    high: Number | date | None = None
    open_low: bool = False
    open_high: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.fact,)

    def holds(self, facts: Facts) -> bool | None:
        return self.contains(cast("Number", facts[self.fact])) if self.fact in facts else None

    def contains(self, value: Number | date) -> bool:
        """Whether `value` lies in the interval."""
        low, high, here = cast("Number", self.low), cast("Number", self.high), cast("Number", value)
        above = low is None or (here > low if self.open_low else here >= low)
        below = high is None or (here < high if self.open_high else here <= high)
        return above and below


@dataclass(frozen=True)
class AgeOn:
    """Age in whole years on a cut-off day, from the birth date, else from the age given, which may be a year off by then."""

    day: date
    years: Within

    needs = ("birth_date", "age")

    def holds(self, facts: Facts) -> bool | None:
        if "birth_date" in facts:
            return self.years.contains(years_between(cast(date, facts["birth_date"]), self.day))
        if "age" not in facts:
            return None
        age = cast("Number", facts["age"])
        found = {self.years.contains(years) for years in (age - 1, age, age + 1)}
        return found.pop() if len(found) == 1 else None


ALWAYS = All()


def years_between(birth: date, day: date) -> int:
    """Whole years of age on `day`; a birthday on the day itself counts."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def parse_condition(raw: Mapping[str, object], facts: FactTable, categories: Categories) -> Condition:
    """The condition a `when` mapping states; raises ValueError with what is wrong and how to mend it."""
    parts = tuple(_part(name, value, facts, categories) for name, value in raw.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _part(name: str, value: object, facts: FactTable, categories: Categories) -> Condition:
    if name == "any":
        return AnyOf(
            tuple(parse_condition(one, facts, categories) for one in cast("list[Mapping[str, object]]", value))
        )
    if name == "not":
        return Not(parse_condition(cast("Mapping[str, object]", value), facts, categories))
    if name not in facts:
        raise ValueError(f"no fact {name}; use a name of facts.yml")
    kind = facts[name]
    if isinstance(value, Mapping):
        return _age_on(name, value)
    if kind.kind == "categories":
        return _in_category(value, categories)
    if kind.kind in ("number", "date"):
        return interval(name, value, kind)
    return _one_of(name, value, kind)


def _in_category(value: object, categories: Categories) -> InCategory:
    names = tuple(value) if isinstance(value, list | tuple) else (str(value),)
    for one in names:
        if one not in categories:
            raise ValueError(f"no category {one}; use a canonical name of categories.yml")
    return InCategory(names, categories)


def _one_of(name: str, value: object, kind: FactKind) -> OneOf:
    values = tuple(value) if isinstance(value, list | tuple) else (value,)
    for one in values:
        allowed = isinstance(one, bool) if kind.kind == "bool" else one in kind.values or not kind.values
        if not allowed:
            wanted = "true or false" if kind.kind == "bool" else "one of " + ", ".join(kind.values)
            raise ValueError(f"{name} cannot be {one!r}; use {wanted}")
    return OneOf(name, values, tuple(kind.values))


def _age_on(name: str, value: Mapping[str, object]) -> AgeOn:
    if name != "age" or set(value) != {"on", "is"}:
        raise ValueError(f"{name} takes no mapping; write age: {{on: DAY, is: '>=60'}}")
    day = value["on"]
    years = interval("age", value["is"], None)
    return AgeOn(day if isinstance(day, date) else date.fromisoformat(str(day)), years)


_COMPARED = re.compile(r"^(<=|>=|<|>)\s*(\S+)$")


def interval(name: str, value: object, kind: FactKind | None) -> Within:
    """`<=3`, `>=24`, `2022-03-01..2022-06-30`, `..31`, a single number or day; raises ValueError."""
    text = str(value).strip()
    read = date.fromisoformat if kind is not None and kind.kind == "date" else _number
    compared = _COMPARED.match(text)
    if compared:
        sign, bound = compared.group(1), read(compared.group(2))
        strict = sign in ("<", ">")
        return (
            Within(name, high=bound, open_high=strict) if sign[0] == "<" else Within(name, low=bound, open_low=strict)
        )
    if ".." in text:
        first, last = (read(side) if side.strip() else None for side in text.split("..", 1))
        if first is not None and last is not None and first > last:  # type: ignore[operator]
            raise ValueError(f"interval {text} ends before it begins; swap its ends")
        return Within(name, low=first, high=last)
    only = read(text)
    return Within(name, low=only, high=only)


def _number(text: str) -> Number:
    try:
        return int(text)
    except ValueError:
        return float(text)
