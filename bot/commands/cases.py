"""`canbao cases`: runs conversation cases and prints what fell short."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import open_assistant, stderr

if TYPE_CHECKING:
    from bot.cases import Case, Verdict


def cases(
    files: Annotated[list[Path], typer.Argument(help="Files of cases, YAML or JSON Lines.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print every verdict as a JSON object, one a line.")] = False,
) -> None:
    """Holds each conversation and compares the replies with what is expected; exit 1 if any fell short.

    Example: canbao cases tests/cases/suixi-2022.yml
    """
    from bot.cases import read_cases

    loaded = [case for file in files for case in read_cases(file)]
    verdicts = asyncio.run(_run(loaded))
    print("\n".join(_as_json(one) for one in verdicts) if as_json else _report(verdicts))
    raise SystemExit(0 if all(one.right for one in verdicts) else 1)


async def _run(loaded: list[Case]) -> list[Verdict]:
    from rich.progress import track

    from bot.cases import run_cases

    async with AsyncExitStack() as stack:
        assistant = await open_assistant(stack)
        shown = track(loaded, "cases", console=stderr, disable=not stderr.is_terminal, transient=True)
        return [one async for one in run_cases(assistant, shown)]


def _report(verdicts: list[Verdict]) -> str:
    lines = [line for one in verdicts if not one.right for line in _shortfall(one)]
    total = Counter(one.topic for one in verdicts)
    right = Counter(one.topic for one in verdicts if one.right)
    lines += [f"{topic:<16} {right[topic]:>4} of {total[topic]:>4}" for topic in sorted(total)]
    all_right, all_judged = sum(right.values()), sum(total.values())
    share = 100 * all_right / all_judged if all_judged else 100.0
    return "\n".join([*lines, f"{'all':<16} {all_right:>4} of {all_judged:>4} turns right ({share:.1f}%)"])


def _shortfall(verdict: Verdict) -> list[str]:
    reply = verdict.reply.reply.replace("\n", "\n      ") if verdict.reply else "(no reply)"
    return [
        f"{verdict.case} turn {verdict.turn}: {verdict.ask}",
        *(f"  {one}" for one in verdict.shortfalls),
        f"    > {reply}",
        "",
    ]


def _as_json(verdict: Verdict) -> str:
    return json.dumps(
        {
            "case": verdict.case,
            "turn": verdict.turn,
            "ask": verdict.ask,
            "right": verdict.right,
            "shortfalls": verdict.shortfalls,
            "reply": verdict.reply.model_dump(mode="json") if verdict.reply else None,
        },
        ensure_ascii=False,
    )
