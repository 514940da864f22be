"""How far towns and villages are (参保进度): residents and payers from the sums of the register, targets from the annex."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.console.workplace import Workplace
from bot.records import counts
from bot.records.counts import Count
from bot.records.resident import town_name
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.targets import TargetRow, target_rows

_BRACKETS = re.compile(r"[（(].*?[）)]|\s")


@dataclass(frozen=True)
class Place:
    """One town or village: its residents on the register, who of them has paid, the annex's target (None: it has none)."""

    code: str
    name: str
    residents: int
    paid: int
    target: int | None = None

    @property
    def share(self) -> float | None:
        """Payers by the target, else by the residents; None where there is neither."""
        whole = self.target if self.target is not None else self.residents
        return self.paid / whole if whole else None

    @property
    def missing(self) -> int:
        """How many are short of the target, else how many residents have not paid."""
        whole = self.target if self.target is not None else self.residents
        return max(whole - self.paid, 0)

    @property
    def unpaid(self) -> int:
        """Residents on the register who have not paid."""
        return self.residents - self.paid


@dataclass(frozen=True)
class Annex:
    """The table of targets: which notice and clause, its rows, and what the annex says below it."""

    policy: Policy
    clause: str
    rows: tuple[TargetRow, ...]
    notes: tuple[str, ...]


def annex_of(policy: Policy | None) -> Annex | None:
    """The annex with the targets; None where the notice has none."""
    if policy is None or policy.rules.targets is None or not (rows := target_rows(policy)):
        return None
    clause = policy.rules.targets.table
    blocks = policy.notice.clause(clause).blocks
    tables = [at for at, block in enumerate(blocks) if hasattr(block, "columns")]
    notes = tuple(block.text for block in blocks[tables[-1] + 1 :]) if tables else ()
    return Annex(policy, clause, rows, notes)


async def towns(desk: Workplace, county: str, year: int) -> tuple[Place, ...]:
    """The towns of a county: those of the annex in its order, then others of the register."""
    held = {one.town: one for one in await counts.towns(desk.engine, county, year)}
    annex = annex_of(desk.kb.policy_for(county, year))
    found = []
    for row in (one for one in (annex.rows if annex else ()) if not one.total):
        code = _code(desk.kb, county, row.name)
        found.append(_place(code, row.name, held.pop(code, None), _number(row.cells.get("target"))))
    others = [_place(code, town_name(code, desk.kb.regions) or "镇没登记", one) for code, one in held.items()]
    return (*found, *others)


async def villages(desk: Workplace, county: str, year: int, town: str) -> tuple[Place, ...]:
    """The villages of a town, by name."""
    found = await counts.villages(desk.engine, county, year, town)
    return tuple(_place(one.village, one.village or "村没登记", one) for one in found)


def together(name: str, places: Iterable[Place], annex: Annex | None = None) -> Place:
    """The sum of several; the target is the annex's own sum where it prints one."""
    held = tuple(places)
    printed = next((_number(one.cells.get("target")) for one in annex.rows if one.total), None) if annex else None
    targets = [one.target for one in held if one.target is not None]
    target = printed if printed is not None else sum(targets) if targets else None
    return Place("", name, sum(one.residents for one in held), sum(one.paid for one in held), target)


def _place(code: str, name: str, count: Count | None, target: int | None = None) -> Place:
    return Place(code, name, count.residents if count else 0, count.paid if count else 0, target)


def _code(kb: KnowledgeBase, county: str, name: str) -> str:
    """The town of the county that a row of the annex names; one without a code is county-name."""
    towns = {_BRACKETS.sub("", one.name): one.code for one in kb.regions.children(county)}
    return towns.get(name, f"{county}-{name}")


def _number(text: str | None) -> int | None:
    digits = re.sub(r"[,，\s]", "", text or "")
    return int(digits) if digits.isdigit() else None
