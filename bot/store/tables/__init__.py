"""The tables of the database, a module for each matter; importing this package makes all of them known to Alembic."""

from __future__ import annotations

from bot.store.tables import conversation

__all__ = ["conversation"]
