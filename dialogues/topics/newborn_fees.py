"""What newborns pay where that is more than one figure: several of them, two cover years, or a category that is helped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast

from dialogues.babies import born_in, of_the_child
from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Part
from dialogues.topics.due_lines import DueLine, DueTable, due_table
from dialogues.topics.newborn import newborn_enrolment
from policy_kb.choosing import step
from policy_kb.citation import each_once
from policy_kb.decision import Decision
from policy_kb.model import NewbornRule, Rule
from policy_kb.newborn import newborn

NOTHING_HELD = DueTable((), (), ())


@dataclass(frozen=True)
class YearFee:
    """One cover year: the fee of one child in 元 (None: not stated), of all of them, and what remains of it in a category."""

    year: int
    fee: Decimal | None
    together: Decimal | None
    lines: tuple[DueLine, ...]

    @property
    def pays(self) -> Decimal | None:
        """What one child pays in the end, in 元, where that is one sum."""
        if not self.lines:
            return self.fee
        return self.lines[0].pays if len(self.lines) == 1 and self.lines[0].how != "reimbursed" else None


@dataclass(frozen=True)
class NewbornFeesContext(Context):
    """The fees of `children` by cover year, `others` of the household not among them.

    `held`: the category said, of which the notice says nothing for other years; `by_list`: it is one of persons, not of houses.

    `total` for all children and years, in 元; None where one of them is open. `own`: the notice sets newborns' fees itself.
    """

    template = "newborn_fees"
    children: int
    others: int
    fees: tuple[YearFee, ...]
    assisted: YearFee | None
    """The year for which the category's assistance is known."""
    total: Decimal | None
    held: str
    by_list: bool
    own: bool
    both_years: str | None
    """For whom two years are to be paid, where the birth does not tell."""
    asks_birth: str | None
    notes: tuple[str, ...]


def newborn_fees(enquiry: Enquiry) -> Part:
    """The sums where there is more to tell than one child's fee for one year; else as for any newborn."""
    enquiry = of_the_child(enquiry)
    plain = replace(enquiry, facet="newborn_fee")
    rules, born, children = enquiry.policy.rules, born_in(enquiry), _children(enquiry)
    own = [one for one in rules.newborn if one.kind == "fee"]
    held = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    only_month = born is not None and "birth_date" not in enquiry.facts and bool(own)
    decision = newborn(rules, enquiry.facts, enquiry.today)
    if decision.value is None or not (children > 1 or (held and own) or only_month):
        return newborn_enrolment(plain)
    stated = _of_birth(enquiry, born) if born else tuple(_own_fee(one) for one in own)
    if not own and len(stated) < 2:
        if len(rules.premium) != 1:
            return newborn_enrolment(plain)
        stated = ((rules.year, rules.premium[0].amount),)
    table = _helped(enquiry, stated) if held and own else NOTHING_HELD
    fees = tuple(
        YearFee(year, fee, fee * children if fee is not None else None, table.lines if year == rules.year else ())
        for year, fee in stated
    )
    certain = bool(born or not own) and not (held and own and any(one.year != rules.year for one in fees))
    asks = enquiry.kb.facts["birth_date"].ask if own and not born else None
    both = next((one for one in rules.newborn if one.kind == "both_years"), None)
    context = NewbornFeesContext(
        children=children,
        others=sum(one.count for one in enquiry.state.household if one.stage != "child" and not one.elsewhere),
        fees=fees,
        assisted=next((one for one in fees if one.lines), None),
        total=_sum(fees, children) if certain else None,
        held="、".join(held) if own else "",
        by_list=not any(enquiry.kb.categories[one].of_household for one in held),
        own=bool(own),
        both_years=both.for_whom if both and len(fees) < 2 and not (born and own) else None,
        asks_birth=asks,
        notes=decision.notes if not own else (),
    )
    shown: list[Rule] = [*(one for one in own if one.year in [fee.year for fee in fees]), *([both] if both else [])]
    shown += () if own else rules.premium
    cites = Decision("decided", None, (*decision.steps, *(step(one) for one in shown))).citations
    return Part(
        plain.facet,
        "asked" if asks else "answered",
        context,
        each_once((*table.citations, *cites)),
        asks="birth_date" if asks else None,
    )


def _children(enquiry: Enquiry) -> int:
    """How many newborns are spoken of (双胞胎): all of the children told of, where no age makes one of them older; else one."""
    told = [one for one in enquiry.state.household or enquiry.state.persons if one.stage == "child"]
    return max(sum(one.count for one in told), 1) if not any(one.age for one in told) else 1


def _of_birth(enquiry: Enquiry, born: tuple[date, date]) -> tuple[tuple[int, Decimal | None], ...]:
    """The cover years to pay for and their fees, where they are the same whichever day it was."""
    found = [newborn(enquiry.policy.rules, {**enquiry.facts, "birth_date": day}, enquiry.today).value for day in born]
    first, last = found
    return first.fees if first and last and first.fees == last.fees else ()


def _own_fee(rule: NewbornRule) -> tuple[int, Decimal | None]:
    return cast("int", rule.year), rule.amount


def _helped(enquiry: Enquiry, stated: tuple[tuple[int, Decimal | None], ...]) -> DueTable:
    """What a child in the category pays for the notice's own year, where its fee is the premium that is assisted."""
    fee = dict(stated).get(enquiry.year)
    table = due_table(enquiry, separately="category" in enquiry.said and not enquiry.state.combined)
    return table if table.lines and all(one.standard == fee for one in table.lines) else NOTHING_HELD


def _sum(fees: tuple[YearFee, ...], children: int) -> Decimal | None:
    known = [one.pays for one in fees if one.pays is not None]
    return sum(known, Decimal(0)) * children if known and len(known) == len(fees) else None
