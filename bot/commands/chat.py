"""`canbao chat`: a conversation in the terminal."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.options import Now, Region, Resident, known_region, open_assistant, read_resident
from bot.project import VAR

if TYPE_CHECKING:
    from bot.messages import ResidentIn
    from bot.terminal import Terminal

HISTORY = VAR / "chat-history"


def chat(region: Region = None, now: Now = None, resident: Resident = None) -> None:
    """A conversation in the terminal: type a question, or the number of a choice; /原文 shows the clause, Ctrl-D leaves.

    Example: canbao chat --region 濉溪县 --now 2021-11-05
    """
    record = read_resident(resident)
    known_region(region)
    asyncio.run(_chat(region, now, record))


async def _chat(region: str | None, now: date | None, resident: ResidentIn | None) -> None:
    async with AsyncExitStack() as stack:
        assistant = await open_assistant(stack, now)
        from rich.console import Console

        from bot.terminal import HELP, Terminal

        terminal = Terminal(assistant, region, now, resident, Console(highlight=False))
        if not sys.stdin.isatty():
            await _piped(terminal)
            return
        terminal.console.print(f"[bold]居民医保问答[/]\n[dim]{HELP}[/]\n")
        await _typed(terminal)


async def _piped(terminal: Terminal) -> None:
    while line := await asyncio.to_thread(sys.stdin.buffer.readline):
        text = line.decode("utf-8", "replace").strip()
        if text:
            await terminal.hear(text)


async def _typed(terminal: Terminal) -> None:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import HTML
    from prompt_toolkit.history import FileHistory

    prompt: PromptSession[str] = PromptSession(
        HTML("<ansicyan><b>您：</b></ansicyan>"), history=FileHistory(str(_history()))
    )
    while True:
        try:
            line = await prompt.prompt_async()
        except KeyboardInterrupt:
            continue
        except EOFError:
            terminal.console.print("[dim]再见。[/]")
            return
        if line.strip():
            await terminal.hear(line.strip())


def _history() -> Path:
    """The file of what was typed before, for its owner's eyes only."""
    HISTORY.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(HISTORY, os.O_CREAT | os.O_APPEND, 0o600))
    return HISTORY
