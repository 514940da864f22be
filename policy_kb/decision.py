"""What the engine answers: a value or the reason why there is none, the steps that led to it, and what is still unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeAlias, TypeVar

from policy_kb.citation import Citation
from policy_kb.facts import FactValue

T = TypeVar("T")
Outcome: TypeAlias = Literal["decided", "depends", "not_published", "left_to", "silent"]


@dataclass(frozen=True)
class Step:
    """One rule that was applied: its id, the facts it turned on, and the clauses it stands on."""

    rule: str
    facts: tuple[str, ...]
    cites: tuple[Citation, ...]
    note: str | None = None


@dataclass(frozen=True)
class Branch(Generic[T]):
    """What would follow if `fact` had `value`."""

    fact: str
    value: FactValue
    decision: Decision[T]


@dataclass(frozen=True)
class Decision(Generic[T]):
    """The answer to one typed question.

    decided        `value` holds whatever the unknown facts are
    depends        the value turns on `ask` (the one fact to ask next); `branches` says what follows from each of its values
    not_published  no notice for that place and year
    left_to        the notice leaves it to `document`
    silent         the notice says nothing of it
    """

    outcome: Outcome
    value: T | None = None
    steps: tuple[Step, ...] = ()
    ask: str | None = None
    branches: tuple[Branch[T], ...] = ()
    document: str | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The clauses of all steps, each once, in order."""
        seen: dict[tuple[str, str], Citation] = {}
        for step in self.steps:
            for cite in step.cites:
                seen.setdefault((cite.notice, cite.clause), cite)
        return tuple(seen.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """The doubts and explanations the steps carry, each once."""
        return tuple(dict.fromkeys(step.note for step in self.steps if step.note))


@dataclass(frozen=True)
class Due:
    """What a person pays for a cover year, in 元: standard premium, assistance, what remains, and how it is given."""

    year: int
    standard: Decimal
    assistance: Decimal
    pays: Decimal
    category: str | None = field(default=None, compare=False)
    whom: str | None = field(default=None, compare=False)
    """For whom the premium is (在校学生), in the words of its rule; None where it says nothing."""
    tier: str | None = None
    how: str | None = None
    by: str | None = None
    needs: str | None = None
    too_old_from: int | None = None
    """The age beyond which the household's child is not helped, where this child is older."""
    bears_subsidy: bool = False
    """True where the payment day makes the payer bear the public subsidy too (its sum may not be known)."""


@dataclass(frozen=True)
class TwoDays:
    """A day counted both ways where the notice does not say whether the first day counts: the safe one first."""

    safe: date
    other: date | None = None


@dataclass(frozen=True)
class Cover:
    """From when until when: `starts` None with `at_once` means no wait but no day given; `ends` None: not stated."""

    starts: TwoDays | None
    ends: date | None
    at_once: bool = False
    waits_months: int = 0
    waits_days: int = 0


@dataclass(frozen=True)
class Window:
    """The windows a person has for a cover year on one day, and where that day stands among them."""

    state: Literal["before", "open", "closed_days", "after", "unclear"]
    rule: str | None
    opens: date | None
    closes: date | None
    last: date | None = None
    """The last day of all windows this person may use."""
    next_open: date | None = None
    """On a closed day of the month or before the window: the next day on which one can pay."""
    full_price: bool = False
    pays_until: date | None = None
    """The last day of an open or coming window on which one can pay: before `closes` where that is a closed day."""


@dataclass(frozen=True)
class Wait:
    """待遇等待期 in months or days; all zero: none."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True)
class NewbornDecision:
    """A newborn's deadline, cover and the cover years to pay for."""

    days: int | None
    deadline: TwoDays | None
    in_time: bool | None
    starts: Literal["day_of_birth", "day_after_payment"] | None
    cover: Cover | None
    years: tuple[int, ...]
    fees: tuple[tuple[int, Decimal | None], ...]
    """Cover year and fee in 元, None where no notice gives it."""
    automatic: bool | None = None


@dataclass(frozen=True)
class PaidWhen:
    """One stretch of payment days over which the same decision holds (`when_paid`)."""

    first: date
    last: date
    due: Decision[Due]
    cover: Decision[Cover]
    window: Decision[Window]
