"""Times as rules state them: from which day cover starts and ends, from which day a wait counts, and how it grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class AfterPayment:
    """Cover that starts some days or months after payment (满90日后)."""

    days: int = 0
    months: int = 0


@dataclass(frozen=True)
class Growth:
    """A wait that changes by so many months or days for each unit of a fact (missed_years, years_paid_back)."""

    fact: str
    months: int = 0
    days: int = 0


Start: TypeAlias = (
    date | Literal["day_of_payment", "day_after_payment", "day_of_birth", "after_waiting", "at_once"] | AfterPayment
)
End: TypeAlias = date | Literal["end_of_year"] | None
CountsFrom: TypeAlias = date | Literal["day_of_payment", "day_after_payment"]
"""The first day of a wait, as the notice names it."""


def months_between(first: date, last: date) -> float:
    """Months from one day to a later one; a day more than whole months counts as more than them (9月20日 to 12月21日)."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return round(months + (last.day - first.day) / 31, 4)
