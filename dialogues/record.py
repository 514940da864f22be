"""The enrolment record (参保档案) a conversation is bound to, and the facts it gives for a cover year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product, takewhile

from dialogues.disclosure import OfRecord
from dialogues.registered_category import meanings
from policy_kb.categories import Categories
from policy_kb.conditions import years_between
from policy_kb.facts import Facts, FactValue
from policy_kb.times import months_between

_MARK = re.compile(r"[（(][^（）()]*[）)]$")
"""A remark behind a name (虚构) is no part of it."""


@dataclass(frozen=True)
class Enrolment(OfRecord):
    """One cover year's enrolment (参保缴费): `amount` in 元, `channel` by which it was paid, in the register's words."""

    year: int
    status: str
    paid_on: date | None = None
    amount: Decimal | None = None
    tier: str | None = None
    channel: str | None = None

    @property
    def paid(self) -> bool:
        """Whether the premium of that year is paid."""
        return self.status == "paid"


@dataclass(frozen=True)
class EmployeeSpell(OfRecord):
    """The last spell of 职工医保: months paid without a break, and its last day (None: it goes on)."""

    months: int
    ended_on: date | None = None


@dataclass(frozen=True)
class CategorySpell(OfRecord):
    """A time in which the person was in a category: both days count; None: from ever, or it goes on."""

    category: str
    since: date | None = None
    until: date | None = None
    certified_by: str = ""

    def holds(self, on: date) -> bool:
        """Whether that day lies in it."""
        return (self.since or date.min) <= on <= (self.until or date.max)


@dataclass(frozen=True)
class Record(OfRecord):
    """A resident's record; `categories` in the words of the register, as on the day of the conversation."""

    name: str = field(default="", repr=False)
    birth_date: date | None = None
    town: str | None = None
    hukou: str | None = None
    residence_permit: bool | None = None
    categories: tuple[str, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    employee_insurance: EmployeeSpell | None = None
    spells: tuple[CategorySpell, ...] = ()
    """When which category held, as far as the register tells; ended ones too."""
    family: tuple[Relative, ...] = ()
    """Those of the household or in this person's care whose record this person may be told."""
    untold: int = 0
    """How many more the household has, whose record only they themselves are told."""
    resident: int | None = None
    """The number in the register; None where the record came with a message."""

    def enrolment(self, year: int) -> Enrolment | None:
        """The enrolment of a cover year, if there is one: the paid one where there are several."""
        of_year = self.of_year(year)
        return next((one for one in of_year if one.paid), of_year[0] if of_year else None)

    def of_year(self, year: int) -> tuple[Enrolment, ...]:
        """Everything the register holds of a cover year: two payments, if one paid twice."""
        return tuple(one for one in self.enrolments if one.year == year)

    def words(self, on: date) -> tuple[str, ...]:
        """The categories that hold on a day, in the words of the register."""
        dated = {one.category for one in self.spells}
        held = [one.category for one in self.spells if one.holds(on)]
        return tuple(dict.fromkeys([*(word for word in self.categories if word not in dated), *held]))

    def readings(self, categories: Categories, on: date) -> tuple[tuple[str, ...], ...]:
        """The categories by their names: one tuple for each way the register's words can be meant; unknown words left out."""
        named = [found for word in self.words(on) if (found := meanings(word, categories))]
        return tuple(dict.fromkeys(tuple(dict.fromkeys(one)) for one in product(*named)))

    def unclear(self, categories: Categories, on: date) -> tuple[str, ...]:
        """The register's words that mean no category or may mean several (边缘户)."""
        return tuple(word for word in self.words(on) if len(meanings(word, categories)) != 1)

    def facts(self, categories: Categories, year: int, today: date, paying: date | None = None) -> Facts:
        """What the record says to the rules of cover year `year`; no category where the register's word may mean several.

        `paying`: the day of payment that is asked about, until which a break in 职工医保 lasts.
        """
        readings = self.readings(categories, today)
        known: dict[str, FactValue | None] = {
            "category": readings[0] if len(readings) == 1 else None,
            "birth_date": self.birth_date,
            "age": years_between(self.birth_date, today) if self.birth_date else None,
            "hukou": self.hukou,
            "residence_permit": self.residence_permit,
            "first_time": not any(one.year < year and one.paid for one in self.enrolments),
            **self._employment(max(today, paying or today)),
            **self._years(year),
            **self._payment(year),
        }
        return {name: value for name, value in known.items() if value is not None}

    def _years(self, year: int) -> dict[str, FactValue | None]:
        """How many years before `year` were not paid, or were without a break; only years of which something is held count."""
        held = {one.year for one in self.enrolments}
        paid = {one.year for one in self.enrolments if one.paid}
        before = list(takewhile(lambda one: one in held, range(year - 1, year - 1 - len(held), -1)))
        missed = len(list(takewhile(lambda one: one not in paid, before)))
        unbroken = len(list(takewhile(lambda one: one in paid, before)))
        known = missed < len(before)
        return {"missed_years": missed if known else None, "unbroken_years": unbroken or None}

    def _payment(self, year: int) -> dict[str, FactValue | None]:
        enrolment = self.enrolment(year)
        if enrolment is None or not enrolment.paid:
            return {}
        return {"paid_on": enrolment.paid_on, "tier": enrolment.tier}

    def _employment(self, on: date) -> dict[str, FactValue | None]:
        spell = self.employee_insurance
        if spell is None:
            return {}
        if spell.ended_on is None or spell.ended_on > on:
            return {"employee_months": spell.months, "employee_insured": True}
        return {
            "employee_months": spell.months,
            "employee_insured": False,
            "gap_months": round(months_between(spell.ended_on, on), 2),
            "previous_status": "employee",
        }


@dataclass(frozen=True)
class Relative(OfRecord):
    """Somebody of the family whose record the bound person may be told, as a guardian (监护人)."""

    record: Record
    kin: str
    """Who that is to the bound person, in the words of KinMention: child, parent, spouse …"""

    @property
    def label(self) -> str:
        """How one is told from another without the whole name: 王*明（2016年生）."""
        born = self.record.birth_date
        return f"{shown_name(self.record.name)}{f'（{born.year}年生）' if born else ''}"


def bare_name(name: str) -> str:
    """A name without the remark behind it."""
    return _MARK.sub("", name).strip()


def shown_name(name: str) -> str:
    """A name with its middle left out: 王*兰, 王*."""
    name = bare_name(name)
    return f"{name[:1] or ''}*{name[-1] if len(name) > 2 else ''}"


def everybody(record: Record) -> Iterator[Record]:
    """The bound person's record and those of the family that may be told."""
    yield record
    yield from (one.record for one in record.family)
