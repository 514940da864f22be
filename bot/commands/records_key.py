"""`canbao records rotate-key`: from one secret key to another."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import stderr
from bot.errors import WrongUsage

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.secrets.sealing import Secrets


def rotate_key(
    old: Annotated[
        Path | None, typer.Option("--old-key-file", help="A file with the old key (default: CANBAO_OLD_SECRET_KEY).")
    ] = None,
    new: Annotated[
        Path | None, typer.Option("--new-key-file", help="A file with the new key (default: CANBAO_SECRET_KEY).")
    ] = None,
) -> None:
    """Seals every record under the new key; end `canbao run` first. Broken off, it is run again and goes on.

    Conversations that are under way are forgotten, since they are found by the old key.

    Example: CANBAO_OLD_SECRET_KEY=… CANBAO_SECRET_KEY=… canbao records rotate-key
    """
    asyncio.run(_rotate(old, new))


async def _rotate(old_file: Path | None, new_file: Path | None) -> None:
    from bot.audit.entry import Action, Entry
    from bot.audit.journal import Journal
    from bot.secrets.rotation import rotate
    from bot.settings import Settings
    from bot.store.database import open_database

    settings = Settings.found()
    old = _secrets(old_file, settings.old_secret_key, "OLD_SECRET_KEY")
    new = _secrets(new_file, settings.secret_key, "SECRET_KEY")
    if old.key_id == new.key_id:
        raise WrongUsage("the old and the new key are the same")
    engine = await open_database(settings.database_url)
    rows = 0
    try:
        with _bar() as say:
            async for done in rotate(engine, old, new):
                rows = done.rows
                say(done.rows, done.of)
        detail = {"from": old.key_id.hex(), "to": new.key_id.hex()}
        await Journal(engine).note(Entry("command", Action.KEY_ROTATED, detail=detail))
    finally:
        await engine.dispose()
    print(f"{rows} rows are under the key {new.key_id.hex()}; keep it as CANBAO_SECRET_KEY and destroy the old one")


def _secrets(file: Path | None, given: SecretStr | None, name: str) -> Secrets:
    from bot.secrets.key import read_key
    from bot.secrets.sealing import Secrets

    if file is not None:
        try:
            return Secrets(read_key(file.read_text(encoding="ascii"), str(file)))
        except (OSError, UnicodeDecodeError) as error:
            raise WrongUsage(f"{file}: cannot be read ({type(error).__name__}); give a file with a key") from error
    if given is None:
        raise WrongUsage(f"no key: set CANBAO_{name} or give a file; see canbao records rotate-key --help")
    return Secrets(read_key(given.get_secret_value(), f"CANBAO_{name}"))


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.progress import Progress

    with Progress(console=stderr) as bar:
        task = bar.add_task("rows", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
