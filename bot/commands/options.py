"""Options that several commands share, read strictly."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from bot.errors import WrongUsage
from bot.messages import ResidentIn

stderr = Console(stderr=True)


def day(text: str) -> date:
    """A day as YYYY-MM-DD; raises typer.BadParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day of the calendar; write it as 2021-11-05") from None


Now = Annotated[
    date | None, typer.Option(parser=day, metavar="DATE", help="The day on which this takes place (default: today).")
]
Region = Annotated[
    str | None, typer.Option(help="Where the resident belongs: a county or town by name or GB/T 2260 code.")
]


def read_resident(path: Path) -> ResidentIn:
    """A resident object from a JSON file. Raises WrongUsage."""
    try:
        return ResidentIn.model_validate_json(path.read_bytes())
    except OSError as error:
        raise WrongUsage(f"{path}: cannot be read ({error.strerror}); give a JSON file") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "file"
        raise WrongUsage(f"{path}: {place}: {first['msg']}; see docs/cases.md for a resident") from error


def say_starting() -> None:
    """Tells a person at a terminal why there is a pause."""
    if sys.stderr.isatty():
        stderr.print("[dim]starting the NLU server (some 10 to 20 seconds) …[/]")
