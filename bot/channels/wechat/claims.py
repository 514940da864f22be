"""Who computes a message, what was answered to it, and what is still to be told: the table wechat_message."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Update, bindparam, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.wechat.meaning import Earned
from bot.channels.wechat.quota import earn
from bot.channels.wechat.stages import DONE, KEPT, MORE, OPEN, PROMISED, SENDING, Noted, Taken, Waiting
from bot.secrets.sealing import Place, Secrets
from bot.store.tables.wechat import FOLLOWERS, MESSAGES
from bot.store.upserting import insert_if_new
from bot.store.writing import transact

LEASE = timedelta(seconds=3)
"""How long a process that says nothing keeps a message; below the platform's five seconds, so that a retry can take over."""
UNFINISHED = text("stage <> 'done'")
"""As the indexes have it."""
_OURS = (MESSAGES.c.key == bindparam("this")) & (MESSAGES.c.owner == bindparam("us"))
_ANSWERED = update(MESSAGES).where(_OURS, MESSAGES.c.stage == OPEN)
_BODY = select(MESSAGES.c.body).where(MESSAGES.c.key == bindparam("this"))
_OTHERS = (
    select(MESSAGES.c.key, MESSAGES.c.stage, MESSAGES.c.by_one)
    .where(MESSAGES.c.caller == bindparam("by"), UNFINISHED, MESSAGES.c.key != bindparam("this"))
    .order_by(MESSAGES.c.received.desc())
)
_PLACE = select(FOLLOWERS.c.place).where(FOLLOWERS.c.caller == bindparam("by"))


