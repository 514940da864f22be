"""The schema of a database: brought to the newest by Alembic in one transaction; a newer or half-made one is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, func, inspect, select, text
from sqlmodel import SQLModel

from bot.errors import WrongSchema
from bot.store import tables

MIGRATIONS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 0x63616E6261
"""The key of PostgreSQL's advisory lock under which a schema is changed."""
VERSION = "alembic_version"
assert tables.__all__, "importing the package tells SQLModel of every table"


def upgrade(connection: Connection) -> None:
    """Brings the schema to the newest, all or nothing; other starters wait. Raises WrongSchema."""
    refuse_newer(connection)
    if not is_newest(connection):
        _alone(connection)
        if half := half_made(connection):
            raise WrongSchema(
                f"the database is half migrated (table {half[0]} is there, but not noted); run `canbao db upgrade --mend`"
            )
        command.upgrade(_config(connection), "head")
    missing = sorted(set(SQLModel.metadata.tables) - set(inspect(connection).get_table_names()))
    if missing:
        raise WrongSchema(
            f"the database lacks the table {missing[0]} though its schema is noted as the newest; restore it from a backup"
        )


def mend(connection: Connection) -> list[str]:
    """Takes out what a migration that broke off left, where it is empty, and migrates; gives the tables. Raises WrongSchema."""
    _alone(connection)
    refuse_newer(connection)
    half = half_made(connection)
    kept = [name for name in half if _rows(connection, name)]
    if kept:
        raise WrongSchema(f"the table {kept[0]} is not noted but holds rows; restore the database from a backup")
    found = SQLModel.metadata.tables
    SQLModel.metadata.drop_all(connection, tables=[found[name] for name in half])
    command.upgrade(_config(connection), "head")
    return half


def is_newest(connection: Connection) -> bool:
    """Whether every migration is noted as done."""
    return set(noted(connection)) == set(_scripts().get_heads())


def noted(connection: Connection) -> tuple[str, ...]:
    """The revisions the database notes; empty for a new one."""
    return tuple(MigrationContext.configure(connection).get_current_heads())


def refuse_newer(connection: Connection) -> None:
    """Refuses a database of a later version of the program. Raises WrongSchema."""
    known = {one.revision for one in _scripts().walk_revisions()}
    newer = [one for one in noted(connection) if one not in known]
    if newer:
        raise WrongSchema(
            f"the database was made by a newer version of the program (schema {newer[0]}); "
            "start that version, or restore a backup from before"
        )


def half_made(connection: Connection) -> list[str]:
    """Tables of ours that are there though the noted revisions do not make them."""
    there = set(inspect(connection).get_table_names()) & set(SQLModel.metadata.tables)
    if is_newest(connection) or not there:
        return []
    return sorted(there - _tables_at(noted(connection)))


def _tables_at(revisions: tuple[str, ...]) -> set[str]:
    """The tables that a database of these revisions has: those of a new one, brought there."""
    if not revisions:
        return set()
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            for revision in revisions:
                command.upgrade(_config(connection), revision)
            return set(inspect(connection).get_table_names())
    finally:
        engine.dispose()


def _rows(connection: Connection, name: str) -> int:
    table = SQLModel.metadata.tables[name]
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _alone(connection: Connection) -> None:
    """SQLite makes tables outside of any transaction unless one is begun by hand; it is the lock as well."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
    elif connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _config(connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)
