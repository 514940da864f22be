"""The towns' targets (任务数) of the annex, read from its table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Part
from dialogues.state import State
from dialogues.topics.statement import statement
from nlu.understanding import PlaceMention
from policy_kb.citation import Citation
from policy_kb.targets import TargetRow, target_rows


@dataclass(frozen=True)
class TargetContext(Context):
    """The rows asked for; `columns` names each field as the annex prints it; `fields` are those asked for.

    `most` is the row that has most of two or more compared, by `more` than the next one.
    """

    template = "target"
    rows: tuple[TargetRow, ...]
    columns: dict[str, str]
    fields: tuple[str, ...]
    most: TargetRow | None = None
    more: int = 0


@dataclass(frozen=True)
class BlankContext(Context):
    """A row of the table that is left empty there."""

    template = "target_blank"
    name: str
    column: str
    table: str


_POPULATION = re.compile("户籍|人口|多少人|好多人")
_LAST_YEAR = re.compile("去年|上年|往年|已参保|参保人数|年居民医保|实际参|实际缴")
_COLUMNS = (("last_year", _LAST_YEAR), ("population", _POPULATION), ("rate", re.compile("参保率|比例|百分")))
_NAMED = {"last_year": _LAST_YEAR, "population": re.compile("户籍|人口"), "rate": re.compile("参保率|比例|百分")}
"""The columns by their very names; 任务多少人 asks for no population."""
_ASKS_RULE = re.compile(
    "谁提供|谁给|归谁|减|扣|剔|凭|包括|算不算|算在|怎么算|咋算|怎么来|按什么|按啥|为准|依据|口径|含不含|算进|从哪|咋个算|怎么定|咋定|哪些|为啥|为什么|困难|特困|低保"
)
_COMPARES = re.compile("(谁|哪|比).{0,10}(多|少|重|轻|大|小|高|低)|差多少|差好多|相差|一样多")
_BOTH = re.compile("俩|两个|谁|哪个|哪边")
"""这俩谁多: the two told last."""
_WITH = re.compile("那?(跟|和|与|比)")
"""跟石井乡比哪个多: the one told last with the one named."""
_WHOLE = re.compile("全县|全区|全镇|合计|总共|一共|总数")


def target(enquiry: Enquiry) -> Part:
    """The rows of the towns named; the total where none is; a unit without a figure is said to have none."""
    table = enquiry.policy.rules.targets
    if table is None:
        return statement(enquiry)
    rows = target_rows(enquiry.policy)
    named = _rows_named(enquiry, rows)
    fields = _fields(enquiry.question.text, enquiry.words, table.columns)
    field = fields[0]
    if named and all(row.cells.get(one) in (None, "") for row in named for one in fields):
        cites = (Citation(enquiry.policy.notice.id, table.table, named[0].name),)
        return Part(enquiry.facet, "not_covered", BlankContext(named[0].name, table.columns[field], table.table), cites)
    wanted = named or tuple(row for row in rows if row.total)
    if not wanted or (not named and _ASKS_RULE.search(enquiry.question.text)):
        return statement(enquiry)
    cites = (Citation(enquiry.policy.notice.id, table.table, wanted[0].name),)
    context = TargetContext(wanted, dict(table.columns), fields, *_most(enquiry.question.text, wanted, field))
    return Part(enquiry.facet, "answered", context, cites)


def _rows_named(enquiry: Enquiry, rows: tuple[TargetRow, ...]) -> tuple[TargetRow, ...]:
    """The rows whose unit the question names; for a follow-up (户籍人口呢) those the question before named."""
    mentions = enquiry.question.of(PlaceMention)
    codes = [code for one in mentions if isinstance(one, PlaceMention) for code in one.codes]
    places = {enquiry.kb.regions[code].name for code in codes}
    named = tuple(row for row in rows if row.name in places or row.named_in(enquiry.question.text))
    told = enquiry.state.units
    last = tuple(row for row in rows if row.name in told[-1:] and row not in named)
    if len(named) == 1 and _WITH.match(enquiry.question.text) and last:
        return (*last, *named)
    if named or _WHOLE.search(enquiry.question.text):
        return named
    if len(told) > 1 and _BOTH.search(enquiry.question.text) and _COMPARES.search(enquiry.question.text):
        return tuple(row for row in rows if row.name in told[-2:])
    return tuple(row for row in rows if enquiry.follow_up and row.named_in(enquiry.words))


def _fields(text: str, earlier: str, columns: dict[str, str]) -> tuple[str, ...]:
    """The columns asked for, the target first; those of the question before where this one names none."""
    text = text if _names_column(text) else earlier
    asked = [field for field, words in _COLUMNS if field in columns and words.search(text)]
    alone = "任务" not in text
    return tuple(asked[:1]) if asked and alone else ("target", *_named_beside(text, asked))


def _names_column(text: str) -> bool:
    return "任务" in text or any(words.search(text) for _, words in _COLUMNS)


def _named_beside(text: str, asked: list[str]) -> tuple[str, ...]:
    """The columns asked for beside the target, each by its own name: 户籍人口多少，任务多少."""
    return tuple(field for field in asked if _NAMED[field].search(text))


def _most(text: str, rows: tuple[TargetRow, ...], field: str) -> tuple[TargetRow | None, int]:
    """Of rows compared, that with the largest figure, and by how much; none where a figure is missing or two are even."""
    figures = [row.cells.get(field, "") for row in rows]
    if len(rows) < 2 or not _COMPARES.search(text) or not all(one.isdigit() for one in figures):
        return None, 0
    first, second, *_ = sorted(rows, key=lambda row: -int(row.cells[field]))
    more = int(first.cells[field]) - int(second.cells[field])
    return (first, more) if more else (None, 0)


def told_units(state: State, part: Part) -> tuple[str, ...]:
    """The units told so far in this thread on the table, the latest last."""
    if not isinstance(part.context, TargetContext):
        return ()
    now = tuple(row.name for row in part.context.rows if not row.total)
    return (*(one for one in state.units if one not in now), *now)[-4:]
