"""`canbao records import`: rosters into the register, with a progress bar and a report of what was not taken."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import day, stderr
from bot.errors import WrongUsage

if TYPE_CHECKING:
    from bot.records.importing import Report
    from bot.settings import Settings


def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Rosters as xlsx or csv.")],
    mapping: Annotated[
        Path | None, typer.Option(help="A YAML file that names columns and words of one's own (docs/records.md).")
    ] = None,
    region: Annotated[
        str | None, typer.Option(help="The county, by name or GB/T 2260 code (default: the one its rows point to).")
    ] = None,
    year: Annotated[
        int | None, typer.Option(min=1990, max=2100, help="The cover year, where the roster has no column of it.")
    ] = None,
    roster_day: Annotated[
        date | None,
        typer.Option(
            "--day", parser=day, metavar="DATE", help="The day from which its categories count (default: today)."
        ),
    ] = None,
) -> None:
    """Loads rosters; bad rows go into FILE.rejected.csv with the reason, remarks into FILE.warnings.csv. Safe to run again.

    Example: canbao records import 名册.xlsx --region 濉溪县 --year 2022
    """
    from bot.settings import Settings

    for file in files:
        if not file.is_file():
            raise WrongUsage(f"{file}: no such file")
    asyncio.run(_import(Settings.found(), files, mapping, region, year, roster_day))


async def _import(
    settings: Settings,
    files: list[Path],
    mapping: Path | None,
    region: str | None,
    year: int | None,
    roster_day: date | None,
) -> None:
    from bot import composition
    from bot.audit.entry import Action, Entry
    from bot.audit.journal import Journal
    from bot.records.importing import RosterImport
    from bot.records.opening import open_records
    from bot.records.roster.county import county_of
    from bot.records.roster.headings import read_mapping
    from bot.records.roster.reading import RosterReader

    mapped = read_mapping(mapping)
    kb = composition.knowledge()
    today = settings.now or date.today()
    given = county_code(region) if region else None
    async with open_records(settings) as records:
        for file in files:
            county = given or county_of(file, mapped, kb.regions).code
            reader = RosterReader(kb, county, mapped, year, today)
            with _bar(file) as progress:
                work = RosterImport(
                    records.engine,
                    records.secrets,
                    kb.categories,
                    county,
                    reader,
                    roster_day or today,
                    (mapped, year),
                    progress,
                )
                report = await work.run(file)
            detail: dict[str, str | int] = {"rows": report.rows, "rejected": report.rejected_rows, "region": county}
            await Journal(records.engine).note(Entry("command", Action.IMPORTED, detail=detail))
            _tell(report)


def county_code(name: str) -> str:
    """The code of a county by name or code. Raises WrongUsage, UnknownRegion."""
    from bot import composition
    from bot.assistant import region_code

    regions = composition.knowledge().regions
    code = region_code(composition.knowledge(), name)
    if regions[code].level == "county":
        return code
    inside = next((one.code for one in regions.chain(code) if one.level == "county"), None)
    raise WrongUsage(f"--region {name}: a roster is of a county{f'; say {regions[inside].name}' if inside else ''}")


@contextmanager
def _bar(file: Path) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _share, _rows: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[rows]:,} rows"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr) as bar:
        task = bar.add_task(file.name, total=1000, rows=0)
        yield lambda share, rows: bar.update(task, completed=share, rows=rows)
        bar.update(task, completed=1000)


def _tell(report: Report) -> None:
    loaded = report.loaded
    if report.resumed:
        print(f"{report.file}: had been broken off; taken up again with the categories as of {report.roster_day}")
    print(
        f"{report.file}: {report.rows + report.rejected_rows} rows: {loaded.added} added, {loaded.changed} changed, "
        f"{loaded.unchanged} unchanged, {report.rejected_rows} rejected, {report.warned} remarks"
    )
    if report.rejected:
        print(f"  rejected rows with the reason: {report.rejected}; mend that file and import it")
    if report.warnings:
        print(f"  remarks: {report.warnings}")
    if report.without_category:
        print(f"  {report.without_category} rows tell no category (人员类别); what was known of it stays")
    for year in report.unchecked_years:
        print(f"  no notice of {year} is held, so its sums were not checked")
    for sheet in report.skipped_sheets:
        print(f"  sheet {sheet} has no headings of a roster and was left out")
