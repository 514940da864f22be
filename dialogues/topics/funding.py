"""财政补助 and 筹资标准: what the public side pays, the total, and changes against last year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Part
from dialogues.topics.statement import statement
from policy_kb.choosing import step
from policy_kb.decision import Decision
from policy_kb.model import FundingRule


@dataclass(frozen=True)
class FundingContext(Context):
    """The wanted items; `personal` the premium in 元 where there is only one."""

    template = "funding"
    year: int
    personal: Decimal | None
    items: dict[str, FundingRule]
    change: bool


_CHANGES = ("rise_personal", "rise_subsidy", "last_year_personal")


def funding(enquiry: Enquiry) -> Part:
    """The public share and the total, or (premium_change) what rose against last year."""
    rules = enquiry.policy.rules
    change = enquiry.facet == "premium_change"
    items = {one.item: one for one in rules.funding if (one.item in _CHANGES) == change}
    if not items:
        return statement(enquiry)
    general = rules.premium[0] if len(rules.premium) == 1 else None
    cited = [*items.values(), *([general] if general else [])]
    citations = Decision("decided", None, tuple(step(one) for one in cited)).citations
    context = FundingContext(rules.year, general.amount if general else None, items, change)
    return Part(enquiry.facet, "answered", context, citations)
