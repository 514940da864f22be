"""Importing one roster file: read, checked, loaded batch by batch; bad rows and remarks go into files beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreFailed
from bot.records.changes import Merging
from bot.records.entry import Entry, Remark
from bot.records.journal import begin, digest_of, finish
from bot.records.loading import BATCH, Loaded, Loader
from bot.records.roster.reading import Rejected, RosterReader
from bot.records.spreadsheet import GuardedCsv
from bot.secrets.sealing import Secrets
from bot.store.faults import fault_of
from policy_kb.categories import Categories

Progress = Callable[[int, int], None]
"""Called with the share of the file that is read, in thousandths, and the rows loaded."""
GUARDIANS = 500


@dataclass
class Report:
    """What an import did."""

    file: Path
    roster_day: date
    resumed: bool = False
    rows: int = 0
    loaded: Loaded = field(default_factory=Loaded)
    rejected: Path | None = None
    rejected_rows: int = 0
    warnings: Path | None = None
    warned: int = 0
    without_category: int = 0
    unchecked_years: tuple[int, ...] = ()
    skipped_sheets: tuple[str, ...] = ()


@dataclass
class RosterImport:
    """The import of one file of a county."""

    engine: AsyncEngine
    secrets: Secrets
    categories: Categories
    region: str
    reader: RosterReader
    roster_day: date
    options: tuple[object, ...] = ()
    """What else tells whether it is the same import: mapping and year."""
    progress: Progress = lambda _share, _rows: None
    _share: int = 0

    async def run(self, path: Path) -> Report:
        """Imports a file; run again, after whatever end, it leads to the same state. Raises BadRoster, StoreFailed."""
        try:
            digest = digest_of(path, self.region, *self.options)
            begun = await begin(self.engine, digest, path.name, self.region, self.roster_day)
            merging = Merging(self.secrets, self.categories, self.region, begun.roster_day, begun.id)
            report = Report(path, begun.roster_day, begun.resumed)
            with GuardedCsv(beside(path, "rejected")) as rejected, GuardedCsv(beside(path, "warnings")) as warnings:
                await self._load(path, Loader(self.engine, merging), report, _Files(rejected, warnings))
            report.rejected, report.warnings = _written(rejected), _written(warnings)
            report.rejected_rows, report.warned = rejected.rows, warnings.rows
            report.unchecked_years = self.reader.unchecked_years
            report.skipped_sheets = tuple(self.reader.skipped_sheets)
            await finish(self.engine, begun.id, report.rows, report.rejected_rows, report.warned)
        except (DBAPIError, OSError) as error:
            raise StoreFailed(fault_of(error) if isinstance(error, DBAPIError) else _unreadable(path, error)) from error
        return report

    async def _load(self, path: Path, loader: Loader, report: Report, files: _Files) -> None:
        """Reads in a thread while the rows before are laid down."""
        wards: list[Entry] = []
        reading = self.reader.read(path, self._read)
        coming = asyncio.create_task(asyncio.to_thread(_some, reading))
        try:
            while told := await coming:
                coming = asyncio.create_task(asyncio.to_thread(_some, reading))
                batch = [one for one in told if isinstance(one, Entry)]
                for one in told:
                    if not isinstance(one, Entry):
                        files.note(one)
                files.flush()
                wards += [one for one in batch if one.guardian]
                for row in await self._lay_down(loader, batch, report):
                    files.note(Remark("", row, "这个身份证号原来登记的是另一个姓名，已改成名册上的姓名，请核对"))
        finally:
            await asyncio.gather(coming, return_exceptions=True)
        for at in range(0, len(wards), GUARDIANS):
            await _guard(loader, wards[at : at + GUARDIANS], files)

    async def _lay_down(self, loader: Loader, batch: list[Entry], report: Report) -> tuple[int, ...]:
        """Loads some rows; gives those that gave somebody another name."""
        report.rows += len(batch)
        report.without_category += sum(one.categories is None for one in batch)
        loaded = await loader.load(batch, {"rows": report.rows}) if batch else Loaded()
        report.loaded += replace(loaded, renamed=())
        self.progress(self._share, report.rows)
        return loaded.renamed

    def _read(self, share: int) -> None:
        self._share = share


def _some(reading: Iterator[Entry | Rejected | Remark]) -> list[Entry | Rejected | Remark]:
    return list(islice(reading, BATCH))


@dataclass(frozen=True)
class _Files:
    rejected: GuardedCsv
    warnings: GuardedCsv

    def note(self, told: Rejected | Remark) -> None:
        if isinstance(told, Remark):
            self.warnings.write((told.sheet, told.row, told.words), ("工作表", "行号", "提示"))
            return
        where = (told.remark.sheet, told.remark.row, told.remark.words)
        self.rejected.write((*where, *told.cells), ("工作表", "行号", "原因", *told.headings))

    def flush(self) -> None:
        self.rejected.flush()
        self.warnings.flush()


async def _guard(loader: Loader, wards: list[Entry], files: _Files) -> None:
    pairs = [(one.id_number, one.guardian or "", one.guardian_relation or "") for one in wards]
    for at in await loader.guardians(pairs):
        files.note(Remark("", wards[at].row, "监护人不在册，没有登记监护关系；等监护人登记后再导入一次"))


def beside(path: Path, what: str) -> Path:
    """The file of bad rows or of remarks beside a roster."""
    return path.with_name(f"{path.name}.{what}.csv")


def _written(file: GuardedCsv) -> Path | None:
    return file.path if file.rows else None


def _unreadable(path: Path, error: OSError) -> str:
    return f"{path}: cannot be read ({error.strerror}); check the file and its permissions"
