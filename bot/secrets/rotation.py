"""Exchanging the secret key (密钥轮换): every sealed cell goes from the old key to the new one, in batches, resumable."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, bindparam, delete, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import SQLModel, col

from bot.errors import StoreFailed, WrongKey
from bot.records.loading import lock, patient
from bot.secrets.opening import ROW, check_of, key_check
from bot.secrets.sealing import KEY_ID_AT, Place, Secrets, key_id_of
from bot.store.columns import FindOnly, Sealed
from bot.store.faults import fault_of
from bot.store.tables.records import KeyCheckRow

BATCH = 1000


@dataclass(frozen=True)
class Done:
    """How far the exchange is: rows looked at of how many."""

    rows: int
    of: int


def sealed_columns(table: Table) -> list[tuple[Column[Any], Sealed]]:
    """The columns of a table that hold sealed texts."""
    marked = ((column, column.info.get("canbao")) for column in table.columns)
    return [(column, mark) for column, mark in marked if isinstance(mark, Sealed)]


def sealed_tables() -> list[Table]:
    """Every table with a sealed column, in an order that is always the same."""
    return [table for name, table in sorted(SQLModel.metadata.tables.items()) if sealed_columns(table)]


def forgotten_tables() -> list[Table]:
    """Every table that is found by a key whose text is kept nowhere: it cannot go over to another key."""
    tables = sorted(SQLModel.metadata.tables.items())
    return [one for _, one in tables if any(isinstance(column.info.get("canbao"), FindOnly) for column in one.columns)]


async def rotate(engine: AsyncEngine, old: Secrets, new: Secrets) -> AsyncIterator[Done]:
    """Exchanges the key; broken off and run again it goes on. Raises WrongKey, Unreadable, StoreFailed."""
    try:
        if not await _begin(engine, old, new):
            return
        total = 0
        async with engine.connect() as connection:
            for table in sealed_tables():
                total += (await connection.execute(select(func.count()).select_from(table))).scalar_one()
        done = 0
        for table in sealed_tables():
            async for rows in _table(engine, table, old, new):
                done += rows
                yield Done(done, total)
        await _end(engine, new)
    except DBAPIError as error:
        raise StoreFailed(fault_of(error)) from error


async def _begin(engine: AsyncEngine, old: Secrets, new: Secrets) -> bool:
    """Notes the exchange; False where it is done already. From here no program opens the database with either key."""
    row = await key_check(engine)
    if row is None:
        raise WrongKey("this database was not begun with any key yet; there is nothing to exchange")
    if row.check == check_of(new) and row.rotating_to is None:
        return False
    if row.check != check_of(old):
        raise WrongKey(
            f"the old key ({old.key_id.hex()}) is not that of this database ({row.key_id}); set CANBAO_OLD_SECRET_KEY to it"
        )
    if row.rotating_to not in (None, new.key_id.hex()):
        raise WrongKey(
            f"an exchange to another key ({row.rotating_to}) is not finished; set CANBAO_SECRET_KEY to that one and run it again"
        )
    async with engine.begin() as connection:
        for table in forgotten_tables():
            await connection.execute(delete(table))
        await connection.execute(_noted(rotating_to=new.key_id.hex()))
    return True


async def _end(engine: AsyncEngine, new: Secrets) -> None:
    """Ends the exchange, unless a program that was not ended wrote under the old key meanwhile. Raises StoreFailed."""
    async with engine.begin() as connection:
        for table in sealed_tables():
            for column, _ in sealed_columns(table):
                old = select(func.count()).select_from(table).where(func.substr(column, *KEY_ID_AT) != new.key_id)
                if (await connection.execute(old)).scalar_one():
                    raise StoreFailed(
                        f"{table.name}.{column.name}: another program wrote under the old key meanwhile; "
                        "end it (`canbao run`) and run this command again"
                    )
        await connection.execute(_noted(key_id=new.key_id.hex(), check=check_of(new), rotating_to=None))


def _noted(**values: str | None) -> Any:
    return update(KeyCheckRow).where(col(KeyCheckRow.id) == ROW).values(**values)


async def _table(engine: AsyncEngine, table: Table, old: Secrets, new: Secrets) -> AsyncIterator[int]:
    """Goes over one table by its primary key; cells that are under the new key are left as they are."""
    (key,) = table.primary_key.columns
    after = None
    while True:
        async with engine.connect() as connection:
            await patient(connection)
            async with connection.begin():
                await lock(connection)
                query = select(table).order_by(key).limit(BATCH)
                rows = (await connection.execute(query if after is None else query.where(key > after))).all()
                await _reseal(connection, table, key, rows, old, new)
        if not rows:
            return
        after = getattr(rows[-1], key.name)
        yield len(rows)


async def _reseal(
    connection: AsyncConnection, table: Table, key: Column[Any], rows: Sequence[Any], old: Secrets, new: Secrets
) -> None:
    """Writes the cells of some rows anew, those rows together in which the same columns change."""
    changed: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        if values := _resealed(table, key, row, old, new):
            named = {f"new_{name}": value for name, value in values.items()}
            changed.setdefault(tuple(values), []).append({"of": getattr(row, key.name), **named})
    for names, values_of_rows in changed.items():
        values_of_names: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        await connection.execute(update(table).where(key == bindparam("of")).values(values_of_names), values_of_rows)


def _resealed(table: Table, key: Column[Any], row: Any, old: Secrets, new: Secrets) -> dict[str, bytes]:
    """The cells of a row under the new key, those that are already left out."""
    values: dict[str, bytes] = {}
    for column, mark in sealed_columns(table):
        cell = getattr(row, column.name)
        if cell is None or key_id_of(cell) == new.key_id:
            continue
        place = Place(table.name, column.name, getattr(row, key.name))
        text = old.unseal(cell, place)
        values[column.name] = new.seal(text, place)
        if mark.found_by:
            scope = str(getattr(row, mark.scope) or "") if mark.scope else ""
            values[mark.found_by] = new.find_key(text, f"{table.name}.{column.name}", scope)
    return values
