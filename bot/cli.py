"""The command `canbao`: its subcommands, and how errors reach a person: one line on standard error that says what to do."""

from __future__ import annotations

import sys

import typer

from bot.commands import ask, cases, chat, knowledge, nlu, run
from bot.errors import CanbaoError
from nlu.errors import NluError
from policy_kb.errors import PolicyError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="参保: answers on resident medical insurance (城乡居民基本医疗保险) from official notices, with the clause.",
)
app.command("run")(run.run)
app.command("chat")(chat.chat)
app.command("ask")(ask.ask)
app.command("cases")(cases.cases)
app.add_typer(knowledge.app, name="kb")
app.add_typer(nlu.app, name="nlu")


def main() -> None:
    """Runs the command; exit 1 for an error of ours, 2 for wrong usage, 130 for Ctrl-C."""
    try:
        app()
    except (CanbaoError, PolicyError, NluError) as error:
        print(f"canbao: {error}", file=sys.stderr)
        sys.exit(getattr(error, "exit_code", 1))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
