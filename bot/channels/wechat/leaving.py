"""An answer on its way out: composed once, and noted together with what the conversation is after it, or not at all."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from bot.channels.wechat.claims import Claims
from bot.channels.wechat.inbound import Inbound
from bot.channels.wechat.passive import first_of, parts_of
from bot.channels.wechat.stages import Noted, Waiting
from bot.messages import MessageOut
from bot.store.writing import Together

Compose = Callable[[Inbound, str], str]
"""The body that shows a text as the answer to what came."""


class Leaving:
    """The answer to one message; `hint` stands under it, `passed` is given up by it (as `Claims.noting` has it)."""

    def __init__(
        self, key: bytes, inbound: Inbound, hint: str, passed: tuple[Waiting, ...], claims: Claims, compose: Compose
    ) -> None:
        self._key = key
        self._inbound = inbound
        self._hint = hint
        self._passed = passed
        self._claims = claims
        self._compose = compose
        self._words: str | None = None
        self._together: Together | None = None
        self.parts: tuple[str, ...] = ()
        self.body = ""
        self._noted = Noted.NOT_OURS

    def beside_state(self, reply: MessageOut) -> Together:
        """Notes the reply in the transaction that keeps the state; where it is not ours to give, no state is kept."""
        self._take(reply.reply)
        note = self._claims.noting(self._key, self.body, self.parts, self._passed)

        def write(connection: Connection) -> bool:
            self._noted = note(connection)
            return self._noted is not Noted.NOT_OURS

        self._together = Together(write)
        return self._together

    async def note(self, words: str) -> Noted:
        """What became of it; it is noted by itself unless it stands already. Raises SQLAlchemyError, OSError."""
        self._take(words)
        if self._together is not None and self._together.committed:
            return self._noted
        return await self._claims.answer(self._key, self.body, self.parts, self._passed)

    def _take(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self.parts = parts_of(words + self._hint) if words else ()
            self.body = self._compose(self._inbound, first_of(self.parts) if self.parts else "")
