"""`canbao records show`: one person's record, masked, with a reason that is kept."""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import WrongUsage

if TYPE_CHECKING:
    from bot.records.opening import OpenRecords
    from bot.records.resident import Resident

Reason = Annotated[str, typer.Option(help="Why; it is kept in the audit journal, where the person can see it.")]
Number = Annotated[
    str | None,
    typer.Argument(
        metavar="ID", help="The ID number; better left out: it is then asked for, and stays out of the shell's history."
    ),
]
Stdin = Annotated[bool, typer.Option("--stdin", help="Read the ID number from standard input.")]


def show(reason: Reason, number: Number = None, stdin: Stdin = False) -> None:
    """Shows a record with name and ID number masked.

    Example: canbao records show --reason 本人来电核对
    """
    asyncio.run(_show(given_number(number, stdin), reason.strip()))


def given_number(number: str | None, stdin: bool) -> str:
    """The ID number from the argument, a pipe, or asked for without showing it. Raises WrongUsage."""
    if number and stdin:
        raise WrongUsage("give the ID number either as an argument or by --stdin")
    if number:
        return number
    piped = stdin or not sys.stdin.isatty()
    read = sys.stdin.readline() if piped else str(typer.prompt("ID number", hide_input=True, err=True))
    read = read.strip()
    if not read:
        raise WrongUsage("no ID number was given; type it, or pipe it in with --stdin")
    return read


async def found_resident(records: OpenRecords, number: str, action: str, reason: str) -> Resident:
    """The resident of an ID number, once the look is written down. Raises WrongUsage."""
    from bot.audit.entry import Entry
    from bot.audit.journal import Journal
    from bot.records.id_number import read_id_number

    if not reason:
        raise WrongUsage("--reason is empty; say why this record is looked at")
    tidied = read_id_number(number, date.today()).text
    resident = await records.registry.by_id_number(tidied)
    if resident is None:
        raise WrongUsage("no resident of the register has this ID number")
    await Journal(records.engine).note(Entry("command", action, resident.id, reason))
    return resident


async def _show(number: str, reason: str) -> None:
    from bot.audit.entry import Action
    from bot.records.opening import open_records
    from bot.settings import Settings

    settings = Settings.found()
    async with open_records(settings) as records:
        resident = await found_resident(records, number, Action.LOOKED, reason)
        for line in await _lines(records, resident, settings.now or date.today()):
            print(line)


async def _lines(records: OpenRecords, resident: Resident, on: date) -> list[str]:
    from bot.records.exporting import HUKOU, STATUS

    record = await records.registry.record(resident, on)
    household = await records.registry.household_of(resident)
    lines = [
        f"{resident.masked_name}  {resident.masked_id}{'  （虚构）' if resident.fictional else ''}",
        f"出生 {resident.birth_date}  {record.town or '乡镇不详'} {resident.village}",
        f"户口 {HUKOU.get(resident.hukou or '', '不详')}  家庭 {len(household)} 人",
        f"{on} 的人员类别 {'、'.join(record.categories) or '没有登记'}",
    ]
    for one in record.enrolments:
        paid = f" {one.amount:f}元" if one.amount is not None else ""
        day = f" {one.paid_on}" if one.paid_on else ""
        lines.append(
            f"{one.year}年度 {STATUS.get(one.status, one.status)}{' ' + one.tier if one.tier else ''}{paid}{day}"
        )
    if spell := record.employee_insurance:
        lines.append(f"职工医保 {spell.months}个月{f'，到{spell.ended_on}止' if spell.ended_on else '，还在参保'}")
    return lines
