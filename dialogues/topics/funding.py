"""财政补助 and 筹资标准: what the public side pays, the total, and changes against last year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Part
from dialogues.topics.not_covered import NotCoveredContext
from dialogues.topics.premium import premium
from dialogues.topics.statement import statement
from policy_kb.choosing import step
from policy_kb.citation import each_once
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
    asks_total: bool
    public: bool
    """Whether the public share is spoken of, so that its rise is told first."""


_ROSE_BY = re.compile("(涨|多|贵|加|高|差|增)[了出交收掏]?[了]?(多少|好多|几|几多)|上年|去年.{0,4}(多少|好多|几)")
"""涨了多少: the difference is asked for, not what is to be paid now."""
_NOW = re.compile("涨到|现在|今年|还是那|涨价|又涨|到底|往上涨")
"""Words that ask what is to be paid now, whatever it was before."""
_ALTOGETHER = re.compile("一共|总共|合计|加起来|总的|拢共|筹资")
_PUBLIC = re.compile("财政|国家|政府|公家|补助|补贴|上头")
_CHANGES = ("rise_personal", "rise_subsidy", "last_year_personal")


def funding(enquiry: Enquiry) -> Part:
    """The public share and the total, or (premium_change) what rose against last year."""
    rules, public = enquiry.policy.rules, _PUBLIC.search(enquiry.question.text)
    change = enquiry.facet == "premium_change" or _asks_rise(enquiry)
    items = {one.item: one for one in rules.funding if (one.item in _CHANGES) == change}
    if not items:
        unsaid = replace(enquiry, facet="premium_change") if change else enquiry
        return _this_year(unsaid) if change and _asks_now(enquiry.question.text) else statement(unsaid)
    general = rules.premium[0] if len(rules.premium) == 1 else None
    cited = [*items.values(), *([general] if general else [])]
    citations = Decision("decided", None, tuple(step(one) for one in cited)).citations
    context = FundingContext(
        rules.year, general.amount if general else None, items, change, _asks_total(enquiry), bool(public)
    )
    return Part(enquiry.facet, "answered", context, citations)


def _asks_rise(enquiry: Enquiry) -> bool:
    """财政那块呢，涨多少: of the public share it is asked by how much it rose."""
    return enquiry.facet == "premium_total" and bool(_ROSE_BY.search(enquiry.question.text))


def _asks_total(enquiry: Enquiry) -> bool:
    """Whether the sum of both sides is asked for, and not what the public side pays."""
    text = enquiry.question.text
    return bool(_ALTOGETHER.search(text)) and not re.search("补|财政|国家", text)


def _this_year(enquiry: Enquiry) -> Part:
    """又涨到多少了: this year's premium, and beside it that the notice does not say what it was before."""
    part, unsaid = premium(enquiry), statement(enquiry)
    if not isinstance(unsaid.context, NotCoveredContext) or part.outcome != "answered":
        return unsaid
    silence = next((one for one in enquiry.policy.rules.silent_on if one.first == unsaid.context.first), None)
    return replace(
        part, beside=(silence,) if silence else (), citations=each_once((*part.citations, *unsaid.citations))
    )


def _asks_now(text: str) -> bool:
    return bool(_NOW.search(text)) and not _ROSE_BY.search(text)
