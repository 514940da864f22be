"""The command `canbao`: its subcommands, and how errors reach a person: one line on standard error that says what to do."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from bot.commands import (
    ask,
    audit,
    cases,
    chat,
    database,
    demo,
    knowledge,
    nlu,
    records,
    reminders,
    run,
    sim,
    staff,
    wechat,
)
from bot.errors import CanbaoError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="参保: answers on resident medical insurance (城乡居民基本医疗保险) from official notices, with the clause.\n\n"
    "Example: canbao ask 低保户要交多少 --region 濉溪县 --now 2021-11-05",
)
app.command("run")(run.run)
app.command("chat")(chat.chat)
app.command("ask")(ask.ask)
app.command("cases")(cases.cases)
app.add_typer(knowledge.app, name="kb")
app.add_typer(nlu.app, name="nlu")
app.add_typer(sim.app, name="sim")
app.add_typer(reminders.app, name="reminders")
app.add_typer(records.app, name="records")
app.add_typer(database.app, name="db")
app.command("demo")(demo.demo)
app.add_typer(staff.app, name="staff")
app.add_typer(audit.app, name="audit")
app.add_typer(wechat.app, name="wechat")


def main() -> None:
    """Runs the command; exit 1 for an error of ours, 2 for wrong usage, 130 for Ctrl-C."""
    try:
        sys.exit(app(standalone_mode=False))
    except TyperException as error:
        _wrong_usage(error)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except BrokenPipeError:
        # what is left in the buffer cannot be written; Python would complain about that at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if not _is_ours(error):
            raise
        _leave(f"canbao: {error}", getattr(error, "exit_code", 1))


def _wrong_usage(error: TyperException) -> NoReturn:
    """One line with where the help is; a command given nothing at all prints its help."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "canbao"
    said = error.format_message() if hasattr(error, "format_message") else str(error)
    if type(error).__name__ == "NoArgsIsHelpError":
        print(said, file=sys.stderr)
        sys.exit(2)
    _leave(f"{command}: {said.rstrip('.')}; see {command} --help", 2)


def _is_ours(error: Exception) -> bool:
    from nlu.errors import NluError
    from policy_kb.errors import PolicyError

    return isinstance(error, CanbaoError | PolicyError | NluError)


def _leave(line: str, status: int) -> NoReturn:
    print(" ".join(line.split()), file=sys.stderr)
    sys.exit(status)
