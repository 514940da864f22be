"""`canbao chat`: a conversation in the terminal."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot import composition
from bot.assistant import Assistant
from bot.commands.options import Now, Region, read_resident, say_starting
from bot.errors import CanbaoError
from bot.messages import MessageIn, MessageOut, ResidentIn
from bot.settings import PROJECT, Settings

HELP = "直接打字提问；回复数字选一项；/原文 看上一条答案依据的条款；/新 重新开始；Ctrl-D 离开"


@dataclass
class Terminal:
    """One conversation: what opens it, and the last reply."""

    assistant: Assistant
    region: str | None
    now: date | None
    resident: ResidentIn | None
    console: Console
    turn: int = 0
    round: int = 0
    last: MessageOut | None = None

    async def hear(self, text: str) -> None:
        """One line typed."""
        if text in ("/原文", "/clause"):
            self.show_clauses()
        elif text in ("/新", "/new"):
            self.turn, self.round, self.last = 0, self.round + 1, None
            self.console.print("[dim]好，重新开始。[/]")
        elif text in ("/?", "/help", "/帮助"):
            self.console.print(f"[dim]{HELP}[/]")
        else:
            await self.say(text)

    async def say(self, text: str) -> None:
        """One message and its reply."""
        self.turn += 1
        opening = {"region": self.region, "now": self.now, "resident": self.resident} if self.turn == 1 else {}
        message = MessageIn.model_validate(
            {"id": str(self.turn), "session": f"chat-{self.round}", "text": text, **opening}
        )
        self.last = await self.assistant.answer(message)
        self.console.print(reply_panel(self.last))

    def show_clauses(self) -> None:
        """The clauses of the last reply in the notice's own words."""
        if self.last is None or not self.last.citations:
            self.console.print("[dim]上一条答案没有引用条款。[/]")
            return
        for cite in self.last.citations:
            notice = self.assistant.kb.notices[cite.notice].notice
            self.console.print(
                Panel(notice.text_of(cite.clause), title=f"{notice.short_title} {cite.clause}", title_align="left")
            )


def reply_panel(reply: MessageOut) -> Panel:
    """A reply with its first line set off."""
    first, _, rest = reply.reply.partition("\n")
    return Panel(Text(first, style="bold") + Text("\n" + rest if rest else ""), border_style="green", width=76)


def chat(
    region: Region = None,
    now: Now = None,
    resident: Annotated[Path | None, typer.Option(help="A JSON file with a resident's record.")] = None,
) -> None:
    """A conversation in the terminal.

    Example: canbao chat --region 濉溪县 --now 2021-11-05
    """
    record = read_resident(resident) if resident else None
    asyncio.run(_chat(region, now, record))


async def _chat(region: str | None, now: date | None, resident: ResidentIn | None) -> None:
    settings = Settings()
    async with composition.assistant(settings, today=now, starting=say_starting) as assistant:
        terminal = Terminal(assistant, region, now, resident, Console())
        if not sys.stdin.isatty():
            await _piped(terminal)
            return
        terminal.console.print(f"[bold]居民医保问答[/]　[dim]{HELP}[/]")
        await _typed(terminal)


async def _piped(terminal: Terminal) -> None:
    while line := await asyncio.to_thread(sys.stdin.readline):
        await _heard(terminal, line.strip())


async def _typed(terminal: Terminal) -> None:
    history = PROJECT / "var" / "chat-history"
    history.parent.mkdir(exist_ok=True)
    prompt: PromptSession[str] = PromptSession("您：", history=FileHistory(str(history)))
    while True:
        try:
            line = await prompt.prompt_async()
        except KeyboardInterrupt:
            continue
        except EOFError:
            terminal.console.print("[dim]再见。[/]")
            return
        if line.strip():
            await _heard(terminal, line.strip())


async def _heard(terminal: Terminal, line: str) -> None:
    try:
        await terminal.hear(line)
    except CanbaoError as error:
        terminal.console.print(f"[red]{error}[/]")
