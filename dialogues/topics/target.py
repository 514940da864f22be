"""The towns' targets (任务数) of the annex, read from its table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Part
from dialogues.topics.statement import statement
from nlu.understanding import PlaceMention
from policy_kb.citation import Citation
from policy_kb.targets import TargetRow, target_rows


@dataclass(frozen=True)
class TargetContext(Context):
    """The rows asked for; `columns` names each field as the annex prints it; `first_field` is the one asked for."""

    template = "target"
    rows: tuple[TargetRow, ...]
    columns: dict[str, str]
    first_field: str


@dataclass(frozen=True)
class BlankContext(Context):
    """A row of the table that is left empty there."""

    template = "target_blank"
    name: str
    column: str
    table: str


_POPULATION = re.compile("户籍|人口|多少人|好多人")
_LAST_YEAR = re.compile("去年|上年|往年|已参保|参保人数|年居民医保|实际参|实际缴")
_ASKS_RULE = re.compile(
    "谁提供|谁给|归谁|减|凭|包括|算不算|算在|怎么算|咋算|怎么来|按什么|按啥|为准|依据|口径|含不含|算进|从哪|咋个算|怎么定|咋定|哪些|为啥|为什么|困难|特困|低保"
)
_WHOLE = re.compile("全县|全区|全镇|合计|总共|一共|总数")
_RATE = re.compile("参保率|比例|百分")


def target(enquiry: Enquiry) -> Part:
    """The rows of the towns named; the total where none is; a unit without a figure is said to have none."""
    table = enquiry.policy.rules.targets
    if table is None:
        return statement(enquiry)
    rows = target_rows(enquiry.policy)
    named = _rows_named(enquiry, rows)
    field = _field(enquiry.question.text, table.columns)
    if named and all(row.cells.get(field) in (None, "") for row in named):
        cites = (Citation(enquiry.policy.notice.id, table.table, named[0].name),)
        return Part(enquiry.facet, "not_covered", BlankContext(named[0].name, table.columns[field], table.table), cites)
    wanted = named or tuple(row for row in rows if row.total)
    if not wanted or (not named and _ASKS_RULE.search(enquiry.question.text)):
        return statement(enquiry)
    cites = (Citation(enquiry.policy.notice.id, table.table, wanted[0].name),)
    context = TargetContext(wanted, dict(table.columns), field)
    return Part(enquiry.facet, "answered", context, cites)


def _rows_named(enquiry: Enquiry, rows: tuple[TargetRow, ...]) -> tuple[TargetRow, ...]:
    """The rows whose unit the question names; for a follow-up (户籍人口呢) those the question before named."""
    mentions = enquiry.question.of(PlaceMention)
    codes = [code for one in mentions if isinstance(one, PlaceMention) for code in one.codes]
    places = {enquiry.kb.regions[code].name for code in codes}
    named = tuple(row for row in rows if row.name in places or row.named_in(enquiry.question.text))
    if named or _WHOLE.search(enquiry.question.text):
        return named
    return tuple(row for row in rows if enquiry.follow_up and row.named_in(enquiry.words))


def _field(text: str, columns: dict[str, str]) -> str:
    for field, words in (("last_year", _LAST_YEAR), ("population", _POPULATION), ("rate", _RATE)):
        if field in columns and words.search(text) and "任务" not in text:
            return field
    return "target"
