"""The tickets of one database; a claim is one conditional update, so that two operators never hold the same one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.audit.entry import Entry
from bot.audit.journal import Journal
from bot.channel import Caller, Channel, Delivery
from bot.desk.ticket import Line, Reason, Standing, Ticket, Who
from bot.review.codes import ordered_id
from bot.review.counties import of_counties
from bot.secrets.sealing import Place, Secrets
from bot.store.ahead import Asked, LookUp
from bot.store.columns import utc
from bot.store.tables.desk import TicketLineRow, TicketRow

TICKETS, LINES = TicketRow.__table__, TicketLineRow.__table__  # type: ignore[attr-defined]
NOT_CLOSED = LookUp(TICKETS.c.session_key, text("state <> 'closed'"))
"""As the index has it."""
SESSION, TEXT = "sealed_session", "sealed_text"
UNCLAIMED = timedelta(hours=24)
"""After so long without anybody the ticket is closed, so that a new call for a person stands at the end again."""


class Tickets:
    """Opening, claiming, writing, closing."""

    def __init__(
        self, engine: AsyncEngine, secrets: Secrets, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ):
        self._engine = engine
        self._secrets = secrets
        self._clock = clock
        self._journal = Journal(engine)

    async def open(self, caller: Caller, region: str | None, reason: Reason, understood: str) -> Ticket:
        """A waiting ticket for the caller's conversation: a new one, or the one that is open already."""
        await self.expire()
        number, opened, understood = ordered_id(), self._clock(), understood[:200]
        row = {
            "id": number,
            "state": Standing.WAITING,
            "reason": reason,
            "channel": caller.channel,
            "account": caller.account,
            "region": region,
            SESSION: self._secrets.seal(caller.session, Place(TICKETS.name, SESSION, number)),
            "session_key": self._key(caller.session),
            "opened": opened,
            "understood": understood,
        }
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(TICKETS).values(**row))
        except IntegrityError:
            found = await self.of_caller(caller)
            if found is None:
                raise
            return found
        return Ticket(number, Standing.WAITING, reason, caller, region, opened, understood)

    async def of_caller(self, caller: Caller) -> Ticket | None:
        """The ticket of a caller that is waiting or claimed; None where there is none."""
        row = await NOT_CLOSED.row(self._engine, self._key(caller.session))
        return self._ticket(row) if row else None

    def asked(self, session: str) -> Asked:
        """What `of_caller` looks up for a caller."""
        return NOT_CLOSED, self._key(session)

    async def by_id(self, number: str) -> Ticket | None:
        """One ticket; None where there is none of that id."""
        async with self._engine.connect() as connection:
            row = (await connection.execute(select(TICKETS).where(TICKETS.c.id == number))).first()
        return self._ticket(row) if row else None

    async def queue(self, regions: Sequence[str] | None = None) -> tuple[Ticket, ...]:
        """The tickets waiting and claimed in some regions (None: all), the longest waiting first."""
        await self.expire()
        return await self._listed(
            (TICKETS.c.state != Standing.CLOSED) & of_counties(TICKETS.c.region, regions), TICKETS.c.opened.asc(), 200
        )

    async def closed(self, regions: Sequence[str] | None = None) -> tuple[Ticket, ...]:
        """The tickets closed last."""
        return await self._listed(
            (TICKETS.c.state == Standing.CLOSED) & of_counties(TICKETS.c.region, regions), TICKETS.c.closed.desc(), 50
        )

    async def waiting(self, regions: Sequence[str] | None = None) -> int:
        """How many wait for somebody."""
        query = (
            select(func.count())
            .select_from(TICKETS)
            .where((TICKETS.c.state == Standing.WAITING) & of_counties(TICKETS.c.region, regions))
        )
        async with self._engine.connect() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def ahead(self, ticket: Ticket) -> int:
        """How many wait who came before."""
        earlier = (TICKETS.c.state == Standing.WAITING) & (TICKETS.c.opened < ticket.opened)
        async with self._engine.connect() as connection:
            return int(
                (await connection.execute(select(func.count()).select_from(TICKETS).where(earlier))).scalar_one()
            )

    async def claim(self, number: str, staff: int, note: Entry | None = None) -> bool:
        """Makes the ticket this member's; False where it is somebody's already, or closed.

        `note`, here and below, is written into the audit in the same transaction.
        """
        here = (TICKETS.c.id == number) & (TICKETS.c.state == Standing.WAITING)
        return await self._changed(here, note, state=Standing.CLAIMED, claimed_by=staff, claimed=self._clock())

    async def hand_back(self, number: str, staff: int, note: Entry | None = None) -> bool:
        """Puts a member's ticket back among those waiting; False where it is not this member's."""
        return await self._changed(_held(number, staff), note, state=Standing.WAITING, claimed_by=None, claimed=None)

    async def close(self, number: str, staff: int, result: str, note: Entry | None = None) -> bool:
        """Ends a member's ticket, so that the bot answers again; False where it is not this member's."""
        values = {"state": Standing.CLOSED, "closed": self._clock(), "result": result[:400]}
        return await self._changed(_held(number, staff), note, **values)

    async def withdraw(self, caller: Caller) -> bool:
        """Ends a waiting ticket because the person does not want to wait any more; False where somebody claimed it."""
        here = (TICKETS.c.session_key == self._key(caller.session)) & (TICKETS.c.state == Standing.WAITING)
        return await self._changed(here, None, state=Standing.CLOSED, closed=self._clock(), result="本人不等了")

    async def expire(self) -> int:
        """Closes what nobody has claimed for a day; returns how many."""
        old = (TICKETS.c.state == Standing.WAITING) & (TICKETS.c.opened < self._clock() - UNCLAIMED)
        values = {"state": Standing.CLOSED, "closed": self._clock(), "result": "一天内没有人接"}
        async with self._engine.begin() as connection:
            return (await connection.execute(update(TICKETS).where(old).values(**values))).rowcount

    async def add(
        self, ticket: str, who: Who, text: str, author: str | None = None, delivery: Delivery | None = None
    ) -> Line:
        """Writes a line under a ticket."""
        line = Line(ordered_id(), self._clock(), who, author, text, delivery)
        sealed = self._secrets.seal(text, Place(LINES.name, TEXT, line.id))
        row = {"id": line.id, "ticket": ticket, "at": line.at, "who": who, "author": author, TEXT: sealed}
        async with self._engine.begin() as connection:
            await connection.execute(insert(LINES).values(**row, delivery=delivery, fetched=False))
        return line

    async def delivered(self, line: str, delivery: Delivery) -> None:
        """Notes what became of a line that was sent."""
        async with self._engine.begin() as connection:
            await connection.execute(update(LINES).where(LINES.c.id == line).values(delivery=delivery))

    async def lines(self, ticket: str) -> tuple[Line, ...]:
        """The lines of a ticket in order."""
        query = select(LINES).where(LINES.c.ticket == ticket).order_by(LINES.c.id)
        async with self._engine.connect() as connection:
            return tuple(self._line(row) for row in (await connection.execute(query)).all())

    async def unfetched(self, caller: Caller) -> tuple[Line, ...]:
        """What operators wrote to a caller whose page fetches it (no channel that could push it), each line once."""
        mine = select(TICKETS.c.id).where(TICKETS.c.session_key == self._key(caller.session))
        here = LINES.c.ticket.in_(mine) & (LINES.c.who == Who.OPERATOR) & ~LINES.c.fetched
        async with self._engine.begin() as connection:
            rows = (await connection.execute(select(LINES).where(here).order_by(LINES.c.id))).all()
            fetched = {"fetched": True, "delivery": Delivery.SENT}
            for row in rows:
                await connection.execute(update(LINES).where(LINES.c.id == row.id).values(**fetched))
        return tuple(self._line(row) for row in rows)

    async def forget(self, caller: Caller) -> None:
        """Deletes a caller's tickets with their lines (解除绑定, unfollowed)."""
        async with self._engine.begin() as connection:
            await connection.execute(TICKETS.delete().where(TICKETS.c.session_key == self._key(caller.session)))

    async def _listed(self, which: Any, order: Any, most: int) -> tuple[Ticket, ...]:
        async with self._engine.connect() as connection:
            rows = (await connection.execute(select(TICKETS).where(which).order_by(order).limit(most))).all()
        return tuple(self._ticket(row) for row in rows)

    async def _changed(self, which: Any, note: Entry | None, **values: object) -> bool:
        change = update(TICKETS).where(which).values(**values)
        if note is None:
            async with self._engine.begin() as connection:
                return bool((await connection.execute(change)).rowcount)
        async with self._journal.writing() as connection:
            done = bool((await connection.execute(change)).rowcount)
            if done:
                await self._journal.note_in(connection, note)
        return done

    def _key(self, session: str) -> bytes:
        return self._secrets.find_key(session, f"{TICKETS.name}.{SESSION}")

    def _ticket(self, row: Row[Any]) -> Ticket:
        session = self._secrets.unseal(row.sealed_session, Place(TICKETS.name, SESSION, row.id))
        return Ticket(
            id=row.id,
            standing=Standing(row.state),
            reason=Reason(row.reason),
            caller=Caller(Channel(row.channel), row.account, session.removeprefix(f"{row.channel}:{row.account}:")),
            region=row.region,
            opened=utc(row.opened),
            understood=row.understood,
            claimed_by=row.claimed_by,
            claimed=utc(row.claimed) if row.claimed else None,
            closed=utc(row.closed) if row.closed else None,
            result=row.result,
        )

    def _line(self, row: Row[Any]) -> Line:
        text = self._secrets.unseal(row.sealed_text, Place(LINES.name, TEXT, row.id))
        delivery = Delivery(row.delivery) if row.delivery else None
        return Line(row.id, utc(row.at), Who(row.who), row.author, text, delivery)


def _held(number: str, staff: int) -> Any:
    return (TICKETS.c.id == number) & (TICKETS.c.state == Standing.CLAIMED) & (TICKETS.c.claimed_by == staff)
