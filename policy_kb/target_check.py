"""Whether the table of targets (任务数) is there as the rule file says: its columns, its towns, its printed totals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from policy_kb.fault import Fault, offer
from policy_kb.model import TargetTable
from policy_kb.notice import Notice, Table, normalise
from policy_kb.reading import Reading
from policy_kb.regions import Regions

_TOWN = re.compile(r"(镇|乡|街道|区|农场)$")
_BRACKETS = re.compile(r"\([^)]*\)")


def target_faults(read: Reading, notice: Notice, regions: Regions) -> Iterator[Fault]:
    """Every fault of the `targets` section."""
    rule = read.rules.targets
    if rule is None:
        return
    heads = [normalise(head) for table in notice.clause(rule.table).tables for head in table.columns]
    found = find_table(notice, rule)
    if found is None:
        wanted = next(
            (head for head in (rule.place, *rule.columns.values()) if normalise(head) not in heads), rule.place
        )
        key = "place" if wanted == rule.place else "columns"
        line = read.line(rule.line, key)
        yield Fault(read.rules.path, line, f"targets: {rule.table} has no column {wanted}", offer(wanted, heads))
        return
    yield from _towns(read, rule, found, notice.region, regions)
    if rule.total and (rule.line, "note") not in read.ledger.lines:
        yield from _totals(read, rule, found)


def find_table(notice: Notice, rule: TargetTable) -> Table | None:
    """The table of the clause that has all the columns the rule names."""
    wanted = {normalise(head) for head in (rule.place, *rule.columns.values())}
    tables = notice.clause(rule.table).tables
    return next((one for one in tables if wanted <= {normalise(head) for head in one.columns}), None)


def column(table: Table, head: str) -> tuple[str, ...]:
    """The normalised cells under a head, however its width and spaces are typed."""
    name = next(one for one in table.columns if normalise(one) == normalise(head))
    return tuple(normalise(cell) for cell in table.column(name))


def _towns(read: Reading, rule: TargetTable, table: Table, code: str, regions: Regions) -> Iterator[Fault]:
    around = regions[code].parent if code in regions and regions[code].level == "town" else code
    towns = regions.children(around or code) if code in regions else ()
    known = {_bare(name) for town in towns for name in (town.name, *town.aliases)}
    for cell in column(table, rule.place):
        if _TOWN.search(_bare(cell)) and _bare(cell) not in known:
            told = f"targets: {cell} is no town of {code}"
            yield Fault(
                read.rules.path, rule.line, told, "add it to regions/towns.yml, or mend the table of the notice"
            )


def _bare(name: str) -> str:
    return _BRACKETS.sub("", normalise(name))


def _totals(read: Reading, rule: TargetTable, table: Table) -> Iterator[Fault]:
    line = read.line(rule.line, "total")
    places = column(table, rule.place)
    wanted = normalise(rule.total or "")
    if places.count(wanted) != 1:
        told = f"targets: no row {rule.total} in {rule.table}"
        yield Fault(read.rules.path, line, told, "name the row of totals as printed, or remove total")
        return
    at = places.index(wanted)
    for field, head in rule.columns.items():
        cells = column(table, head)
        numbers = [_number(cell) for index, cell in enumerate(cells) if index != at]
        printed = _number(cells[at])
        if printed is None or field == "rate":
            continue
        found = sum((number for number in numbers if number is not None), Decimal(0))
        if found != printed:
            told = f"targets: {head} adds up to {found}, printed {printed}"
            yield Fault(read.rules.path, line, told, "mend the table, or give a note where it is so printed")


def _number(cell: str) -> Decimal | None:
    bare = cell.replace(",", "")
    return Decimal(bare) if re.fullmatch(r"\d+(\.\d+)?", bare) else None
