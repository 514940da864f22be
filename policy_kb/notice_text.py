"""The body of notice.md: a heading a clause, paragraphs and pipe tables under it, read with their line numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from policy_kb import clause_id
from policy_kb.errors import NoticeFault

_LAWS = {"章", "条"}
_RULE = re.compile(r"\|(\s*:?-+:?\s*\|)+")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph in the notice's own words, and its line in the file."""

    text: str
    line: int


@dataclass(frozen=True)
class Table:
    """A printed table: its column heads and its rows, each cell a text, and the line it begins on."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    line: int

    def column(self, name: str) -> tuple[str, ...]:
        """The cells under one column head, top down; KeyError where no such head is printed."""
        if name not in self.columns:
            raise KeyError(name)
        return tuple(row[self.columns.index(name)] for row in self.rows)

    @property
    def text(self) -> str:
        """The table as lines, heads first, the cells of a row parted by one space."""
        return "\n".join(" ".join(filter(None, row)) for row in (self.columns, *self.rows))


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True)
class Clause:
    """A clause (条款): its id and its own words, without those of its children, in the order printed."""

    id: str
    blocks: tuple[Block, ...]
    line: int

    @property
    def text(self) -> str:
        """The clause's own words, a line a paragraph or table row."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the clause."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def lines(self) -> tuple[int, ...]:
        """The line in notice.md of each block."""
        return tuple(block.line for block in self.blocks)

    @property
    def depth(self) -> int:
        """How deep the clause stands: 1 for 四, 2 for 四（二）."""
        return len(clause_id.parse(self.id))


def read_clauses(lines: list[str], first: int, path: str) -> Mapping[str, Clause]:
    """The clauses by id in the order they begin; `first` is the index of the body's first line. Raises NoticeFault."""
    blocks: dict[str, list[Block]] = {}
    begun: dict[str, int] = {}
    current = ""
    for number, block in _blocks(lines, first, path):
        if isinstance(block, str):
            _check_place(block, current, begun, f"{path}:{number}")
            current = block
            begun.setdefault(current, number)
            blocks.setdefault(current, [])
        elif not current:
            raise NoticeFault(f"{path}:{number}", "text before the first heading", "put it under `## 引言`")
        else:
            blocks[current].append(block)
    clauses = {name: Clause(name, tuple(blocks[name]), begun[name]) for name in blocks}
    for clause in clauses.values():
        _check_lead(clause, f"{path}:{clause.line}")
    return clauses


def _blocks(lines: list[str], first: int, path: str) -> Iterator[tuple[int, str | Block]]:
    """Headings (as ids), paragraphs and tables with their line numbers, from 1."""
    index = first
    while index < len(lines):
        line, number = lines[index].strip(), index + 1
        end = index + 1
        if line.startswith("#"):
            yield number, _heading(line, f"{path}:{number}")
        elif line.startswith("|"):
            while end < len(lines) and lines[end].lstrip().startswith("|"):
                end += 1
            yield number, _table(lines[index:end], number, path)
        elif line:
            yield number, Paragraph(line, number)
        index = end


def _heading(line: str, where: str) -> str:
    name = line.lstrip("#").strip()
    try:
        segments = clause_id.parse(name)
    except NoticeFault as fault:
        raise NoticeFault(where, f"heading `{line}` holds no clause id", fault.mend) from None
    right = "#" * (len(segments) + 1) + " " + "".join(segments)
    if line != right:
        raise NoticeFault(where, f"heading `{line}` has the wrong depth or brackets", f"write `{right}`")
    return name


def _check_place(name: str, before: str, begun: Mapping[str, int], where: str) -> None:
    """Clauses come in the order of their numbers; a parent may be taken up again only after one of its children."""
    segments = clause_id.parse(name)
    around = "".join(segments[:-1])
    if around and around not in begun:
        raise NoticeFault(where, f"clause {name} stands without its parent {around}", f"put heading {around} before it")
    if name in begun:
        back = name == clause_id.CLOSING or (name != before and clause_id.covers(name, before))
        if not back:
            mend = "join the two, or number the second as printed"
            raise NoticeFault(where, f"heading {name} stands twice (first on line {begun[name]})", mend)
        return
    siblings = [one for one in begun if clause_id.parent(one) == (around or None)]
    _check_series(segments, siblings, where)
    late = around and not clause_id.covers(around, before)
    if late or any(_after(one, name) for one in siblings):
        raise NoticeFault(where, f"heading {name} is out of order after {before}", "keep the order of the numbers")


def _check_series(segments: tuple[str, ...], siblings: list[str], where: str) -> None:
    """Clauses of the top level count on in one kind of number; chapters (第三章) may stand between articles (第五条)."""
    if len(segments) > 1 or clause_id.rank(segments[0]) != 1:
        return
    here = clause_id.series(segments[0])
    numbered = [one for one in siblings if clause_id.rank(one) == 1]
    for one in numbered:
        kinds = {here, clause_id.series(one)}
        if len(kinds) > 1 and not kinds <= _LAWS:
            mend = "put the numbers of the clauses around it before it, as in 四（二）"
            raise NoticeFault(where, f"heading {segments[0]} is numbered otherwise than {one}", mend)


def _after(one: str, other: str) -> bool:
    """Whether sibling `one` belongs behind `other`; the closing (落款) may stand before or behind the annexes."""
    first, second = clause_id.parse(one)[-1], clause_id.parse(other)[-1]
    if {clause_id.series(first), clause_id.series(second)} == _LAWS:
        return False
    if clause_id.CLOSING in (first, second):
        return clause_id.rank(first) > clause_id.rank(second)
    return (clause_id.rank(first), clause_id.ordinal(first)) > (clause_id.rank(second), clause_id.ordinal(second))


def _check_lead(clause: Clause, where: str) -> None:
    """A clause has words, and a numbered one begins with the number it prints."""
    if not clause.blocks:
        raise NoticeFault(where, f"clause {clause.id} is empty", "give it the notice's words, or remove the heading")
    lead = clause_id.parse(clause.id)[-1]
    if lead in (clause_id.PREAMBLE, clause_id.CLOSING):
        return
    rest = _plain(clause.text).removeprefix(_plain(lead))
    if rest == _plain(clause.text) or (lead.isdecimal() and rest[:1].isdecimal()):
        mend = "begin it with the number as printed, or mend the heading"
        raise NoticeFault(where, f"clause {clause.id} does not begin with its own number {lead}", mend)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _table(lines: list[str], number: int, path: str) -> Table:
    bare = [line.strip().removeprefix("|").removesuffix("|") for line in lines]
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in bare]
    if len(lines) < 3 or not _RULE.fullmatch(lines[1].strip()):
        mend = "write heads, a line `| --- | --- |`, then rows"
        raise NoticeFault(f"{path}:{number}", "this table has no heads or no rows", mend)
    for offset, row in enumerate(rows):
        if len(row) != len(rows[0]):
            what = f"this row has {len(row)} cells where the table has {len(rows[0])} columns"
            raise NoticeFault(f"{path}:{number + offset}", what, "leave an empty cell as `| |`")
    return Table(rows[0], tuple(rows[2:]), number)
