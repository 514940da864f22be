"""The five notices as held, and rules of a few lines for what none of them says."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from fictional_county import VOCABULARY

from policy_kb.categories import Categories
from policy_kb.conditions import Condition, parse_condition
from policy_kb.decision import Decision
from policy_kb.facts import Facts
from policy_kb.knowledge import KnowledgeBase
from policy_kb.model import Rules

CATEGORIES: Categories = VOCABULARY.categories
YEAR = 2031
NOTICES = ("dazhu-2022", "huaiyuan-2025", "mancheng-2023", "suixi-2022", "xingyi-2022")


@cache
def knowledge() -> KnowledgeBase:
    """Every notice of the package."""
    return KnowledgeBase.load(strict=False)


def rules_of(notice: str) -> Rules:
    """The rules of one notice of the package."""
    return knowledge().notices[notice].rules


def known(**facts: object) -> Facts:
    """Facts as the engine takes them, checked against facts.yml."""
    return VOCABULARY.facts.accept(facts)


def when(**raw: object) -> Condition:
    """The condition that a `when` of a rule file states."""
    return parse_condition(raw, VOCABULARY.facts, CATEGORIES)


def ruled(**sections: Any) -> Rules:
    """Rules of a fictional cover year with these sections only."""
    return Rules(notice="fictional", year=YEAR, region="999901", path="policy.yml", **sections)


def day(text: str) -> date:
    """A day written as in rule files."""
    return date.fromisoformat(text)


def rules_applied(decision: Decision[Any]) -> list[str]:
    """The ids of the rules that led to a decision."""
    return [step.rule for step in decision.steps]


def clauses(decision: Decision[Any]) -> list[str]:
    """The clauses a decision cites."""
    return [cite.clause for cite in decision.citations]
