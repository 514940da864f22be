"""What a conversation keeps between two messages, as the assistant sees it; where it is kept is behind these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Protocol, TypeAlias

from bot.messages import MessageOut
from dialogues.state import State

if TYPE_CHECKING:
    from bot.store.ahead import Asks
    from bot.store.writing import Together


class Sessions(Protocol):
    """Where conversations' states are kept between messages."""

    async def load(self, session: str) -> State | None:
        """The state of a session; None where there is none."""
        ...

    async def save(self, session: str, state: State, beside: Together | None = None) -> None:
        """Keeps the state of a session, with `beside` where that is written in the same place, both or neither."""
        ...

    async def forget(self, session: str) -> None:
        """Deletes the state of a session."""
        ...


class MemorySessions:
    """States kept for the life of one command."""

    def __init__(self) -> None:
        self._states: dict[str, State] = {}

    async def load(self, session: str) -> State | None:
        return self._states.get(session)

    async def save(self, session: str, state: State, beside: Together | None = None) -> None:
        self._states[session] = state

    async def forget(self, session: str) -> None:
        self._states.pop(session, None)


class Ahead(Protocol):
    """Reads in one go what the parts of the program will look up for one message of a session."""

    def of(self, session: str, asks: Sequence[Asks]) -> AbstractAsyncContextManager[None]:
        """While the block lasts, what was read is at hand."""
        ...


Leave: TypeAlias = "Callable[[MessageOut], Together]"
"""What is to be written of a reply together with the conversation's state; given where a channel notes its answers."""
