"""What the documents say can be done can be done: commands, options, make targets, settings, paths and links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from bot.cases import Case, Outcome
from bot.cli import app
from bot.messages import MessageOut, read_message
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "nlu").glob("*.md")])
MADE = ("var", "models", "reports", ".venv", ".venv-nlu", ".env")
"""What only comes to be when the program runs."""
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"^\.?[\w-]+(?:\.\w+)*(?:/[\w.*-]+)*/?$")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def fences(path: Path, *languages: str) -> Iterator[str]:
    for language, body in FENCE.findall(path.read_text(encoding="utf-8")):
        if language in languages:
            yield body


def inline(path: Path) -> list[str]:
    return INLINE.findall(FENCE.sub("", path.read_text(encoding="utf-8")))


def commands(path: Path) -> Iterator[str]:
    """Every `canbao …` and `make …` of a document, from its shell blocks and its running text."""
    for body in fences(path, "sh", "bash", "console", ""):
        for line in body.splitlines():
            for part in re.split(r"\||&&", line.partition(" #")[0].removeprefix("$ ")):
                if part.strip().startswith(("canbao ", "make ", ".venv/bin/canbao ")):
                    yield part.strip().removeprefix(".venv/bin/")
    yield from (one for one in inline(path) if one.startswith(("canbao ", "make ")))


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_command_and_option_exists(path: Path) -> None:
    faults = [f"{line}: {fault}" for line in commands(path) if (fault := fault_of(line))]
    assert faults == []


def fault_of(line: str) -> str | None:
    words = shlex.split(line.replace("…", "X"))
    if words[0] == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return next((f"no target {one}" for one in words[1:] if "=" not in one and one not in targets), None)
    command: Any = typer.main.get_command(app)
    for at, word in enumerate(words[1:], 1):
        if not hasattr(command, "commands"):
            break
        if word.startswith("-") or word == "X":
            continue
        if word not in command.commands:
            return f"no command {' '.join(words[: at + 1])}"
        command = command.commands[word]
    options = {"--help", *(name for parameter in command.params for name in parameter.opts)}
    given = [word.partition("=")[0] for word in words if word.startswith("--")]
    return next((f"no option {one}" for one in given if one not in options), None)


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_path_exists(path: Path) -> None:
    tops = {one.name for one in ROOT.iterdir()} | set(MADE)
    missing = []
    for word in inline(path):
        if not PATH.match(word) or word.split("/")[0] not in tops or word.split("/")[0] in MADE:
            continue
        if not list(ROOT.glob(word.rstrip("/"))):
            missing.append(word)
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(path: Path) -> None:
    targets = [one.partition("#")[0] for one in LINK.findall(path.read_text(encoding="utf-8"))]
    assert [one for one in targets if one and "://" not in one and not (path.parent / one).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_setting_exists(path: Path) -> None:
    known = {f"CANBAO_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"CANBAO_[A-Z_]+", path.read_text(encoding="utf-8"))) <= known


def test_every_setting_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"CANBAO_{name.upper()}" not in text] == []


def test_the_case_and_the_messages_of_the_format_are_valid() -> None:
    path = ROOT / "docs" / "cases.md"
    (body,) = fences(path, "yaml")
    (raw,) = yaml.safe_load(body)
    assert Case.model_validate(raw).turns[0].expect is not None
    given, reply = fences(path, "json")
    assert read_message(given).id == "17"
    assert MessageOut.model_validate_json(reply).outcome == "answered"


def test_the_format_names_every_outcome() -> None:
    text = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")
    assert [one for one in Outcome.__args__ if f"| `{one}` |" not in text] == []  # type: ignore[attr-defined]
