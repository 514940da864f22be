"""`canbao db`: the schema of the database."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy import Connection

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The database.\n\nExample: canbao db upgrade")


@app.command()
def upgrade(
    mend: Annotated[
        bool, typer.Option("--mend", help="Take out the empty tables that a migration left which broke off.")
    ] = False,
) -> None:
    """Brings the database to this version's schema (every start does so too), and says what it is.

    Example: canbao db upgrade
    """
    asyncio.run(_upgrade(mend))


async def _upgrade(mend: bool) -> None:
    from bot.settings import Settings
    from bot.store import schema
    from bot.store.database import open_database

    left: list[str] = []

    def mended(connection: Connection) -> None:
        left.extend(schema.mend(connection))

    engine = await open_database(Settings.found().database_url, mended if mend else schema.upgrade)
    async with engine.connect() as connection:
        revisions = await connection.run_sync(schema.noted)
    await engine.dispose()
    if left:
        print(f"taken out, since half made: {', '.join(left)}")
    print(f"the database is of schema {', '.join(revisions)}, the newest")
