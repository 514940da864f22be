"""What changes if a premium is paid later (晚交): the days of payment up to the year's end, by what they lead to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dialogues.enquiry import Enquiry
from policy_kb.citation import Citation
from policy_kb.decision import Cover, PaidWhen
from policy_kb.payment_days import when_paid
from policy_kb.window import bears_subsidy

SHOWN = 3
"""So many stretches are told at most, the nearest."""


@dataclass(frozen=True)
class Later:
    """A stretch of days: the cover that a payment on its first day gives, and what is then paid in 元, where it is known."""

    first: date
    last: date
    cover: Cover
    pays: Decimal | None
    bears_subsidy: bool

    @property
    def moves(self) -> bool:
        """Whether the first day of cover moves with the day of payment."""
        return bool(self.cover.waits_days or self.cover.waits_months)

    @property
    def leads_to(self) -> tuple[object, ...]:
        """What tells one stretch from the next; days on which nothing can be paid may lie between two that are alike."""
        starts = None if self.moves else self.cover.starts
        waits = (self.cover.at_once, self.cover.waits_days, self.cover.waits_months)
        return (starts, self.cover.ends, *waits, self.pays, self.bears_subsidy)


def later_payments(enquiry: Enquiry) -> tuple[tuple[Later, ...], tuple[Citation, ...]]:
    """The stretches from today on in which one can pay, and the clauses they stand on; empty where all days are alike."""
    given = enquiry.assuming()
    facts = {name: value for name, value in given.facts.items() if name != "paid_on"}
    last = date(enquiry.year, 12, 31)
    if enquiry.today > last:
        return (), ()
    swept = when_paid(enquiry.policy.rules, facts, enquiry.today, last, enquiry.kb.categories)
    found: list[tuple[Later, PaidWhen]] = []
    for one in swept:
        later = _later(one, bears_subsidy(enquiry.policy.rules, {**facts, "paid_on": one.first}))
        if later and found and found[-1][0].leads_to == later.leads_to:
            found[-1] = (replace(found[-1][0], last=later.last), found[-1][1])
        elif later:
            found.append((later, one))
    if len(found) < 2 and not any(later.moves for later, _ in found):
        return (), ()
    cites = {(cite.notice, cite.clause): cite for _, one in found[:SHOWN] for cite in one.cover.citations}
    return tuple(later for later, _ in found[:SHOWN]), tuple(cites.values())


def _later(one: PaidWhen, full_price: bool) -> Later | None:
    """The stretch as it is told; None where one cannot pay then, or where it is open what follows."""
    window, cover, due = one.window.value, one.cover.value, one.due.value
    if window is None or window.state != "open" or cover is None or not (cover.starts or cover.at_once):
        return None
    pays = due.pays if due and one.due.outcome == "decided" and not due.bears_subsidy else None
    return Later(one.first, one.last, cover, pays, due.bears_subsidy if due else full_price)
