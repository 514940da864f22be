"""Options that several commands share, read strictly; what takes long to import is imported when a command runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot.day import read_today
from bot.errors import WrongUsage

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.messages import ResidentIn

stderr = Console(stderr=True, highlight=False)


def day(text: str) -> date:
    """A day as YYYY-MM-DD; raises typer.BadParameter."""
    try:
        return read_today(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


Now = Annotated[
    date | None, typer.Option(parser=day, metavar="DATE", help="The day on which this takes place (default: today).")
]
Region = Annotated[
    str | None, typer.Option(help="Where the resident belongs: a county or town by name or GB/T 2260 code.")
]
Resident = Annotated[Path | None, typer.Option(help="A JSON file with a resident's record; docs/cases.md has one.")]


def read_resident(path: Path | None) -> ResidentIn | None:
    """A resident object from a JSON file. Raises WrongUsage."""
    from pydantic import ValidationError

    from bot.messages import ResidentIn, first_fault

    if path is None:
        return None
    try:
        return ResidentIn.model_validate_json(path.read_bytes())
    except OSError as error:
        raise WrongUsage(f"{path}: cannot be read ({error.strerror}); give a JSON file") from error
    except ValidationError as error:
        raise WrongUsage(f"{path}: {first_fault(error)}; see docs/cases.md for a resident") from error


def known_region(name: str | None) -> None:
    """Refuses a region nobody knows before half a minute of starting. Raises UnknownRegion."""
    from bot import composition
    from bot.assistant import region_code

    if name is not None:
        region_code(composition.knowledge(), name)


@contextmanager
def starting() -> Iterator[Callable[[], None]]:
    """Shows a person at a terminal why there is a pause; what it gives is called once an NLU server has to be started."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with stderr.status("[dim]reading the notices …[/]") as status:
        yield lambda: status.update("[dim]starting the NLU server (10 to 20 seconds; `canbao run` keeps one) …[/]")


async def open_assistant(stack: AsyncExitStack, today: date | None = None) -> Assistant:
    """An assistant with its NLU server, until the stack is closed; a person at a terminal sees that it starts."""
    with starting() as say:
        from bot import composition
        from bot.settings import Settings

        return await stack.enter_async_context(composition.assistant(Settings.found(), today, say))
