"""The command `canbao`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from bot import composition
from bot.cases import read_cases, run_cases
from bot.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback()
def _root() -> None:
    """参保: answers on resident medical insurance from official notices, with the clause."""


@app.command()
def cases(files: Annotated[list[Path], typer.Argument()], as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Runs conversation cases and prints what fell short."""
    loaded = [case for file in files for case in read_cases(file)]

    async def run() -> list[object]:
        async with composition.assistant(Settings(), starting=lambda: print("starting the NLU server …", file=sys.stderr)) as assistant:
            return [one async for one in run_cases(assistant, loaded)]

    verdicts = asyncio.run(run())
    totals: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in verdicts:
        totals[one.topic] += 1
        right[one.topic] += one.right
        if not one.right:
            print(f"{one.case} [{one.turn}] {one.ask}")
            for line in one.shortfalls:
                print(f"    {line}")
            print("    > " + (one.reply.reply.replace("\n", " / ") if one.reply else ""), f"({one.reply.topic if one.reply else ''})")
    for topic in sorted(totals):
        print(f"{topic}: {right[topic]}/{totals[topic]}")
    print(f"{sum(right.values())} of {sum(totals.values())} right")
    raise SystemExit(0 if sum(right.values()) == sum(totals.values()) else 1)


def main() -> None:
    """The entry point."""
    app()
