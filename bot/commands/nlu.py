"""`canbao nlu`: Rasa's training and evaluation on this project's data, and the NLU server alone."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.ending import run_until_ended
from bot.commands.options import stderr
from bot.commands.ports import claim
from bot.errors import WrongUsage
from bot.project import PROJECT

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Training, evaluation and server of the NLU side.\n\nExample: canbao nlu train",
)


@app.command()
def train() -> None:
    """Trains the model from config.yml and nlu/data; what has not changed is not trained again.

    Example: canbao nlu train
    """
    from nlu.training import train as train_model

    began = time.monotonic()
    with _working("training (about a minute; less where little has changed) …"):
        model = train_model(PROJECT)
    print(f"model: {model.relative_to(PROJECT)} ({time.monotonic() - began:.0f} s)")


@app.command("test")
def judge(
    data: Annotated[Path, typer.Option(help="Test sentences, in Rasa's format.")] = Path("nlu/test"),
    out: Annotated[Path, typer.Option(help="Where the reports go.")] = Path("reports/nlu"),
) -> None:
    """Runs Rasa's evaluation on sentences the model has not seen, and sums it up by topic; scores entities as well.

    Example: canbao nlu test
    """
    from bot.composition import knowledge
    from bot.lexicon import lexicon_of
    from nlu.evaluation import evaluate

    data, out = PROJECT / data, PROJECT / out
    if not data.exists():
        raise WrongUsage(f"--data {data}: there is no such file or folder; give sentences in Rasa's format")
    with _working("testing (about a minute) …"):
        evaluate(data, out, lexicon_of(knowledge()))
    print((out / "summary.md").read_text(encoding="utf-8"))


@app.command()
def check() -> None:
    """Looks at every training phrase and test sentence; exit 1 and one line a fault. Takes some seconds, needs no Rasa.

    Example: canbao nlu check
    """
    from bot.composition import knowledge
    from bot.lexicon import lexicon_of
    from nlu.data_check import check as check_data

    lexicon = lexicon_of(knowledge())
    checked = check_data(PROJECT, {*lexicon.categories, *lexicon.tiers})
    for fault in checked.faults:
        print(fault)
    if checked.faults:
        raise SystemExit(1)
    print(f"{checked.phrases} phrases, {checked.test_sentences} test sentences: no fault")


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port on loopback (default: a free one).")] = None,
) -> None:
    """Serves POST /model/parse on loopback until Ctrl-C; other commands find it by themselves.

    Example: canbao nlu serve --port 5005
    """
    if port:
        claim("127.0.0.1", port, "give another with --port")
    run_until_ended(_serve(port))


async def _serve(port: int | None) -> None:
    from nlu.server import NluServer

    async with AsyncExitStack() as stack:
        with _working("starting (10 to 20 seconds) …"):
            server = await stack.enter_async_context(NluServer(PROJECT, port=port))
        print(f"NLU server at {server.url}; Ctrl-C stops it", flush=True)
        await asyncio.Event().wait()


@contextmanager
def _working(what: str) -> Iterator[None]:
    """A spinner on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    with stderr.status(f"[dim]{what}[/]"):
        yield
