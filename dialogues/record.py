"""The enrolment record a conversation is bound to, and the facts it gives for a cover year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policy_kb.categories import Categories
from policy_kb.conditions import years_between
from policy_kb.facts import Facts, FactValue


@dataclass(frozen=True)
class Enrolment:
    """One cover year's enrolment (参保缴费): `amount` in 元."""

    year: int
    status: str
    paid_on: date | None = None
    amount: Decimal | None = None
    tier: str | None = None

    @property
    def paid(self) -> bool:
        """Whether the premium of that year is paid."""
        return self.status == "paid"


@dataclass(frozen=True)
class EmployeeSpell:
    """The last spell of 职工医保: months paid without a break, and its last day (None: it goes on)."""

    months: int
    ended_on: date | None = None


@dataclass(frozen=True)
class Record:
    """A resident's record; `categories` in the words of the register."""

    name: str = ""
    birth_date: date | None = None
    town: str | None = None
    hukou: str | None = None
    residence_permit: bool | None = None
    categories: tuple[str, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    employee_insurance: EmployeeSpell | None = None

    def enrolment(self, year: int) -> Enrolment | None:
        """The enrolment of a cover year, if there is one."""
        return next((one for one in self.enrolments if one.year == year), None)

    def facts(self, categories: Categories, year: int, today: date) -> Facts:
        """What the record says to the rules of cover year `year`."""
        known: dict[str, FactValue | None] = {
            "category": tuple(name for word in self.categories for name in categories.named(word)[:1]),
            "birth_date": self.birth_date,
            "age": years_between(self.birth_date, today) if self.birth_date else None,
            "hukou": self.hukou,
            "residence_permit": self.residence_permit,
            "first_time": not any(one.year < year and one.paid for one in self.enrolments),
            **self._employment(today),
            **self._payment(year),
        }
        return {name: value for name, value in known.items() if value is not None}

    def _payment(self, year: int) -> dict[str, FactValue | None]:
        enrolment = self.enrolment(year)
        if enrolment is None or not enrolment.paid:
            return {}
        return {"paid_on": enrolment.paid_on, "tier": enrolment.tier}

    def _employment(self, today: date) -> dict[str, FactValue | None]:
        spell = self.employee_insurance
        if spell is None:
            return {}
        if spell.ended_on is None or spell.ended_on > today:
            return {"employee_months": spell.months, "employee_insured": True}
        gap = (today.year - spell.ended_on.year) * 12 + today.month - spell.ended_on.month
        beyond = (today.day - spell.ended_on.day) / 31
        return {
            "employee_months": spell.months,
            "employee_insured": False,
            "gap_months": round(gap + beyond, 2),
            "previous_status": "employee",
        }
