"""A household's total (一家合计) with a line for each kind of member; where the tier is open, a total for each tier."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Part
from dialogues.state import Member
from dialogues.topics.due_lines import DueLine, due_table
from policy_kb.citation import Citation, each_once
from policy_kb.facts import FactValue


@dataclass(frozen=True)
class Bill:
    """What a household pays, in 元: `total` in the end, `first` before `back` is paid back (先缴后补); lines with their count."""

    tier: str | None
    total: Decimal
    first: Decimal
    back: Decimal
    lines: tuple[tuple[int, Decimal, DueLine], ...]


@dataclass(frozen=True)
class HouseholdContext(Context):
    """The bills for `people` persons: one, or one for each tier that all could choose."""

    template = "household_total"
    year: int
    people: int
    bills: tuple[Bill, ...]


def household_total(enquiry: Enquiry) -> Part | None:
    """The total for the members known; None where one of them cannot be priced with what is known."""
    members = enquiry.state.household
    known = "tier" in enquiry.facts or all(one.tier for one in members)
    tiers: list[str | None] = [] if known else [one.tier for one in enquiry.policy.rules.tiers]
    found = [_bill(enquiry, members, tier) for tier in tiers or [None]]
    bills = tuple(one[0] for one in found if one is not None)
    if len(bills) < len(found):
        return None
    citations = each_once(cite for one in found if one for cite in one[1])
    context = HouseholdContext(enquiry.year, sum(one.count for one in members), bills)
    return Part(enquiry.facet, "answered", context, citations)


def _child(member: Member) -> dict[str, FactValue]:
    """What is known of a member who is a child of the household, for assistance that ends with an age."""
    age = member.child_age
    return {"household_child": False} if age is None else {"household_child": True, "age": age}


def _alike(lines: list[tuple[int, Decimal, DueLine]]) -> tuple[tuple[int, Decimal, DueLine], ...]:
    """Members who pay the same in one line."""
    found: dict[DueLine, tuple[int, Decimal]] = {}
    for count, pays, line in lines:
        before = found.get(line, (0, Decimal(0)))
        found[line] = (before[0] + count, before[1] + pays)
    return tuple((count, pays, line) for line, (count, pays) in found.items())


def _bill(enquiry: Enquiry, members: tuple[Member, ...], tier: str | None) -> tuple[Bill, tuple[Citation, ...]] | None:
    """The bill and its clauses; those who named no tier of their own take `tier`."""
    lines: list[tuple[int, Decimal, DueLine]] = []
    citations: list[Citation] = []
    total = first = Decimal(0)
    for member in members:
        chosen = member.tier or tier
        priced = enquiry.with_facts(
            category=member.categories, **({"tier": chosen} if chosen else {}), **_child(member)
        )
        table = due_table(priced)
        if len(table.lines) != 1 or table.lines[0].pays is None or table.lines[0].bears_subsidy:
            return None
        line, pays = table.lines[0], table.lines[0].pays
        lines.append((member.count, pays * member.count, line))
        total += pays * member.count
        first += ((line.standard if line.how == "reimbursed" else None) or pays) * member.count
        citations += table.citations
    return Bill(tier, total, first, first - total, _alike(lines)), tuple(citations)
