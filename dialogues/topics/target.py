"""The towns' targets (任务数) of the annex, read from its table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Part
from dialogues.state import State, TableTold
from dialogues.topics import target_words as words
from dialogues.topics.statement import statement
from dialogues.topics.target_words import Extreme
from nlu.understanding import PlaceMention
from policy_kb.citation import Citation
from policy_kb.model import TargetTable
from policy_kb.targets import TargetRow, target_rows


@dataclass(frozen=True)
class TargetContext(Context):
    """The rows asked for; `columns` names each field as the annex prints it; `fields` are those asked for.

    `first` is the row the headline tells. `apart` is the row that is `more` or `less` than the other one compared, by
    `by`. `total` is the sum of the rows, where it was asked for.
    """

    template = "target"
    rows: tuple[TargetRow, ...]
    columns: dict[str, str]
    fields: tuple[str, ...]
    first: TargetRow
    apart: TargetRow | None = None
    less: bool = False
    by: int = 0
    total: int | None = None


@dataclass(frozen=True)
class ExtremeContext(Context):
    """The rows with the largest or least figures in `column`, in order; `of_kind` those among the towns (镇) alone."""

    template = "target_extreme"
    rows: tuple[TargetRow, ...]
    least: bool
    field: str
    column: str
    kind: str | None
    of_kind: TargetRow | None


@dataclass(frozen=True)
class CountContext(Context):
    """How many units the table lists, by their kind; `asked` the kind asked for; `blank` those without a target."""

    template = "target_count"
    table: str
    count: int
    asked: str
    kinds: dict[str, int]
    blank: tuple[str, ...]


@dataclass(frozen=True)
class BlankContext(Context):
    """A row of the table that is left empty there."""

    template = "target_blank"
    name: str
    column: str
    table: str


TOLD_ALONE = (BlankContext, ExtremeContext, CountContext)
"""Answers beside which no statement is told."""
_BOTH = re.compile("俩|两个|谁|哪个|哪边")
"""这俩谁多: the two told last."""
_WITH = re.compile("那?(再|又)?(跟|和|与|比|加上?)")
"""跟石井乡比哪个多: what was told last with the one named."""
_KINDS = ("街道", "镇", "乡")
_REMEMBERED = 8
"""So many of the units told are kept, for 加起来呢."""
_SHORT = 14
_AREA = re.compile("全县|全区|全镇|全市")


def target(enquiry: Enquiry) -> Part:
    """The rows of the towns named; the total where none is; a unit without a figure is said to have none."""
    table = enquiry.policy.rules.targets
    if table is None:
        return statement(enquiry)
    text, rows = enquiry.question.text, target_rows(enquiry.policy)
    said = _rows_said(enquiry, rows)
    extreme = words.extreme_of(text)
    told = () if said or extreme else _rows_told(enquiry, rows)
    if words.lacking(text, table.columns) or (not said and words.RULE.search(text)):
        return statement(enquiry)
    if words.counts_units(text) and not said:
        return _counted(enquiry, table, rows)
    fields = _fields(enquiry, table)
    if extreme and len(said) < 2 and (found := _extreme(enquiry, table, rows, fields[0], extreme)):
        return found
    named = said or told
    if not named and words.asks_rate(text):
        return statement(enquiry)
    if not named and fields == ("rate",):
        fields = ("target",)
    if named and all(row.cells.get(one) in (None, "") for row in named for one in fields):
        context = BlankContext(named[0].name, table.columns[fields[0]], table.table)
        return Part(enquiry.facet, "not_covered", context, _cites(enquiry, table, named[0]))
    wanted = named or tuple(row for row in rows if row.total)
    return _told(enquiry, table, wanted, fields) if wanted else statement(enquiry)


def _told(enquiry: Enquiry, table: TargetTable, rows: tuple[TargetRow, ...], fields: tuple[str, ...]) -> Part:
    text, field = enquiry.question.text, fields[0]
    first = next((row for row in rows if row.cells.get(field)), rows[0])
    less = bool(re.search("少|轻|小|低", re.sub("多少|差多少", "", text)))
    apart, by = _apart(text, rows, field, less=less)
    total = _sum(rows, field) if words.asks_sum(text) and len(rows) > 1 else None
    context = TargetContext(rows, dict(table.columns), fields, first, apart, less, by, total)
    return Part(enquiry.facet, "answered", context, _cites(enquiry, table, first))


def _counted(enquiry: Enquiry, table: TargetTable, rows: tuple[TargetRow, ...]) -> Part:
    """How many units the table lists, or how many of the kind asked for."""
    units = [row for row in rows if not row.total]
    kinds = {kind: sum(_is_a(row, kind) for row in units) for kind in _KINDS}
    kinds["其他"] = len(units) - sum(kinds.values())
    asked = words.kind_of(enquiry.question.text)
    asked = asked if asked and kinds[asked] else None
    blank = tuple(row.name for row in units if not row.cells.get("target"))
    present = {kind: count for kind, count in kinds.items() if count}
    context = CountContext(table.table, kinds[asked] if asked else len(units), asked or "单位", present, blank)
    return Part(enquiry.facet, "answered", context, _cites(enquiry, table, units[0]))


def _extreme(
    enquiry: Enquiry, table: TargetTable, rows: tuple[TargetRow, ...], field: str, extreme: Extreme
) -> Part | None:
    """The rows at the top or bottom of a column, after a share (参保率) that of the targets; None where it holds no numbers."""
    kind = words.kind_of(enquiry.question.text)
    counted = any(row.cells.get(field, "").isdigit() for row in rows)
    field = field if counted or words.speaks_of_column(enquiry.question.text, table.columns) else "target"
    filled = [row for row in rows if not row.total and row.cells.get(field, "").isdigit()]
    order = sorted(filled, key=lambda row: int(row.cells[field]), reverse=not extreme.least)
    of_kind = [row for row in order if kind and _is_a(row, kind)]
    if not order:
        return None
    if kind in ("街道", "乡") and of_kind:
        order = of_kind
    found = tuple(order[: extreme.count])
    other = of_kind[0] if of_kind and of_kind[0] not in found and extreme.count == 1 else None
    context = ExtremeContext(found, extreme.least, field, table.columns[field], kind, other)
    return Part(enquiry.facet, "answered", context, _cites(enquiry, table, found[0]))


def _is_a(row: TargetRow, kind: str) -> bool:
    return row.name.endswith(kind)


def _cites(enquiry: Enquiry, table: TargetTable, row: TargetRow) -> tuple[Citation, ...]:
    return (Citation(enquiry.policy.notice.id, table.table, row.name),)


def _fields(enquiry: Enquiry, table: TargetTable) -> tuple[str, ...]:
    """The columns asked for; where none is named, that told last in this thread.

    After the whole (全县参保率多少, 刘桥镇呢) the target stands beside those of the question it goes on with.
    """
    text, told = enquiry.question.text, enquiry.state.table
    if _leans(enquiry) and not words.speaks_of_column(text, table.columns):
        if told and told.column in table.columns:
            return (told.column,)
        before = words.fields_of(text, enquiry.words, table.columns)
        return ("target", "rate") if before == ("rate",) else tuple(dict.fromkeys((*before, "target")))
    return words.fields_of(text, enquiry.words, table.columns)


def _leans(enquiry: Enquiry) -> bool:
    return enquiry.state.facet == "target" and len(enquiry.question.text) <= _SHORT


def _rows_said(enquiry: Enquiry, rows: tuple[TargetRow, ...]) -> tuple[TargetRow, ...]:
    """The rows whose unit the question names, or means by 这两个; with the last told where it is held against one named."""
    text, told = enquiry.question.text, enquiry.state.table
    mentions = enquiry.question.of(PlaceMention)
    codes = [code for one in mentions for code in one.codes]
    places = {enquiry.kb.regions[code].name for code in codes}
    named = tuple(row for row in rows if row.name in places or row.named_in(text))
    if named and _WITH.match(text):
        return (*(one for one in _told_last(told, rows) if one not in named), *named)
    if named or told is None or len(told.units) < 2 or not _leans(enquiry):
        return named
    compared = _BOTH.search(text) and words.COMPARES.search(text) and words.extreme_of(text) is None
    summed = words.asks_sum(text) and not _AREA.search(text)
    if not compared and not summed:
        return ()
    meant = told.units[-(words.these(text) or (2 if compared else len(told.units))) :]
    return tuple(row for one in meant for row in rows if row.name == one)


def _rows_told(enquiry: Enquiry, rows: tuple[TargetRow, ...]) -> tuple[TargetRow, ...]:
    """The rows told before, for words that only name another column (户籍人口呢)."""
    text, told = enquiry.question.text, enquiry.state.table
    if words.WHOLE.search(text):
        return ()
    if enquiry.state.facet == "target":
        going_on = enquiry.follow_up or (_leans(enquiry) and words.names_column(text))
        return _told_last(told, rows) if going_on else ()
    return tuple(row for row in rows if enquiry.follow_up and row.named_in(enquiry.words))


def _told_last(told: TableTold | None, rows: tuple[TargetRow, ...]) -> tuple[TargetRow, ...]:
    """The rows of the last reply."""
    names = told.units[-told.last :] if told else ()
    return tuple(row for one in names for row in rows if row.name == one)


def _sum(rows: tuple[TargetRow, ...], field: str) -> int | None:
    figures = [row.cells.get(field, "") for row in rows]
    return sum(map(int, figures)) if all(one.isdigit() for one in figures) else None


def _apart(text: str, rows: tuple[TargetRow, ...], field: str, *, less: bool) -> tuple[TargetRow | None, int]:
    """Of rows compared, that with the largest (least) figure, and by how much; none where one is missing or two are even."""
    figures = [row.cells.get(field, "") for row in rows]
    compared = words.COMPARES.search(text) or words.extreme_of(text)
    if len(rows) < 2 or not compared or not all(one.isdigit() for one in figures):
        return None, 0
    first, second, *_ = sorted(rows, key=lambda row: int(row.cells[field]), reverse=not less)
    by = abs(int(first.cells[field]) - int(second.cells[field]))
    return (first, by) if by else (None, 0)


def table_told(state: State, part: Part) -> TableTold | None:
    """What of the table was told so far in this thread, the latest last; None after the whole, or after something else."""
    context = part.context
    now: tuple[str, ...]
    if isinstance(context, BlankContext):
        now, column = (context.name,), "target"
    elif isinstance(context, TargetContext) and not any(row.total for row in context.rows):
        now, column = tuple(row.name for row in context.rows), context.fields[0]
    elif isinstance(context, ExtremeContext):
        now, column = tuple(row.name for row in context.rows), context.field
    else:
        return None
    before = state.table.units if state.table else ()
    return TableTold((*(one for one in before if one not in now), *now)[-_REMEMBERED:], len(now), column)
