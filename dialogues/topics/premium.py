"""How much one person pays (个人缴费), with a line for each category or tier that is left open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from dialogues.enquiry import Enquiry
from dialogues.reply import Choice, Context, Outcome, Part
from dialogues.topics.due_lines import DueLine, due_table
from dialogues.topics.statement import statement
from policy_kb.choosing import leaves
from policy_kb.conditions import InCategory
from policy_kb.model import Rules
from policy_kb.window import window_on


@dataclass(frozen=True)
class PremiumContext(Context):
    """One figure, or a line for each category and tier.

    `once`: several categories of one person give only one assistance.

    `ordinary`: no category was named; `aided`: the categories with assistance; `register`: the record's categories where
    the person says others, with `certified_by` who decides; `closes`: last day of the window that is open or coming.
    """

    template = "premium"
    year: int
    lines: tuple[DueLine, ...]
    ordinary: bool
    aided: tuple[str, ...]
    register: tuple[str, ...]
    certified_by: str
    notes: tuple[str, ...]
    once: bool
    closes: date | None
    missed: date | None
    """The day of payment said, where it lies behind all windows."""


def premium(enquiry: Enquiry) -> Part:
    """What the person pays; as an ordinary resident unless a category is known (个人缴费标准, 资助标准)."""
    known = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    separately = "category" in enquiry.said and not enquiry.state.combined
    table = due_table(enquiry, separately=separately)
    if not table.lines and "tier" in enquiry.facts:
        return premium(_without_tier(enquiry))
    if not table.lines:
        return statement(enquiry)
    if not separately and len(known) > 1 and any(line.outcome == "silent" for line in table.lines):
        return statement(replace(enquiry, facet="assistance_double"))
    rule = enquiry.policy.rules.combination
    once = rule if rule and rule.cites and rule.rule == "once" and len(known) > 1 and not separately else None
    context = PremiumContext(
        year=enquiry.year,
        lines=table.lines,
        ordinary=not known,
        aided=aided_categories(enquiry.policy.rules),
        register=_register(enquiry),
        certified_by=_certified_by(enquiry, known),
        notes=table.notes,
        once=once is not None,
        closes=_closes(enquiry),
        missed=_missed(enquiry),
    )
    stated = any(line.pays is not None for line in table.lines)
    return Part(
        enquiry.facet, "answered" if stated else "not_covered", context, table.citations, _choices(enquiry, table.lines)
    )


def _without_tier(enquiry: Enquiry) -> Enquiry:
    """The question without a tier that this notice does not have (三档 where there are two): all tiers are told."""
    facts, said = ({k: v for k, v in known.items() if k != "tier"} for known in (enquiry.facts, enquiry.said))
    return replace(enquiry, facts=facts, said=said)


def _outcome(enquiry: Enquiry, lines: tuple[DueLine, ...]) -> Outcome:
    """Answered where a figure is stated; the general premium answers how much is paid, not whether one is helped."""
    stated = any(line.pays is not None or line.outcome == "left_to" for line in lines)
    general = enquiry.facet != "assistance" and any(line.standard is not None for line in lines)
    return "answered" if stated or general else "not_covered"


def aided_categories(rules: Rules) -> tuple[str, ...]:
    """The categories for which the notice gives assistance, in its order."""
    helping = [rule for rule in rules.assistance if rule.gives != 0]
    names = [
        name for rule in helping for leaf in leaves(rule.when) if isinstance(leaf, InCategory) for name in leaf.names
    ]
    return tuple(dict.fromkeys(names))


def _choices(enquiry: Enquiry, lines: tuple[DueLine, ...]) -> tuple[Choice, ...]:
    if len(lines) < 2 or "tier" in enquiry.facts:
        return ()
    return tuple(Choice(one.tier, fact="tier", value=one.tier) for one in enquiry.policy.rules.tiers)


def _register(enquiry: Enquiry) -> tuple[str, ...]:
    """The register's categories where the person says something else about himself."""
    record = enquiry.record
    if record is None or "category" not in enquiry.said or enquiry.state.subject:
        return ()
    said = set(cast("tuple[str, ...]", enquiry.said["category"]))
    registered = {name for word in record.categories for name in enquiry.kb.categories.named(word)}
    if said & registered:
        return ()
    return record.categories or tuple(one.name for one in enquiry.kb.categories.by_name.values() if one.ordinary)


def _certified_by(enquiry: Enquiry, known: tuple[str, ...]) -> str:
    """Who certifies the category said; of somebody who says he is in none, who certified that of the record."""
    registered = [name for word in _register(enquiry) for name in enquiry.kb.categories.named(word)]
    return next((enquiry.kb.categories[name].certified_by for name in (*known, *registered)), "")


def _closes(enquiry: Enquiry) -> date | None:
    on = cast("date", enquiry.said.get("paid_on", enquiry.today))
    state = window_on(enquiry.policy.rules, enquiry.facts, on).value
    return state.closes if state and state.state in ("open", "before") else None


def _missed(enquiry: Enquiry) -> date | None:
    on = cast("date | None", enquiry.said.get("paid_on"))
    state = window_on(enquiry.policy.rules, enquiry.facts, on).value if on else None
    return on if state and state.state == "after" else None
