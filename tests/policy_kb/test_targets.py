"""The towns' targets, as the annex prints them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from held_notices import knowledge

from policy_kb.knowledge import Policy
from policy_kb.targets import TargetRow, target_rows


def rows(notice: str) -> dict[str, TargetRow]:
    return {row.name: row for row in target_rows(knowledge().notices[notice])}


@pytest.mark.parametrize(
    ("notice", "town", "cells"),
    [
        ("suixi-2022", "濉溪镇", {"population": "94903", "rate": "99%", "target": "93954"}),
        ("suixi-2022", "开发区", {"population": "23836", "rate": "99%", "target": "23598"}),
        ("mancheng-2023", "满城镇", {"population": "111600", "target": "100440", "last_year": "82185"}),
    ],
)
def test_a_town_has_the_figures_of_its_row(notice: str, town: str, cells: dict[str, str]) -> None:
    assert rows(notice)[town].cells == cells


@pytest.mark.parametrize(
    ("notice", "field", "printed"), [("suixi-2022", "population", 1141677), ("mancheng-2023", "target", 366676)]
)
def test_the_rows_add_up_to_the_printed_total(notice: str, field: str, printed: int) -> None:
    found = rows(notice).values()
    assert [row.cells[field] for row in found if row.total] == [str(printed)]
    assert sum(Decimal(row.cells[field] or 0) for row in found if not row.total) == printed


def test_the_row_of_totals_is_no_town() -> None:
    total = next(row for row in rows("suixi-2022").values() if row.total)
    assert not total.named_in("合计多少")
    assert rows("suixi-2022")["刘桥镇"].named_in("刘桥镇要完成多少")


def test_a_unit_without_a_figure_keeps_its_empty_cell() -> None:
    empty = [row for row in target_rows(knowledge().notices["dazhu-2022"]) if "" in row.cells.values()]
    table = knowledge().notices["suixi-2022"]
    assert all(row.name for row in empty)
    assert next(row for row in target_rows(table) if row.total).cells["rate"] == ""


def test_a_notice_without_a_table_has_no_rows() -> None:
    assert target_rows(knowledge().notices["xingyi-2022"]) == ()


def test_a_table_the_annex_does_not_have_gives_no_rows() -> None:
    policy = knowledge().notices["suixi-2022"]
    rule = policy.rules.targets
    assert rule is not None
    lost: Policy = replace(policy, rules=replace(policy.rules, targets=replace(rule, place="没有这一栏")))
    assert target_rows(lost) == ()
