"""`canbao nlu`: Rasa's training and evaluation on this project's data, and the NLU server alone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import starting, stderr
from bot.errors import WrongUsage

PROJECT = Path(__file__).resolve().parent.parent.parent

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Training, evaluation and server of the NLU side.")


@app.command()
def train() -> None:
    """Trains the model from config.yml and nlu/data; what has not changed is not trained again.

    Example: canbao nlu train
    """
    with stderr.status("training …"):
        model = train_model(PROJECT)
    print(f"model: {model.relative_to(PROJECT)}")


@app.command("test")
def judge(
    data: Annotated[Path, typer.Option(help="Test sentences, in Rasa's format.")] = PROJECT / "nlu" / "test",
    out: Annotated[Path, typer.Option(help="Where the reports go.")] = PROJECT / "reports" / "nlu",
) -> None:
    """Runs Rasa's evaluation on sentences the model has not seen, and sums it up by topic.

    Example: canbao nlu test
    """
    with stderr.status("testing …"):
        evaluate(data, out)
    print((out / "summary.md").read_text(encoding="utf-8"))


@app.command()
def serve(port: Annotated[int | None, typer.Option(help="Port on loopback (default: a free one).")] = None) -> None:
    """Serves POST /model/parse on loopback until Ctrl-C; other commands find it by themselves.

    Example: canbao nlu serve --port 5005
    """
    asyncio.run(_serve(port))


async def _serve(port: int | None) -> None:
    async with NluServer(PROJECT, port=port) as server:
        print(f"NLU server at {server.url}; Ctrl-C stops it", flush=True)
        await asyncio.Event().wait()
