"""The cases a decision on what is due falls into: one for each category, tier, age or day of payment left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

from dialogues.enquiry import Enquiry
from dialogues.household.someone import GROWN
from dialogues.kin_names import Stage
from dialogues.topics.due_line import DueLine
from dialogues.wording import day
from policy_kb.decision import Branch, Decision, Due

ADULT, CHILD, OLDEST = 40, 10, 110
"""Years of age for which somebody is taken of whom only the stage of life is known."""
_OF_DAYS = {"paid_on": "缴费的", "birth_date": "出生的"}


@dataclass(frozen=True)
class Case:
    """One of them: its line, the decision, the words for it, and whether it is that of a child."""

    line: DueLine
    decision: Decision[Due]
    words: tuple[str, ...]
    stages: frozenset[Stage]
    """Of which ages it may be; empty where it does not hang on age."""

    def may_be(self, stage: Stage) -> bool:
        """Whether somebody of that stage may be in it."""
        return stage == "open" or not self.stages or stage in self.stages


def each_case(
    enquiry: Enquiry,
    decision: Decision[Due],
    blank: DueLine,
    words: tuple[str, ...] = (),
    stages: frozenset[Stage] = frozenset(),
) -> list[Case]:
    """All cases of a decision, in order; `blank` is what is known of the line already."""
    if decision.outcome != "depends":
        return [Case(_line(decision, blank), decision, words, stages)]
    found: list[Case] = []
    for at, branch in enumerate(decision.branches):
        inner, more, ages = blank, words, stages
        if branch.fact == "tier":
            inner = replace(blank, tier=str(branch.value))
        elif branch.fact == "category":
            names = cast("tuple[str, ...]", branch.value)
            inner = replace(blank, category=names[0] if names else blank.category)
        else:
            more = (*words, _words(enquiry, decision.branches, at))
            ages = _stages(enquiry, decision.branches, at) or stages
        found += each_case(enquiry, branch.decision, inner, more, ages)
    return found


def _words(enquiry: Enquiry, branches: Sequence[Branch[Due]], at: int) -> str:
    """The words for one branch: a choice by its label, a stretch of days by its ends."""
    branch = branches[at]
    if not isinstance(branch.value, date):
        return enquiry.kb.facts[branch.fact].label(branch.value)
    following = branches[at + 1].value if at + 1 < len(branches) else None
    first = f"{day(branch.value)}起" if at else ""
    last = f"到{day(following - timedelta(days=1))}为止" if isinstance(following, date) else ""
    return f"{first}{last}{_OF_DAYS.get(branch.fact, '')}"


def _stages(enquiry: Enquiry, branches: Sequence[Branch[Due]], at: int) -> frozenset[Stage]:
    """Of which ages a stretch of births or ages is; empty where the branch is by another fact.

    An adult of whom no age is known is taken for one of 40 years, a child for one of 10; `grown` is whoever is 18 or older.
    """
    fact, here = branches[at].fact, branches[at].value
    following = branches[at + 1].value if at + 1 < len(branches) else None
    if fact not in ("birth_date", "age") or isinstance(here, str | bool | tuple):
        return frozenset()

    def within(years: int) -> bool:
        value = _years_ago(enquiry.today, years) if isinstance(here, date) else years
        return (not at or here <= value) and (following is None or value < following)  # type: ignore[operator]

    found: set[Stage] = {stage for stage, years in (("adult", ADULT), ("child", CHILD)) if within(years)}  # type: ignore[misc]
    grown = any(within(years) for years in range(GROWN + 1, OLDEST))
    return frozenset(found | ({"grown"} if grown else set()))


def _years_ago(today: date, years: int) -> date:
    return today.replace(year=today.year - years, day=min(today.day, 28))


def _line(decision: Decision[Due], blank: DueLine) -> DueLine:
    value = decision.value
    if value is None:
        return replace(blank, outcome=decision.outcome, document=decision.document)
    decided = decision.outcome == "decided"
    return DueLine(
        category=blank.category or value.category,
        tier=value.tier or blank.tier,
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
        whom=value.whom,
    )
