"""Waits until something has come true, however slow the machine is; nothing here waits a fixed time."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Callable


async def until(true: Callable[[], object], within: float = 10.0) -> None:
    """Asks again and again, until `true` (or what it awaits) holds; fails after `within` seconds."""
    end = time.monotonic() + within
    while True:
        found = true()
        if await found if inspect.isawaitable(found) else found:
            return
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.005)
