"""Laying changes down in the register: many rows at once, by COPY on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from bot.errors import StoreFailed
from bot.records.changes import Changes, Values
from bot.store.faults import fault_of

COLUMNS = {
    "resident": (
        "id",
        "id_key",
        "sealed_id",
        "name_key",
        "sealed_name",
        "sealed_phone",
        "birth_date",
        "region",
        "town",
        "village",
        "hukou",
        "residence_permit",
        "household_id",
        "household_role",
        "fictional",
        "source",
    ),
    "category_spell": ("resident_id", "category", "word", "since", "until", "certified_by", "source"),
    "enrolment": ("resident_id", "year", "status", "tier", "paid_on", "amount", "channel", "receipt", "source"),
    "employee_spell": ("resident_id", "months", "ended_on", "source"),
    "household": ("id", "region", "number_key", "sealed_number"),
    "guardian": ("ward_id", "guardian_id", "relation"),
}
"""The columns of rows that are added, in the order of their values."""
_KEYS = ("of", "of_year")
"""What names a row that is changed: its primary key, and the second part of that of an enrolment."""


async def lay_down(connection: AsyncConnection, changes: Changes, region: str) -> None:
    """Writes all changes within the transaction that is open."""
    await add(connection, "resident", changes.residents)
    await add(connection, "category_spell", changes.spells)
    await add(connection, "enrolment", changes.payments)
    await add(connection, "employee_spell", changes.employees)
    for row in changes.changed_residents:
        await _change(connection, "resident", [row])
    await _change(connection, "category_spell", changes.changed_spells)
    await _change(connection, "enrolment", changes.changed_payments)
    await _change(connection, "employee_spell", changes.changed_employees)
    if changes.dropped_spells:
        table = SQLModel.metadata.tables["category_spell"]
        await connection.execute(delete(table).where(table.c.id.in_(changes.dropped_spells)))
    await _count(connection, changes, region)


async def add(connection: AsyncConnection, table: str, rows: Sequence[Values]) -> None:
    """Adds rows whose values stand in the order of COLUMNS."""
    if not rows:
        return
    columns = COLUMNS[table]
    if connection.dialect.name == "postgresql":
        await _copy(connection, table, columns, rows)
        return
    marks = ",".join("?" * len(columns))
    # SQLite has no days: they are text, as SQLAlchemy reads them
    plain = [tuple([one.isoformat() if type(one) is date else one for one in row]) for row in rows]
    await connection.exec_driver_sql(f"INSERT INTO {table} ({','.join(columns)}) VALUES ({marks})", plain)


async def _copy(connection: AsyncConnection, table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Adds rows by COPY. Raises StoreFailed: its faults are the driver's own, and tell of the row."""
    from asyncpg import PostgresError

    raw: Any = (await connection.get_raw_connection()).driver_connection
    try:
        await raw.copy_records_to_table(table, records=rows, columns=columns)
    except PostgresError as error:
        raise StoreFailed(fault_of(error)) from None


async def _change(connection: AsyncConnection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Changes rows of one shape, named by _KEYS."""
    if not rows:
        return
    columns: Any = SQLModel.metadata.tables[table].c
    key = columns["resident_id" if table == "enrolment" else "id"]
    query = update(SQLModel.metadata.tables[table]).where(key == bindparam("of"))
    if table == "enrolment":
        query = query.where(columns.year == bindparam("of_year"))
    changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name not in _KEYS}
    values = [{(name if name in _KEYS else f"new_{name}"): value for name, value in row.items()} for row in rows]
    await connection.execute(query.values(changed), values)


async def _count(connection: AsyncConnection, changes: Changes, region: str) -> None:
    """Keeps the sums of villages (bot/records/counts.py)."""
    people = [
        {"region": region, "town": town, "village": village, "residents": by}
        for (town, village), by in sorted(changes.people.items())
        if by
    ]
    paid = [
        {"region": region, "town": town, "village": village, "year": year, "paid": by}
        for (town, village, year), by in sorted(changes.paid.items())
        if by
    ]
    await _sum(connection, "village", "residents", people)
    await _sum(connection, "village_year", "paid", paid)


async def _sum(connection: AsyncConnection, table: str, column: str, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    target = SQLModel.metadata.tables[table]
    new = upsert(connection, target)
    more = {column: target.c[column] + new.excluded[column]}
    await connection.execute(new.on_conflict_do_update(index_elements=list(target.primary_key), set_=more), list(rows))


def upsert(connection: AsyncConnection, table: Any) -> Any:
    """An INSERT of this database's dialect, which may go on with ON CONFLICT."""
    from sqlalchemy.dialects import postgresql, sqlite

    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
