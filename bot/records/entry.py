"""One checked row of a roster, ready to be laid down: what it tells of a person; None is what it does not tell."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Held(NamedTuple):
    """A category somebody is in: canonical name and the roster's word for it."""

    category: str
    word: str


class Payment(NamedTuple):
    """A cover year's enrolment, `amount` in fen; `status` None: the roster does not tell."""

    year: int
    status: str | None
    tier: str | None = None
    paid_on: date | None = None
    amount: int | None = None
    channel: str | None = None
    receipt: str | None = None


class Employee(NamedTuple):
    """A spell of 职工医保."""

    months: int
    ended_on: date | None


class Entry(NamedTuple):
    """One person as a row tells it; tuples, since a roster has a million of them."""

    row: int
    id_number: str
    name: str
    birth_date: date
    town: str = ""
    village: str = ""
    phone: str | None = None
    hukou: str | None = None
    residence_permit: bool | None = None
    household: str | None = None
    role: str | None = None
    categories: tuple[Held, ...] | None = None
    """() is nobody special; None: the row says nothing of it, and what was known stays."""
    certified_on: date | None = None
    payment: Payment | None = None
    employee: Employee | None = None
    guardian: str | None = None
    """The guardian's ID number, 18 characters."""
    guardian_relation: str | None = None

    def __repr__(self) -> str:
        return f"Entry(row {self.row})"


class Remark(NamedTuple):
    """What was noticed about one row of a sheet; the words are for the staff who keep the roster."""

    sheet: str
    row: int
    words: str
