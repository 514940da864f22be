"""`canbao records export` and `records purge`: what leaves the register, and what is deleted from it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.records_show import Number, Reason, Stdin, found_resident, given_number
from bot.errors import WrongUsage

if TYPE_CHECKING:
    from bot.records.resident import Scope
    from policy_kb.regions import Regions

_KINDS = (".csv", ".xlsx")


def export(
    reason: Reason,
    number: Number = None,
    stdin: Stdin = False,
    region: Annotated[str | None, typer.Option(help="Export the roster of this county instead of one person.")] = None,
    town: Annotated[str | None, typer.Option(help="Of that county only this town.")] = None,
    village: Annotated[str | None, typer.Option(help="Of that town only this village.")] = None,
    year: Annotated[int | None, typer.Option(min=1990, max=2100, help="The roster's cover year.")] = None,
    out: Annotated[Path | None, typer.Option(help="The file: .csv or .xlsx for a roster, .json for a person.")] = None,
) -> None:
    """Prints one person's own data as JSON, or writes a roster with masked ID numbers.

    Example: canbao records export --reason 本人申请查阅 --stdin

    Example: canbao records export --region 濉溪县 --town 刘桥镇 --year 2022 --out 刘桥镇.xlsx --reason 村级核对
    """
    if region is None:
        if town or village or year:
            raise WrongUsage("--town, --village and --year are for a roster; say its --region")
        asyncio.run(_person(given_number(number, stdin), reason.strip(), out))
        return
    if number or stdin:
        raise WrongUsage("give either an ID number or a --region")
    if year is None or out is None or out.suffix.lower() not in _KINDS:
        raise WrongUsage("a roster needs --year and --out FILE.csv or FILE.xlsx")
    if village and not town:
        raise WrongUsage("--village needs its --town")
    asyncio.run(_roster(reason.strip(), region, town, village, year, out))


async def _person(number: str, reason: str, out: Path | None) -> None:
    from bot.audit.entry import Action
    from bot.records.exporting import own_data
    from bot.records.opening import open_records
    from bot.records.spreadsheet import private_file
    from bot.settings import Settings

    settings = Settings.found()
    async with open_records(settings) as records:
        resident = await found_resident(records, number, Action.EXPORTED, reason)
        data = await own_data(records.registry, resident, records.regions, settings.now or date.today())
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if out is None:
        print(text)
        return
    with private_file(out) as file:
        file.write(text.encode())
    print(f"{out}: written, readable by you only")


async def _roster(reason: str, region: str, town: str | None, village: str | None, year: int, out: Path) -> None:
    from bot.audit.entry import Action, Entry
    from bot.audit.journal import Journal
    from bot.records.exporting import HEADINGS, roster
    from bot.records.opening import open_records
    from bot.records.spreadsheet import written
    from bot.settings import Settings

    if not reason:
        raise WrongUsage("--reason is empty; say why this roster is taken out")
    settings = Settings.found()
    async with open_records(settings) as records:
        scope = _scope(records.regions, region, town, village)
        detail = {"region": scope.region, "town": scope.town, "village": scope.village, "year": year}
        await Journal(records.engine).note(Entry("command", Action.EXPORTED, reason=reason, detail=detail))
        today = settings.now or date.today()
        rows: AsyncIterator[Sequence[str]] = roster(
            records.engine, records.registry, records.regions, scope, year, today
        )
        count = await written(out, HEADINGS, rows)
    print(f"{out}: {count} residents, ID numbers masked")


def _scope(regions: Regions, region: str, town: str | None, village: str | None) -> Scope:
    """The scope that names mean. Raises WrongUsage."""
    from bot.commands.records_import import county_code
    from bot.errors import BadRoster
    from bot.records.resident import Scope
    from bot.records.roster.cells import BadCell
    from bot.records.roster.places import Places

    county = county_code(region)
    try:
        code = Places(regions, county).town(town) if town else None
    except BadCell as error:
        own = f"{county}-{town}"
        if "虚构" not in own:
            raise BadRoster(str(error)) from None
        code = own
    return Scope(county, code, village)


def purge(
    reason: Reason,
    number: Number = None,
    stdin: Stdin = False,
    before: Annotated[
        int | None, typer.Option(min=1990, max=2100, help="Delete the enrolments of cover years before this one.")
    ] = None,
    old: Annotated[
        bool, typer.Option("--old", help="Delete what residents wrote and whatever else is kept only for a time.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Deletes one person's record, the enrolments of years long past, or what is kept only for a time and is too old.

    Example: canbao records purge --reason 本人要求删除 --stdin --yes

    Example: canbao records purge --before 2015 --reason 保存期满

    Example: canbao records purge --old --reason 保存期满
    """
    if (before is not None) + old + bool(number or stdin) > 1:
        raise WrongUsage("give one of an ID number, --before and --old")
    if not reason.strip():
        raise WrongUsage("--reason is empty; say why this is deleted")
    if old:
        asyncio.run(_purge_old(reason.strip()))
        return
    if before is None:
        number = given_number(number, stdin)
    if not yes:
        what = f"all enrolments before {before}" if before else "this person's record"
        typer.confirm(f"delete {what} for good?", abort=True, err=True)
    asyncio.run(_purge(number, before, reason.strip()))


async def _purge(number: str | None, before: int | None, reason: str) -> None:
    from bot.audit.entry import Action, Entry
    from bot.audit.journal import Journal
    from bot.records.opening import open_records
    from bot.records.purging import purge_person, purge_years
    from bot.settings import Settings

    async with open_records(Settings.found()) as records:
        if before is not None:
            detail = {"before": before}
            await Journal(records.engine).note(Entry("command", Action.PURGED, reason=reason, detail=detail))
            print(f"{await purge_years(records.engine, before)} enrolments before {before} deleted")
            return
        resident = await found_resident(records, number or "", Action.PURGED, reason)
        await purge_person(records.engine, resident.id)
        print(f"the record of {resident.masked_name} {resident.masked_id} is deleted")


async def _purge_old(reason: str) -> None:
    """What `canbao run` does every hour."""
    from bot.audit.entry import Action, Entry
    from bot.audit.journal import Journal
    from bot.records.opening import open_records
    from bot.settings import Settings
    from bot.store.retention import Retention

    async with open_records(Settings.found()) as records:
        gone = await Retention(records.engine).purge()
        await Journal(records.engine).note(
            Entry("command", Action.PURGED, reason=reason, detail={"rows": sum(gone.values())})
        )
        print("\n".join(f"{name}: {rows} rows deleted" for name, rows in gone.items() if rows) or "nothing was too old")
