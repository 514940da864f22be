"""What is due, flattened to lines: one for each category and tier that the question leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast

from dialogues.disclosure import OfRecord
from dialogues.enquiry import Enquiry
from dialogues.household.child import of_household_child
from dialogues.kin_names import Stage
from dialogues.topics.due_cases import Case, each_case
from dialogues.topics.due_line import DueLine, general
from nlu.understanding import CategoryMention
from policy_kb.choosing import leaves
from policy_kb.citation import Citation, each_once
from policy_kb.conditions import OneOf
from policy_kb.premium import due
from policy_kb.window import contains, window_on


@dataclass(frozen=True)
class DueTable:
    """The lines of one question, the clauses they stand on, and the doubts to be told."""

    lines: tuple[DueLine, ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]


def due_table(enquiry: Enquiry, separately: bool = False, stage: Stage = "open") -> DueTable:
    """The lines for the enquiry's person, grown up or not where no age is known; with `separately` one for each category named.

    Where the register's word may mean several categories, one for each meaning.
    """
    held = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    kinds = enquiry.kb.categories.telling(held)
    persons = list(enquiry.readings) or ([(one,) for one in kinds] if separately and len(held) > 1 else [held])
    at_school = (stage == "child" or "学生" in enquiry.question.text) and _of_pupils(enquiry)
    given = paying_now(enquiry.assuming(*(("student",) if at_school else ())))
    given = given.with_facts(**of_household_child(given))
    tables = [_table(given.with_facts(category=person), stage) for person in persons]
    return DueTable(
        tuple(line for one in tables for line in one.lines),
        each_once((*(cite for one in tables for cite in one.citations), *_at_full_price(given, tables))),
        tuple(dict.fromkeys(note for one in tables for note in one.notes)),
    )


def _of_pupils(enquiry: Enquiry) -> bool:
    """Whether the notice has a figure for pupils, so that of a child it matters whether it goes to school."""
    found = [leaf for rule in enquiry.policy.rules.premium for leaf in leaves(rule.when) if isinstance(leaf, OneOf)]
    return any(one.fact == "student" and {"pupil", "preschool"} & set(one.values) for one in found)


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


def _table(enquiry: Enquiry, stage: Stage) -> DueTable:
    held = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    decision = due(enquiry.policy.rules, enquiry.facts, enquiry.kb.categories)
    tier = cast("str | None", enquiry.facts.get("tier"))
    blank = DueLine("、".join(held) or None, tier, None, None, None, "silent")
    found = [one for one in each_case(enquiry, decision, blank) if _real(enquiry, one.line)]
    found = [one for one in found if one.may_be(stage)] or found
    return DueTable(
        told_apart(found),
        each_once(cite for one in found for cite in one.decision.citations),
        tuple(dict.fromkeys(note for one in found for note in one.decision.notes)),
    )


def _real(enquiry: Enquiry, line: DueLine) -> bool:
    """Whether a tier exists in the notice (the engine also tries one that is none) and the person denied no such category."""
    denied = {name for one in enquiry.question.of(CategoryMention) if one.negated
              for name in one.ids}  # fmt: skip
    held = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    named = line.category if line.category and line.category in enquiry.kb.categories else None
    if named and named not in held and denied & enquiry.kb.categories.wider(named):
        return False
    tiers = {one.tier for one in enquiry.policy.rules.tiers}
    return not tiers or line.tier in tiers or (line.tier is None and line.standard is not None)


def told_apart(cases: Sequence[Case]) -> tuple[DueLine, ...]:
    """The lines, each once; where several bear one label, each with the case it is for."""
    lines = tuple(dict.fromkeys(one.line for one in cases))
    labels = [line.label for line in lines]
    apart: dict[DueLine, None] = {}
    for one in cases:
        doubled = labels.count(one.line.label) > 1 and bool(one.words)
        words = "、".join((*((one.line.whom,) if one.line.whom else ()), *one.words))
        apart.setdefault(replace(one.line, whom=words) if doubled else one.line)
    return tuple(apart)


__all__ = ["DueLine", "DueTable", "due_table", "general", "not_paid", "paying_now", "too_much"]
