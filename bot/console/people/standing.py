"""What the notice decides for a resident and a cover year (应缴、待遇): premium, cover, window, newborn; each with its clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from dialogues.record import Enrolment, Record
from policy_kb.citation import Citation
from policy_kb.conditions import years_between
from policy_kb.coverage import cover
from policy_kb.decision import Cover, Decision, Due, NewbornDecision, Window
from policy_kb.facts import Facts
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.newborn import newborn
from policy_kb.premium import due
from policy_kb.window import window_on

NEWBORN_UNTIL = 1
"""Years of age under which what the notice says of newborns is shown."""


@dataclass(frozen=True)
class Charge:
    """What is to be paid, in 元, under a condition that the record leaves open (empty: none); `pays` None: not stated."""

    condition: str
    due: Due | None
    pays: Decimal | None
    document: str | None


@dataclass(frozen=True)
class Standing:
    """A resident's year: the enrolment on record, and what the notice decides."""

    policy: Policy
    enrolment: Enrolment | None
    charges: tuple[Charge, ...]
    charged_by: Decision[Due]
    cover: Decision[Cover]
    covers_if_paid_today: bool
    window: Decision[Window]
    newborn: Decision[NewbornDecision] | None

    @property
    def year(self) -> int:
        """The cover year."""
        return self.policy.rules.year

    @property
    def paid(self) -> bool:
        """Whether this year's premium is paid."""
        return self.enrolment is not None and self.enrolment.paid

    @property
    def pays(self) -> Decimal | None:
        """What is to be paid where it is one sum, in 元."""
        return self.charges[0].pays if len(self.charges) == 1 else None

    @property
    def days_left(self) -> int | None:
        """Days in which one can still pay, today among them; None where that is over, has not begun or is not known."""
        window = self.window.value
        open_now = window is not None and window.state in ("open", "closed_days") and window.closes is not None
        return (window.closes - self._today).days + 1 if open_now and window and window.closes else None

    _today: date = date.min


def standing(kb: KnowledgeBase, policy: Policy, record: Record, today: date) -> Standing:
    """What holds for the person of `record` in the policy's year, as on `today`."""
    rules, enrolment = policy.rules, record.enrolment(policy.rules.year)
    facts = {**kb.facts.assumed(), **record.facts(kb.categories, rules.year, today)}
    window = window_on(rules, facts, today)
    paid = enrolment is not None and enrolment.paid
    payable = not paid and window.value is not None and window.value.state == "open"
    if payable:
        facts["paid_on"] = today
    charge = due(rules, facts, kb.categories)
    return Standing(
        policy=policy,
        enrolment=enrolment,
        charges=tuple(_charges(kb, policy, charge)),
        charged_by=charge,
        cover=cover(rules, facts) if "paid_on" in facts else Decision("silent"),
        covers_if_paid_today=payable,
        window=window,
        newborn=_newborn(kb, policy, facts, record, today),
        _today=today,
    )


def _newborn(
    kb: KnowledgeBase, policy: Policy, facts: Facts, record: Record, today: date
) -> Decision[NewbornDecision] | None:
    if record.birth_date is None or years_between(record.birth_date, today) >= NEWBORN_UNTIL:
        return None
    found = newborn(policy.rules, {"paid_on": today, **facts, "newborn": True}, today)
    return found if found.value is not None and found.value.deadline is not None else None


def _charges(kb: KnowledgeBase, policy: Policy, decision: Decision[Due], condition: str = "") -> Iterator[Charge]:
    """One line for each case that what is unknown leaves open; tiers the notice does not offer are left out."""
    if decision.outcome != "depends":
        value = decision.value
        pays = value.pays if value is not None and decision.outcome == "decided" else None
        yield Charge(condition, value, pays, decision.document)
        return
    offered = {one.tier for one in policy.rules.tiers}
    for branch in decision.branches:
        if branch.fact == "tier" and offered and branch.value not in offered:
            continue
        words = kb.facts[branch.fact].label(branch.value)
        for one in _charges(kb, policy, branch.decision, words):
            yield replace(one, condition="，".join(dict.fromkeys((words, one.condition))))


def clauses(*decisions: Decision[Any] | None) -> tuple[Citation, ...]:
    """The clauses several decisions stand on, with those of what they depend on, each once."""
    found: dict[tuple[str, str], Citation] = {}
    for one in (one for one in decisions if one):
        deeper = clauses(*(branch.decision for branch in one.branches))
        found |= {(cite.notice, cite.clause): cite for cite in (*one.citations, *deeper)}
    return tuple(found.values())
