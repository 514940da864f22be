"""A household's total (一家合计) with a line for each kind of member."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Part
from dialogues.topics.due_lines import DueLine, due_table
from policy_kb.citation import Citation


@dataclass(frozen=True)
class HouseholdContext(Context):
    """`total` in 元 for `people` persons; each line with how many it is for and what those pay together."""

    template = "household_total"
    year: int
    total: Decimal
    people: int
    lines: tuple[tuple[int, Decimal, DueLine], ...]


def household_total(enquiry: Enquiry) -> Part | None:
    """The total for the members known; None where one of them cannot be priced with what is known."""
    priced: list[tuple[int, Decimal, DueLine]] = []
    citations: dict[tuple[str, str], Citation] = {}
    for member in enquiry.state.household:
        table = due_table(enquiry.with_facts(category=member.categories))
        if len(table.lines) != 1 or table.lines[0].pays is None or table.lines[0].bears_subsidy:
            return None
        pays = table.lines[0].pays
        priced.append((member.count, pays * member.count, table.lines[0]))
        citations |= {(cite.notice, cite.clause): cite for cite in table.citations}
    total = sum((together for _, together, _ in priced), Decimal(0))
    context = HouseholdContext(enquiry.year, total, sum(count for count, _, _ in priced), tuple(priced))
    return Part(enquiry.facet, "answered", context, tuple(citations.values()))
