"""What is due, flattened to lines: one for each category and tier that the question leaves open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast

from dialogues.disclosure import OfRecord
from dialogues.enquiry import Enquiry
from dialogues.household_child import of_household_child
from nlu.understanding import CategoryMention
from policy_kb.citation import Citation, each_once
from policy_kb.decision import Decision, Due
from policy_kb.premium import due
from policy_kb.window import contains, window_on


@dataclass(frozen=True)
class DueLine:
    """One figure: for whom (category, tier), standard, assistance and what remains, in 元; None where not stated."""

    category: str | None
    tier: str | None
    standard: Decimal | None
    assistance: Decimal | None
    pays: Decimal | None
    outcome: str
    how: str | None = None
    by: str | None = None
    needs: str | None = None
    too_old_from: int | None = None
    """The age beyond which the household's child is not helped, where the child asked about is older."""
    document: str | None = None
    bears_subsidy: bool = False

    @property
    def label(self) -> str:
        """`低保对象一档`; empty for an ordinary person where there are no tiers."""
        return f"{self.category or ''}{self.tier or ''}"


@dataclass(frozen=True)
class DueTable:
    """The lines of one question, the clauses they stand on, and the doubts to be told."""

    lines: tuple[DueLine, ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]


def due_table(enquiry: Enquiry, separately: bool = False) -> DueTable:
    """The lines for the enquiry's person; with `separately` one person for each category named.

    Where the register's word may mean several categories, one for each meaning.
    """
    held = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    persons = list(enquiry.readings) or ([(one,) for one in held] if separately and len(held) > 1 else [held])
    given = paying_now(enquiry.assuming())
    given = given.with_facts(**of_household_child(given))
    tables = [_table(given.with_facts(category=person)) for person in persons]
    return DueTable(
        tuple(line for one in tables for line in one.lines),
        each_once((*(cite for one in tables for cite in one.citations), *_at_full_price(given, tables))),
        tuple(dict.fromkeys(note for one in tables for note in one.notes)),
    )


def _at_full_price(enquiry: Enquiry, tables: list[DueTable]) -> tuple[Citation, ...]:
    """The clauses by which the payer bears the public subsidy too, where one of the lines says so."""
    on = cast("date | None", enquiry.facts.get("paid_on"))
    if on is None or not any(line.bears_subsidy for one in tables for line in one.lines):
        return ()
    rules = enquiry.policy.rules
    return tuple(
        cite for one in rules.windows if one.full_price and contains(one, on, rules.year) for cite in one.cites
    )


@dataclass(frozen=True)
class NotPaid(OfRecord):
    """That the record holds no payment for a cover year."""

    year: int


def not_paid(enquiry: Enquiry) -> NotPaid | None:
    """Whether the record at hand holds no payment for the year; None where it does, or no record is at hand."""
    record = enquiry.record
    if record is None or "paid_on" in enquiry.said or any(one.paid for one in record.of_year(enquiry.year)):
        return None
    return NotPaid(enquiry.year)


def too_much(paid: Decimal | None, lines: tuple[DueLine, ...]) -> Decimal | None:
    """What was paid beyond what had to be paid, in 元; of who pays first and is paid back later (先缴后补), the whole sum."""
    if paid is None or len(lines) != 1:
        return None
    due = lines[0].standard if lines[0].how == "reimbursed" else lines[0].pays
    return paid - due if due is not None and paid > due else None


def paying_now(enquiry: Enquiry) -> Enquiry:
    """The enquiry with today as the day of payment, where none is known and one can pay today."""
    if "paid_on" in enquiry.facts:
        return enquiry
    state = window_on(enquiry.policy.rules, enquiry.facts, enquiry.today).value
    return enquiry.with_facts(paid_on=enquiry.today) if state and state.state == "open" else enquiry


def _table(enquiry: Enquiry) -> DueTable:
    held = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    decision = due(enquiry.policy.rules, enquiry.facts, enquiry.kb.categories)
    blank = DueLine(
        held[0] if held else None, cast("str | None", enquiry.facts.get("tier")), None, None, None, "silent"
    )
    found = [(line, one) for line, one in _flatten(decision, blank) if _real(enquiry, line)]
    return DueTable(
        tuple(dict.fromkeys(line for line, _ in found)),
        each_once(cite for _, one in found for cite in one.citations),
        tuple(dict.fromkeys(note for _, one in found for note in one.notes)),
    )


def _real(enquiry: Enquiry, line: DueLine) -> bool:
    """Whether a tier exists in the notice (the engine also tries one that is none) and the person denied no such category."""
    denied = {name for one in enquiry.question.of(CategoryMention) if isinstance(one, CategoryMention) and one.negated
              for name in one.ids}  # fmt: skip
    held = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    if line.category and line.category not in held and denied & enquiry.kb.categories.wider(line.category):
        return False
    tiers = {one.tier for one in enquiry.policy.rules.tiers}
    return not tiers or line.tier in tiers


def _flatten(decision: Decision[Due], blank: DueLine) -> list[tuple[DueLine, Decision[Due]]]:
    if decision.outcome != "depends":
        return [(_line(decision, blank), decision)]
    found = []
    for branch in decision.branches:
        if branch.fact == "tier":
            inner = replace(blank, tier=str(branch.value))
        elif branch.fact == "category":
            names = cast("tuple[str, ...]", branch.value)
            inner = replace(blank, category=names[0] if names else blank.category)
        else:
            inner = blank
        found += _flatten(branch.decision, inner)
    return found


def _line(decision: Decision[Due], blank: DueLine) -> DueLine:
    value = decision.value
    if value is None:
        return replace(blank, outcome=decision.outcome, document=decision.document)
    decided = decision.outcome == "decided"
    return DueLine(
        category=blank.category or value.category,
        tier=blank.tier or value.tier,
        standard=value.standard,
        assistance=value.assistance if decided else None,
        pays=value.pays if decided else None,
        outcome=decision.outcome,
        how=value.how,
        by=value.by,
        needs=value.needs,
        too_old_from=value.too_old_from,
        document=decision.document,
        bears_subsidy=value.bears_subsidy,
    )
