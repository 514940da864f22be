"""Files that staff open in a spreadsheet: csv readable by Excel, no cell of which is taken for a formula."""

from __future__ import annotations

import csv
import os
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, TextIO

from bot.errors import StoreFailed

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(cell: object) -> str:
    """A cell that a spreadsheet takes for text, whatever it begins with."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


class GuardedCsv:
    """A csv that comes to be with its first row, readable by its owner only; an old one of that name is replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._file: TextIO | None = None

    def __enter__(self) -> GuardedCsv:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            try:
                self._file.close()
            except OSError as fault:
                raise StoreFailed(self._fault(fault)) from fault

    def head(self, headings: Iterable[object]) -> None:
        """Begins the file with its headings. Raises StoreFailed where there is no room."""
        try:
            if self._file is None:
                handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                self._file = os.fdopen(handle, "w", encoding="utf-8-sig", newline="")
                csv.writer(self._file).writerow([guarded(cell) for cell in headings])
        except OSError as fault:
            raise StoreFailed(self._fault(fault)) from fault

    def write(self, row: Sequence[object], headings: Iterable[object]) -> None:
        """Adds a row; before the first one its headings. Raises StoreFailed where the disk takes no more."""
        self.head(headings)
        assert self._file is not None
        try:
            csv.writer(self._file).writerow([guarded(cell) for cell in row])
        except OSError as fault:
            raise StoreFailed(self._fault(fault)) from fault
        self.rows += 1

    def flush(self) -> None:
        """Has what was written in the file. Raises StoreFailed."""
        try:
            if self._file is not None:
                self._file.flush()
        except OSError as fault:
            raise StoreFailed(self._fault(fault)) from fault

    def _fault(self, fault: OSError) -> str:
        return f"{self.path}: cannot be written ({fault.strerror}); make room or make the folder writable, then run it again"


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that its owner only can read, in the place of an old one. Raises StoreFailed."""
    try:
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
    except OSError as fault:
        raise StoreFailed(f"{path}: cannot be written ({fault.strerror})") from fault


async def written(path: Path, headings: Sequence[str], rows: AsyncIterator[Sequence[str]]) -> int:
    """Writes a csv or, by its name, an xlsx, guarded and readable by its owner only; gives the number of rows."""
    count = 0
    if path.suffix.lower() == ".csv":
        with GuardedCsv(path) as file:
            file.head(headings)
            async for row in rows:
                file.write(row, headings)
                count += 1
        return count
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(list(headings))
    async for row in rows:
        sheet.append([guarded(cell) for cell in row])
        count += 1
    with private_file(path) as file:
        book.save(file)
    return count
