"""INSERT … ON CONFLICT, in the words of SQLite or PostgreSQL; built once, so that a message does not build it anew."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


@cache
def insert_if_new(table: Table, dialect: str) -> Insert:
    """A row that is left out where its key is there already; the values come with the execution."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing()


@cache
def upsert(table: Table, dialect: str, *changed: str) -> Insert:
    """A row that is written, or changed in these columns; the values come with the execution."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = insert(table)
    keys = [column.name for column in table.primary_key]
    return row.on_conflict_do_update(index_elements=keys, set_={name: row.excluded[name] for name in changed})
