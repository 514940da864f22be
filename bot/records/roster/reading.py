"""Reading one roster file: its sheets and rows as entries, faults and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from bot.errors import BadIdNumber, BadRoster
from bot.records.entry import Entry, Remark
from bot.records.roster.category_words import CategoryWords
from bot.records.roster.cells import BadCell, Cell
from bot.records.roster.checking import RowChecker
from bot.records.roster.due_check import DueCheck
from bot.records.roster.headings import LOOKED_AT, Layout, Mapped, find_layout
from bot.records.roster.places import Places
from bot.records.roster.sheets import Progress, Sheet, sheets_of
from policy_kb.knowledge import KnowledgeBase

Row: TypeAlias = tuple[int, Sequence[Cell]]
_PAYMENT = ("paid_on", "amount", "status")
_ROWS = 1 << 30
_YEARS, _FIRST_YEAR = 128, 1980
"""A cover year takes one of so many places beside an ID number."""


@dataclass(frozen=True)
class Rejected:
    """A row that was not taken, with the headings of its sheet, its cells and the reason."""

    headings: tuple[str, ...]
    cells: Sequence[Cell]
    remark: Remark


class RosterReader:
    """Reads the files of one county; `year` is for rosters that have no column of it."""

    def __init__(self, kb: KnowledgeBase, county: str, mapped: Mapped, year: int | None, today: date) -> None:
        self._places = Places(kb.regions, county)
        self._categories = CategoryWords(kb.categories, mapped.words.get("category", {}))
        self._due = DueCheck(kb, county)
        self._mapped = mapped
        self._year = year
        self._today = today
        self.skipped_sheets: list[str] = []

    @property
    def unchecked_years(self) -> tuple[int, ...]:
        """Cover years whose sums were not held against a notice, since none is held."""
        return tuple(sorted(self._due.unchecked_years))

    def read(self, path: Path, progress: Progress = lambda _: None) -> Iterator[Entry | Rejected | Remark]:
        """What a file tells, row by row; the remarks about a row come before it. Raises BadRoster."""
        self.skipped_sheets = []
        fault: BadRoster | None = None
        read = 0
        seen = _Seen()
        for sheet in sheets_of(path, progress):
            where = f"{path}, sheet {sheet.name}" if sheet.name else str(path)
            top = list(islice(sheet.rows, LOOKED_AT))
            try:
                layout = find_layout([cells for _, cells in top], self._mapped, where)
            except BadRoster as error:
                fault = fault or error
                self.skipped_sheets.append(sheet.name)
                continue
            if layout is not None:
                read += 1
                yield from self._sheet(sheet, top, layout, where, seen)
        if not read:
            raise fault or BadRoster(f"{path}: holds nothing; give a roster with headings and rows")

    def _sheet(
        self, sheet: Sheet, top: list[Row], layout: Layout, where: str, seen: _Seen
    ) -> Iterator[Entry | Rejected | Remark]:
        if self._year is None and "year" not in layout and any(field in layout for field in _PAYMENT):
            raise BadRoster(f"{where}: payments without a column 参保年度; add it, or say --year")
        seen.sheets.append(sheet.name)
        checker = RowChecker(layout, self._mapped, self._places, self._categories, self._year, self._today)
        for row, cells in chain(top[layout.row :], sheet.rows):
            try:
                entry = checker.entry(row, cells)
                seen.refuse_second(entry)
            except (BadCell, BadIdNumber) as error:
                yield Rejected(layout.headings, cells, Remark(sheet.name, row, str(error)))
                continue
            if due := self._due.remark(entry):
                checker.remarks.append(due)
            for words in checker.remarks:
                yield Remark(sheet.name, row, words)
            yield entry


class _Seen:
    """Who stood in a file already, and where."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self._rows: dict[int, int] = {}

    def refuse_second(self, entry: Entry) -> None:
        """Refuses a person who stands in this file already for the same cover year. Raises BadCell."""
        # 17 digits tell a person, the last one is computed from them; a whole number takes less room than a text
        key = int(entry.id_number[:17]) * _YEARS + ((entry.payment.year - _FIRST_YEAR) if entry.payment else 0)
        here = len(self.sheets) * _ROWS + entry.row
        first = self._rows.setdefault(key, here)
        if first == here:
            return
        sheet, row = divmod(first, _ROWS)
        at = f"第{row}行" if sheet == len(self.sheets) else f"工作表{self.sheets[sheet - 1]}第{row}行"
        raise BadCell(f"和{at}是同一个身份证号、同一个年度，重复了；只登记了{at}")
