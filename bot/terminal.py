"""A conversation in a terminal: what is typed, the replies, and the clauses they stand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.assistant import Assistant
from bot.errors import CanbaoError
from bot.messages import MessageIn, MessageOut, ResidentIn
from policy_kb.errors import PolicyError

HELP = "直接打字提问；回复数字选一项；/原文 看上一条答案依据的条款；/新 重新开始；Ctrl-D 离开"
WIDEST = 84
"""Columns a reply takes at most; longer lines are hard to read."""


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
        """One line typed; what goes wrong is shown and the conversation goes on."""
        try:
            await self._hear(text)
        except (CanbaoError, PolicyError) as error:
            self.console.print(Text(str(error), style="red"))

    async def _hear(self, text: str) -> None:
        if text in ("/原文", "/clause"):
            self.show_clauses()
        elif text in ("/新", "/new"):
            self.turn, self.round, self.last = 0, self.round + 1, None
            self.console.print("[dim]好，重新开始。[/]")
        elif text.startswith("/"):
            self.console.print(f"[dim]{HELP}[/]")
        else:
            await self.say(text)

    async def say(self, text: str) -> None:
        """One message and its reply."""
        opening = {"region": self.region, "now": self.now, "resident": self.resident} if self.turn == 0 else {}
        self.turn += 1
        message = MessageIn.model_validate(
            {"id": str(self.turn), "session": f"chat-{self.round}", "text": text, **opening}
        )
        self.last = await self.assistant.answer(message)
        self.console.print(reply_panel(self.last, self.console.width))

    def show_clauses(self) -> None:
        """The clauses of the last reply in the notice's own words."""
        if self.last is None or not self.last.citations:
            self.console.print("[dim]上一条答案没有引用条款。[/]")
            return
        for cite in self.last.citations:
            notice = self.assistant.kb.notices[cite.notice].notice
            self.console.print(
                Panel(
                    Text(notice.text_of(cite.clause)),
                    title=Text(f"《{notice.short_title}》{cite.clause}"),
                    title_align="left",
                    border_style="dim",
                    width=min(self.console.width, WIDEST),
                )
            )


def reply_panel(reply: MessageOut, width: int) -> Panel:
    """A reply with its first line set off, its basis subdued, and its choices numbered apart."""
    listed = {f"{at}. {one}" for at, one in enumerate(reply.choices, 1)}
    first, *rest = [line for line in reply.reply.split("\n") if line not in listed]
    body = Text(first, style="bold")
    for line in rest:
        body.append(f"\n{line}", style="dim" if line.startswith("依据：") else "not bold")
    for at, label in enumerate(reply.choices, 1):
        body.append(f"\n{'' if at > 1 else chr(10)}  {at}", style="bold cyan").append(f"  {label}", style="cyan")
    return Panel(body, border_style="green" if reply.outcome == "answered" else "yellow", width=min(width, WIDEST))
