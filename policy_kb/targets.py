"""Rows of a target table (任务分解表): a town or unit with its figures as the annex prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_kb.knowledge import Policy
from policy_kb.notice import normalise
from policy_kb.target_check import column, find_table

_BRACKETS = re.compile(r"[（(].*?[）)]|\s")
_WITHIN = re.compile(r"[（(]含(?P<unit>.+?)[）)]")
SHORTEST_WITHIN = 3
"""Characters of a name by which a unit within another is known; 社区 is any."""


@dataclass(frozen=True)
class TargetRow:
    """One row: the unit's name without brackets and spaces, its figures by field; `total` for the sum row.

    `holds` is the unit that its name says to lie within it: 开发区（含濉芜产业园）.
    """

    name: str
    cells: dict[str, str]
    total: bool = False
    holds: str = ""

    def named_in(self, text: str) -> bool:
        """Whether `text` names this unit, or the one within it."""
        if self.total:
            return False
        within = len(self.holds) >= SHORTEST_WITHIN and self.holds in text
        return within or self.name in text or (len(self.short) > 1 and self.short in text)

    @property
    def short(self) -> str:
        """The name without 镇, 乡 or 街道, as people say it."""
        return self.name.removesuffix("街道").rstrip("镇乡")


def target_rows(policy: Policy) -> tuple[TargetRow, ...]:
    """The rows of the notice's target table, in order; empty where it has none."""
    rule = policy.rules.targets
    if rule is None:
        return ()
    table = find_table(policy.notice, rule)
    if table is None:
        return ()
    heads = column(table, rule.place)
    cells = {field: column(table, head) for field, head in rule.columns.items()}
    total = _BRACKETS.sub("", normalise(rule.total or ""))
    return tuple(
        TargetRow(name, {field: found[at] for field, found in cells.items()}, name == total, _within(head))
        for at, head in enumerate(heads)
        if (name := _BRACKETS.sub("", head))
    )


def _within(head: str) -> str:
    found = _WITHIN.search(head)
    return found["unit"] if found else ""
