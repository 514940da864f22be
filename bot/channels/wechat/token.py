"""access_token by stable_token: kept in the database, fetched by one process at a time, fetched anew when refused."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import Unreadable, WechatFailed
from bot.secrets.sealing import Place, Secrets
from bot.store.columns import utc
from bot.store.tables.wechat import TOKENS
from bot.store.upserting import insert_if_new
from bot.store.writing import transact

FETCHING = timedelta(seconds=10)
"""How long one process may take to fetch; above the call's own time limit."""
PAUSE = timedelta(seconds=2)
"""After a failure nobody tries for so long."""
PATIENCE = 8.0
"""Seconds to wait for a token that another process fetches."""
EARLY = 120.0
"""Seconds before its end from which a token counts as old; the platform itself renews it five minutes before."""
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Token:
    """A token and which one it is, so that it is refused only once."""

    value: str
    generation: int

    def __repr__(self) -> str:
        return f"Token({self.generation})"


Kept = tuple[bytes | None, int, bool, datetime]
"""Sealed token, generation, refused, expires."""
Fetch = Callable[[bool], Awaitable[tuple[str, float]]]
"""Calls stable_token, by force or not: the token and its seconds. Raises WechatFailed."""


class AccessTokens:
    """The tokens of all accounts of one database; `owner` names this process."""

    def __init__(self, engine: AsyncEngine, secrets: Secrets, owner: str, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._secrets = secrets
        self._owner = owner
        self._clock = clock

    async def of(self, account: str, fetch: Fetch) -> Token:
        """A token that should hold; fetched where there is none. Raises WechatFailed."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while True:
            row = await self._row(account)
            if row is not None and (token := self._good(account, row)) is not None:
                return token
            if await self._lease(account):
                return await self._fetched(account, await self._row(account), fetch)
            if asyncio.get_running_loop().time() > end:
                raise WechatFailed(f"account {account}: no access token within {PATIENCE:.0f} s; see the log for why")
            await asyncio.sleep(0.1)

    async def refused(self, account: str, token: Token) -> None:
        """The platform does not take this token any more."""
        this = (TOKENS.c.account == account) & (TOKENS.c.generation == token.generation)
        change = update(TOKENS).where(this).values(expires=_LONG_AGO, refused=True)
        await transact(self._engine, lambda connection: connection.execute(change))

    async def _row(self, account: str) -> Kept | None:
        columns = (TOKENS.c.token, TOKENS.c.generation, TOKENS.c.refused, TOKENS.c.expires)
        this = select(*columns).where(TOKENS.c.account == account)
        row = await transact(self._engine, lambda connection: connection.execute(this).one_or_none())
        return None if row is None else (row.token, row.generation, row.refused, row.expires)

    def _good(self, account: str, row: Kept) -> Token | None:
        sealed, generation, _, expires = row
        if sealed is None or utc(expires) <= self._clock():
            return None
        value = self._value(account, sealed)
        return Token(value, generation) if value else None

    def _value(self, account: str, sealed: bytes) -> str | None:
        """The token; None where it was sealed under another key, so that a new one is fetched."""
        try:
            return self._secrets.unseal(sealed, _place(account))
        except Unreadable:
            return None

    async def _lease(self, account: str) -> bool:
        """Whether it is ours to fetch; of all processes one gets it."""
        now = self._clock()
        first = {"account": account, "generation": 0, "refused": False}
        first |= {"expires": _LONG_AGO, "lease": _LONG_AGO, "silent_until": _LONG_AGO}
        free = (TOKENS.c.account == account) & (TOKENS.c.lease < now) & (TOKENS.c.expires <= now)
        change = update(TOKENS).where(free).values(owner=self._owner, lease=now + FETCHING)

        def lease(connection: Connection) -> bool:
            connection.execute(insert_if_new(TOKENS, connection.dialect.name), first)
            return connection.execute(change).rowcount > 0

        return await transact(self._engine, lease)

    async def _fetched(self, account: str, row: Kept | None, fetch: Fetch) -> Token:
        assert row is not None, "whoever has the lease has made the row"
        sealed, generation, refused, _ = row
        old = self._value(account, sealed) if sealed is not None and refused else None
        try:
            value, seconds = await fetch(False)
            if value == old:
                # the platform still gives out what it refuses: twenty times a day it may be forced
                value, seconds = await fetch(True)
        except BaseException:
            await self._write(account, {"lease": self._clock() + PAUSE})
            raise
        token = Token(value, generation + 1)
        expires = self._clock() + timedelta(seconds=seconds - min(EARLY, seconds / 10))
        values = {"token": self._secrets.seal(value, _place(account)), "generation": token.generation}
        await self._write(account, values | {"refused": False, "expires": expires, "lease": _LONG_AGO})
        return token

    async def _write(self, account: str, values: dict[str, object]) -> None:
        mine = (TOKENS.c.account == account) & (TOKENS.c.owner == self._owner)
        change = update(TOKENS).where(mine).values(values)
        await transact(self._engine, lambda connection: connection.execute(change))


def _place(account: str) -> Place:
    return Place(TOKENS.name, "token", account)
