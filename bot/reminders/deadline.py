"""By which day somebody has to pay: decided by the notice from the record, for who has not paid yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from dialogues.record import Record
from policy_kb.citation import Citation
from policy_kb.facts import Facts
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.newborn import newborn
from policy_kb.window import window_on

Topic: TypeAlias = Literal["window", "newborn"]


@dataclass(frozen=True)
class Deadline:
    """The last day (the safe one where it may be counted two ways) to pay for a cover year, and the clauses that say so."""

    topic: Topic
    year: int
    day: date
    citations: tuple[Citation, ...]
    birth: date | None = None
    days: int | None = None
    """The days after birth that the notice gives a newborn."""

    @property
    def why(self) -> str:
        """In a few words for staff: the topic, the cover year, the day, the clauses."""
        clauses = ", ".join(f"{one.notice} {one.clause}" for one in self.citations)
        return f"{self.topic} {self.year}: unpaid, last day {self.day} ({clauses})"


def deadlines(kb: KnowledgeBase, region: str, record: Record, today: date) -> tuple[Deadline, ...]:
    """What is still to be paid from `today` on: of a newborn its own deadline, else the windows that are open.

    Nothing where the notice is silent, or where the end turns on something the record does not tell.
    """
    born = _newborn(kb, region, record, today)
    return (born,) if born else tuple(_windows(kb, region, record, today))


def _windows(kb: KnowledgeBase, region: str, record: Record, today: date) -> Iterator[Deadline]:
    for year in (today.year, today.year + 1):
        policy = kb.policy_for(region, year)
        if policy is None or _paid(record, year):
            continue
        decision = window_on(policy.rules, _facts(kb, record, year, today), today)
        here = decision.value if decision.outcome == "decided" else None
        last = here.pays_until if here and here.state in ("open", "closed_days") else None
        if last and last >= today:
            yield Deadline("window", year, last, decision.citations)


def _newborn(kb: KnowledgeBase, region: str, record: Record, today: date) -> Deadline | None:
    birth = record.birth_date
    if birth is None or birth > today or any(_paid(record, year) for year in (birth.year, birth.year + 1)):
        return None
    for year in (birth.year, birth.year + 1):
        policy = kb.policy_for(region, year)
        found = _of_birth(policy, _facts(kb, record, year, today), birth, today) if policy else None
        if found:
            return found
    return None


def _of_birth(policy: Policy, facts: Facts, birth: date, today: date) -> Deadline | None:
    decision = newborn(policy.rules, facts, today)
    value = decision.value
    if value is None or value.deadline is None or value.deadline.safe < today:
        return None
    return Deadline("newborn", birth.year, value.deadline.safe, decision.citations, birth, value.days)


def _facts(kb: KnowledgeBase, record: Record, year: int, today: date) -> Facts:
    return record.facts(kb.categories, year, today)


def _paid(record: Record, year: int) -> bool:
    enrolment = record.enrolment(year)
    return enrolment is not None and enrolment.paid
