"""Typing into a stand-in: lines from a terminal or a pipe, and what appears on the screen as it comes."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable, Sequence

from bot.sim.wechat.follower import Line

MARKS = {"me": "> ", "account": "< ", "system": "! "}
"""How a line on the screen begins: one's own, the bot's, the platform's."""
LINGER = 1.0
"""Seconds in which an answer that is still on its way may come after the last line of a pipe."""


async def read_lines(hear: Callable[[str], Awaitable[None]], screen: Sequence[Line]) -> None:
    """Gives each line typed to `hear` and prints what is new on `screen`, until the input ends."""
    printing = asyncio.create_task(_print(screen))
    try:
        while line := await asyncio.to_thread(sys.stdin.buffer.readline):
            text = line.decode("utf-8", "replace").strip()
            if text:
                await hear(text)
        await asyncio.sleep(LINGER)
    finally:
        printing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await printing


async def _print(screen: Sequence[Line]) -> None:
    """Prints each line as it appears; what was typed at a terminal stands there already."""
    shown = 0
    while True:
        for line in screen[shown:]:
            if line.who != "me" or not sys.stdin.isatty():
                print(MARKS[line.who] + line.text.replace("\n", "\n  "), flush=True)
        shown = len(screen)
        await asyncio.sleep(0.05)
