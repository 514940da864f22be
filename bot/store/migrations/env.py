"""Alembic's environment: runs on the connection that `open_database` hands over."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from bot.store import tables

assert tables.__all__, "importing the package tells SQLModel of every table"

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
