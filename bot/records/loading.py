"""Loading checked entries into the register: a batch a transaction, with the journal's row, one load after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import SQLModel, col

from bot.errors import StoreFailed
from bot.records.changes import Changes, Merging
from bot.records.entry import Entry
from bot.records.known import known_by_key
from bot.records.resident import id_key
from bot.records.writing import add, lay_down, upsert
from bot.secrets.sealing import Place
from bot.store.faults import fault_of
from bot.store.tables.records import HouseholdRow, ImportRow, NumberingRow

BATCH = 2000
"""Rows a transaction: short enough that the running service waits for none, long enough to be quick."""
PATIENCE = 30_000
"""Milliseconds a load waits for who else writes to an SQLite database."""
HOUSEHOLD, NUMBER = "household", "sealed_number"


@dataclass(frozen=True)
class Loaded:
    """What became of some entries."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    renamed: tuple[int, ...] = ()
    """The rows that gave a known ID number another name."""

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.renamed + other.renamed,
        )


@dataclass(frozen=True)
class Loader:
    """Loads the entries of one roster."""

    engine: AsyncEngine
    merging: Merging

    async def load(self, entries: Sequence[Entry], journal: dict[str, int] | None = None) -> Loaded:
        """Lays entries down in one transaction; `journal` are counters of the roster's row. Raises StoreFailed."""
        try:
            async with self.engine.connect() as connection:
                await patient(connection)
                async with connection.begin():
                    await lock(connection)
                    loaded = Loaded()
                    for some in _apart(entries):
                        loaded += await self._load(connection, some)
                    if journal is not None:
                        await self._note(connection, journal, loaded)
                return loaded
        except (DBAPIError, OSError) as error:
            raise StoreFailed(fault_of(error)) from error

    async def guardians(self, pairs: Sequence[tuple[str, str, str]]) -> list[int]:
        """Notes guardians (ward's and guardian's ID number, relation); gives the places of pairs of whom one is not there."""
        table = SQLModel.metadata.tables["guardian"]
        missing: list[int] = []
        async with self.engine.connect() as connection:
            await patient(connection)
            async with connection.begin():
                await lock(connection)
                keys = {number: id_key(self.merging.secrets, number) for pair in pairs for number in pair[:2]}
                known = await known_by_key(connection, list(keys.values()))
                rows: dict[tuple[int, int], str] = {}
                for at, (ward, guardian, relation) in enumerate(pairs):
                    both = known.get(keys[ward]), known.get(keys[guardian])
                    if both[0] is None or both[1] is None:
                        missing.append(at)
                    else:
                        rows[both[0].person.id, both[1].person.id] = relation
                wards = {ward for ward, _ in rows}
                found = await connection.execute(select(table).where(table.c.ward_id.in_(wards)))
                held = {(row.ward_id, row.guardian_id) for row in found}
                await add(connection, "guardian", [(*pair, word) for pair, word in rows.items() if pair not in held])
        return missing

    async def _load(self, connection: AsyncConnection, entries: Sequence[Entry]) -> Loaded:
        """Entries of as many persons."""
        merging = self.merging
        keys = [id_key(merging.secrets, entry.id_number) for entry in entries]
        known = await known_by_key(connection, keys)
        households = await self._households(connection, entries)
        number = await numbers(connection, "resident", len(entries) - len(known))
        changes, changed = Changes(), 0
        for entry, key in zip(entries, keys, strict=True):
            household = households[entry.household] if entry.household else None
            if (found := known.get(key)) is not None:
                changed += merging.change(changes, entry, found, household)
            else:
                merging.add(changes, entry, number, key, household)
                number += 1
        await lay_down(connection, changes, merging.region)
        return Loaded(len(entries) - len(known), changed, len(known) - changed, tuple(changes.renamed))

    async def _households(self, connection: AsyncConnection, entries: Iterable[Entry]) -> dict[str, int]:
        """The rows of the households that entries name; new ones are added."""
        secrets, region = self.merging.secrets, self.merging.region
        named = list(dict.fromkeys(entry.household for entry in entries if entry.household))
        if not named:
            return {}
        keys = {secrets.find_key(one, f"{HOUSEHOLD}.{NUMBER}", region): one for one in named}
        rows = await connection.execute(
            select(col(HouseholdRow.id), col(HouseholdRow.number_key)).where(col(HouseholdRow.number_key).in_(keys))
        )
        found = {keys[row.number_key]: row.id for row in rows}
        new = [(key, one) for key, one in keys.items() if one not in found]
        first = await numbers(connection, HOUSEHOLD, len(new))
        added = []
        for row, (key, one) in enumerate(new, start=first):
            added.append((row, region, key, secrets.seal(one, Place(HOUSEHOLD, NUMBER, row))))
            found[one] = row
        await add(connection, HOUSEHOLD, added)
        return found

    async def _note(self, connection: AsyncConnection, journal: dict[str, int], loaded: Loaded) -> None:
        more = {"added": loaded.added, "changed": loaded.changed, "unchanged": loaded.unchanged}
        table = SQLModel.metadata.tables[str(ImportRow.__tablename__)]
        values: dict[str, Any] = {name: table.c[name] + by for name, by in more.items()} | journal
        await connection.execute(update(table).where(table.c.id == self.merging.source).values(values))


def _apart(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries in lists in which nobody stands twice, in order of what each tells of a person."""
    times: dict[str, int] = {}
    lists: list[list[Entry]] = []
    for entry in entries:
        time = times[entry.id_number] = times.get(entry.id_number, -1) + 1
        if time == len(lists):
            lists.append([])
        lists[time].append(entry)
    return lists


async def lock(connection: AsyncConnection) -> None:
    """Waits until no other load is under way and holds the place to the end of the transaction."""
    await numbers(connection, "resident", 0)


async def numbers(connection: AsyncConnection, kind: str, count: int) -> int:
    """The first of `count` new numbers, which nobody else gets."""
    table: Any = NumberingRow.__table__  # type: ignore[attr-defined]
    first = upsert(connection, table).values(kind=kind, next=1 + count)
    more = first.on_conflict_do_update(index_elements=[table.c.kind], set_={"next": table.c.next + count})
    found = (await connection.execute(more.returning(table.c.next))).scalar_one()
    return int(found) - count


async def patient(connection: AsyncConnection) -> None:
    """Lets a load wait for the running service, and has what it reports as loaded on the disk."""
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE}")
        await connection.exec_driver_sql("PRAGMA synchronous=FULL")
        await connection.exec_driver_sql("PRAGMA cache_size=-98304")
        await connection.exec_driver_sql("PRAGMA wal_autocheckpoint=16000")
        await connection.commit()
