"""The rows of a roster file, one after the other: csv in UTF-8, GB18030 or UTF-16, xlsx with several sheets."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import ParseError

from bot.errors import BadRoster
from bot.records.roster.cells import Cell
from bot.records.roster.encoding import encoding_of
from bot.records.roster.merged import Filling, merged_ranges

Progress = Callable[[int], None]
"""Called now and then with the share of the file that is read, in thousandths."""
_XLSX = {".xlsx", ".xlsm"}
_STEP = 500
_LOOKED_AT = 10
"""Lines by which the separator is told."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name (empty for csv) and its rows with their numbers from 1, blank ones left out."""

    name: str
    rows: Iterator[tuple[int, Sequence[Cell]]]


def sheets_of(path: Path, progress: Progress = lambda _: None) -> Iterator[Sheet]:
    """The sheets of a file in order; each is to be read before the next. Raises BadRoster."""
    kind = path.suffix.lower()
    if kind == ".xls":
        raise BadRoster(f"{path}: the old .xls cannot be read; save it as .xlsx or .csv (另存为)")
    try:
        yield from _xlsx(path, progress) if kind in _XLSX else _csv(path, progress)
    except OSError as error:
        raise BadRoster(f"{path}: cannot be read ({error.strerror or type(error).__name__})") from error


def _csv(path: Path, progress: Progress) -> Iterator[Sheet]:
    encoding = encoding_of(path)
    with path.open("rb") as raw, closing(io.TextIOWrapper(raw, encoding=encoding, newline="")) as text:
        yield Sheet("", _csv_rows(path, text, raw.tell, progress))


def _csv_rows(
    path: Path, text: io.TextIOWrapper, position: Callable[[], int], progress: Progress
) -> Iterator[tuple[int, Sequence[Cell]]]:
    size = max(path.stat().st_size, 1)
    head = "".join(islice(text, _LOOKED_AT))
    delimiter = max(",\t;", key=head.count)
    text.seek(0)
    reader = csv.reader(text, delimiter=delimiter)
    at = 0
    try:
        for at, row in enumerate(reader, start=1):
            if at % _STEP == 0:
                progress(position() * 1000 // size)
            if any(row):
                yield at, row
    except csv.Error as error:
        raise BadRoster(
            f"{path}: line {reader.line_num} (row {at + 1}): {error}; look for a quotation mark that is not closed"
        ) from error


def _xlsx(path: Path, progress: Progress) -> Iterator[Sheet]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, ParseError) as error:
        raise BadRoster(
            f"{path}: is no workbook that can be read; open it in Excel or WPS and save it as .xlsx"
        ) from error
    with closing(book):
        total = sum(sheet.max_row or 0 for sheet in book.worksheets) or 1
        before = 0
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                filling = Filling(merged_ranges(path, sheet._worksheet_path))
                rows = sheet.max_row or 0
                sheet.reset_dimensions()
                yield Sheet(sheet.title, _xlsx_rows(sheet, filling, _share(progress, before, total)))
                before += rows


def _share(progress: Progress, before: int, total: int) -> Progress:
    return lambda row: progress(min((before + row) * 1000 // total, 1000))


def _xlsx_rows(sheet: object, filling: Filling, progress: Progress) -> Iterator[tuple[int, Sequence[Cell]]]:
    try:
        for at, row in enumerate(sheet.iter_rows(values_only=True), start=1):  # type: ignore[attr-defined]
            if at % _STEP == 0:
                progress(at)
            if filling:
                row = filling.filled(at, row)
            if any(cell is not None and cell != "" for cell in row):
                yield at, row
    except (ParseError, zipfile.BadZipFile, EOFError) as error:
        raise BadRoster(
            f"the sheet is damaged behind row {at}; open the file in Excel or WPS and save it again"
        ) from error