class Claims:
    """The rows as one process sees them; `owner` is its name."""

    def __init__(self, engine: AsyncEngine, secrets: Secrets, owner: str, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._secrets = secrets
        self._owner = owner
        self._clock = clock

    async def take(self, key: bytes, caller: bytes, account: str, content: str, earned: Earned | None) -> Taken:
        """Claims a message, and notes what it allows us to send; of two processes one gets it."""
        now = self._clock()
        row = {
            "key": key,
            "caller": caller,
            "account": account,
            "received": now,
            "stage": OPEN,
            "owner": self._owner,
            "lease": now + LEASE,
            "content": self.sealed("content", key, content),
            "by_one": True,
        }

        def claim(connection: Connection) -> Taken:
            made = connection.execute(insert_if_new(MESSAGES, connection.dialect.name), row)
            if made.rowcount == 0:
                return Taken(mine=False, body=self._body(connection, key))
            if earned is not None:
                earn(connection, caller, earned, now)
            return _surroundings(connection, key, caller)

        return await transact(self._engine, claim)

    async def body(self, key: bytes) -> str | None:
        """What was answered, if anything was yet."""
        return await transact(self._engine, lambda connection: self._body(connection, key))

    def _body(self, connection: Connection, key: bytes) -> str | None:
        sealed = connection.scalar(_BODY, {"this": key})
        return None if sealed is None else self._unsealed("body", key, sealed)

    def noting(
        self, key: bytes, body: str, parts: Sequence[str], passed: Sequence[Waiting] = ()
    ) -> Callable[[Connection], Noted]:
        """What notes an answer, in whosever transaction: as the answer where the message is still open, else for later.

        `parts` is all of it, `body` shows the first. `passed`: what the caller did not ask to see before asking this.
        """
        told = self._told(key, body, parts[1:]) | {"stage": MORE if parts[1:] else DONE, "content": None}
        told |= {"this": key, "us": self._owner}

        def note(connection: Connection) -> Noted:
            if connection.execute(_ANSWERED, told).rowcount:
                self._pass(connection, passed)
                return Noted.TOLD
            later = self._ours(key, PROMISED).values(rest=self._parts(key, parts))
            return Noted.LATER if connection.execute(later).rowcount else Noted.NOT_OURS

        return note

    async def answer(self, key: bytes, body: str, parts: Sequence[str], passed: Sequence[Waiting] = ()) -> Noted:
        """Notes an answer in a transaction of its own."""
        return await transact(self._engine, self.noting(key, body, parts, passed))

    def _told(self, key: bytes, body: str, rest: Sequence[str]) -> dict[str, object]:
        return {"body": self.sealed("body", key, body), "rest": self._parts(key, rest), "by_one": bool(rest)}

    def _pass(self, connection: Connection, passed: Sequence[Waiting]) -> None:
        """The end of a long answer is given up; a bare 1 no longer means what was asked before."""
        for one in passed:
            change = update(MESSAGES).where(MESSAGES.c.key == one.key)
            if one.stage == MORE:
                change = change.where(MESSAGES.c.stage == MORE).values(stage=DONE, rest=None, by_one=False)
            else:
                change = change.values(by_one=False)
            connection.execute(change)

    async def answer_from(self, key: bytes, source: bytes, compose: Callable[[list[str]], str]) -> str | None:
        """Answers by the first part of what `source` keeps; the rest is then kept with this message.

        None where the source has nothing to tell any more, or this message is no longer ours to answer.
        """
        open_ = (MESSAGES.c.key == source) & MESSAGES.c.stage.in_((KEPT, MORE))
        emptied = update(MESSAGES).where(open_).values(stage=DONE, rest=None, by_one=False)

        def move(connection: Connection) -> str | None:
            parts = connection.scalar(select(MESSAGES.c.rest).where(open_))
            if parts is None or connection.execute(emptied).rowcount == 0:
                return None
            first, *rest = self._parts_of(source, parts)
            body = compose([first, *rest])
            told = self._told(key, body, rest)
            mine = self._ours(key, OPEN).values(stage=MORE if rest else DONE, content=None, **told)
            if connection.execute(mine).rowcount == 0:
                connection.rollback()
                return None
            return body

        return await transact(self._engine, move)

    async def promise(self, key: bytes, body: str) -> bool:
        """Notes that the caller was told to wait; False where an answer was noted already."""
        open_ = (MESSAGES.c.key == key) & (MESSAGES.c.stage == OPEN)
        change = update(MESSAGES).where(open_).values(stage=PROMISED, body=self.sealed("body", key, body), by_one=True)
        return await self._changed(change)

    async def sending(self, key: bytes, rest: Sequence[str]) -> bool:
        """Notes what is about to be sent, before it is; False where another process has taken over."""
        values = {"stage": SENDING, "rest": self._parts(key, rest), "lease": self._clock() + LEASE}
        return await self._changed(self._ours(key, PROMISED, SENDING).values(values))

    async def keep(self, key: bytes, rest: Sequence[str]) -> bool:
        """Keeps what could not be sent, or may not have arrived, for whoever asks for it."""
        values = {"stage": KEPT, "rest": self._parts(key, rest), "content": None}
        return await self._changed(self._ours(key, PROMISED, SENDING).values(values))

    async def finish(self, key: bytes) -> bool:
        """Notes that nothing is left to tell."""
        values = {"stage": DONE, "rest": None, "content": None, "by_one": False}
        return await self._changed(self._ours(key, OPEN, PROMISED, SENDING).values(values))

    async def renew(self, key: bytes) -> bool:
        """Keeps a message that takes long; False where another process has taken over."""
        return await self._changed(self._ours(key, OPEN, PROMISED, SENDING).values(lease=self._clock() + LEASE))

    async def adopt(self, key: bytes) -> Taken | None:
        """Takes over a message whose process says nothing any more; None where it is not to be had."""
        now = self._clock()
        left = (MESSAGES.c.key == key) & MESSAGES.c.stage.in_((OPEN, PROMISED)) & (MESSAGES.c.lease < now)
        change = update(MESSAGES).where(left).values(owner=self._owner, lease=now + LEASE)
        this = select(MESSAGES.c.content, MESSAGES.c.caller, MESSAGES.c.rest).where(MESSAGES.c.key == key)

        def take_over(connection: Connection) -> Taken | None:
            if connection.execute(change).rowcount == 0:
                return None
            row = connection.execute(this).one()
            content = None if row.content is None else self._unsealed("content", key, row.content)
            parts = None if row.rest is None else tuple(self._parts_of(key, row.rest))
            return replace(_surroundings(connection, key, row.caller), content=content, parts=parts)

        return await transact(self._engine, take_over)

    async def left_behind(
        self, accounts: Iterable[str], older: timedelta, most: int = 20
    ) -> list[tuple[bytes, str, str]]:
        """Key, stage and account of messages whose process ended: promised, being sent, or `older` than any retry."""
        now = self._clock()
        late = (MESSAGES.c.stage != OPEN) | (MESSAGES.c.received < now - older)
        left = UNFINISHED & MESSAGES.c.stage.in_((OPEN, PROMISED, SENDING)) & (MESSAGES.c.lease < now) & late
        ours = MESSAGES.c.account.in_(list(accounts))
        found = select(MESSAGES.c.key, MESSAGES.c.stage, MESSAGES.c.account).where(left, ours).limit(most)
        rows = await transact(self._engine, lambda connection: connection.execute(found).all())
        return [(row.key, row.stage, row.account) for row in rows]

    async def settled(self, key: bytes, body: str) -> None:
        """Notes what went out while nothing could be noted, so that it is not told once more."""
        open_ = (MESSAGES.c.key == key) & MESSAGES.c.stage.in_((OPEN, PROMISED))
        values = {"stage": DONE, "body": self.sealed("body", key, body), "content": None, "by_one": False}
        await self._changed(update(MESSAGES).where(open_).values(values))

    async def unsure(self, key: bytes) -> bool:
        """Keeps what a process was sending when it ended: nobody knows whether it arrived, so it is not sent again."""
        left = (MESSAGES.c.key == key) & (MESSAGES.c.stage == SENDING) & (MESSAGES.c.lease < self._clock())
        return await self._changed(update(MESSAGES).where(left).values(stage=KEPT, content=None))

    async def clean(self, told: timedelta) -> None:
        """Deletes what was told so long ago that no retry can ask for it."""
        old = (MESSAGES.c.stage == DONE) & (MESSAGES.c.received < self._clock() - told)
        await transact(self._engine, lambda connection: connection.execute(delete(MESSAGES).where(old)))

    def _ours(self, key: bytes, *stages: str) -> Update:
        return update(MESSAGES).where(
            MESSAGES.c.key == key, MESSAGES.c.owner == self._owner, MESSAGES.c.stage.in_(stages)
        )

    async def _changed(self, change: Update) -> bool:
        return await transact(self._engine, lambda connection: connection.execute(change).rowcount > 0)

    def _parts(self, key: bytes, rest: Sequence[str]) -> bytes | None:
        return self.sealed("rest", key, json.dumps(rest, ensure_ascii=False)) if rest else None

    def _parts_of(self, key: bytes, sealed: bytes) -> list[str]:
        """The parts of an answer that were kept."""
        return [str(one) for one in json.loads(self._unsealed("rest", key, sealed))]

    def sealed(self, column: str, key: bytes, text: str) -> bytes:
        """A text for a cell of the message's row."""
        return self._secrets.seal(text, Place(MESSAGES.name, column, key.hex()))

    def _unsealed(self, column: str, key: bytes, sealed: bytes) -> str:
        return self._secrets.unseal(sealed, Place(MESSAGES.name, column, key.hex()))


def _surroundings(connection: Connection, key: bytes, caller: bytes) -> Taken:
    """A message that is ours now, with what else waits for its caller, the latest first."""
    rows = connection.execute(_OTHERS, {"by": caller, "this": key}).all()
    place = connection.scalar(_PLACE, {"by": caller})
    return Taken(mine=True, place=place, waiting=tuple(Waiting(row.key, row.stage, row.by_one) for row in rows))
