"""`canbao audit`: the journal of who saw and did what, and whether it is whole."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import JournalBroken, WrongUsage

if TYPE_CHECKING:
    from bot.audit.entry import Written
    from bot.audit.verification import Verdict

app = typer.Typer(no_args_is_help=True, help="The audit journal: who saw and did what.\n\nExample: canbao audit verify")


@app.command("verify")
def verify(
    noted: Annotated[
        str | None,
        typer.Option(
            metavar="ROW:HASH", help="A row's number and hash as this command printed them on an earlier day."
        ),
    ] = None,
) -> None:
    """Walks the chain of hashes; says the first broken link and exits 1, else prints the number of rows and the last hash.

    Example: canbao audit verify --noted 1204:3f0c…
    """
    known = _read_noted(noted)
    verdict = asyncio.run(_verified(known))
    if verdict.broken:
        raise JournalBroken(
            f"audit journal: {verdict.broken}; {verdict.rows} rows before it hold. Keep this database, and compare it "
            "with a backup"
        )
    print(f"{verdict.rows} rows hold; note this elsewhere: {verdict.rows}:{verdict.head}")


@app.command("list")
def entries(
    last: Annotated[int, typer.Option(min=1, max=10_000, help="How many, the newest.")] = 50,
) -> None:
    """Prints the newest entries, oldest first.

    Example: canbao audit list --last 20
    """
    for one in asyncio.run(_listed(last)):
        entry = one.entry
        subject = f" resident {entry.subject}" if entry.subject is not None else ""
        detail = " ".join(f"{name}={value}" for name, value in entry.detail.items())
        told = [f"{one.seq:>7} {one.at:%Y-%m-%d %H:%M:%S} {entry.actor} {entry.action}{subject}", entry.reason, detail]
        print("  ".join(part for part in told if part))


def _read_noted(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    row, _, told = text.partition(":")
    if not row.isdecimal() or len(told) != 64:
        raise WrongUsage(f"--noted {text!r}: write the row and its hash as canbao audit verify prints them, 12:3f0c…")
    return int(row), told


async def _verified(noted: tuple[int, str] | None) -> Verdict:
    from bot.audit.verification import verify as verify_all
    from bot.settings import Settings
    from bot.store.database import open_database

    engine = await open_database(Settings.found().database_url)
    try:
        return await verify_all(engine, noted)
    finally:
        await engine.dispose()


async def _listed(last: int) -> tuple[Written, ...]:
    from bot.audit.journal import Journal
    from bot.settings import Settings
    from bot.store.database import open_database

    engine = await open_database(Settings.found().database_url)
    try:
        return await Journal(engine).entries(last=last)
    finally:
        await engine.dispose()
