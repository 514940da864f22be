"""Rows of a target table (任务分解表): a town or unit with its figures as the annex prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_kb.knowledge import Policy

_BRACKETS = re.compile(r"[（(].*?[）)]|\s")


@dataclass(frozen=True)
class TargetRow:
    """One row: the unit's name without brackets and spaces, its figures by field; `total` for the sum row."""

    name: str
    cells: dict[str, str]
    total: bool = False

    def named_in(self, text: str) -> bool:
        """Whether `text` names this unit."""
        return not self.total and self.name in text


def target_rows(policy: Policy) -> tuple[TargetRow, ...]:
    """The rows of the notice's target table, in order; empty where it has none."""
    rule = policy.rules.targets
    if rule is None:
        return ()
    table = policy.notice.clause(rule.table).tables[0]
    place = table.columns.index(rule.place)
    fields = {field: table.columns.index(column) for field, column in rule.columns.items()}
    total = _BRACKETS.sub("", rule.total or "")
    rows = []
    for row in table.rows:
        name = _BRACKETS.sub("", row[place])
        rows.append(TargetRow(name, {field: row[at] for field, at in fields.items()}, total=name == total))
    return tuple(rows)
