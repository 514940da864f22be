"""The tables of the database, a module for each matter; importing this package makes all of them known to Alembic."""

from __future__ import annotations

from bot.store.tables import audit, binding, conversation, desk, outbox, records, staff, telegram, wechat

__all__ = ["audit", "binding", "conversation", "desk", "outbox", "records", "staff", "telegram", "wechat"]
