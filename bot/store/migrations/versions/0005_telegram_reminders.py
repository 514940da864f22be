"""Telegram's updates and keyboards; reminders: consents and outbox"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forwards."""
    _telegram()
    op.create_table(
        "reminder_consent",
        sa.Column(
            "binding_id", NUMBER, sa.ForeignKey("binding.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        ),
        sa.Column("consented", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "reminder_asked",
        sa.Column("session", sa.LargeBinary(), primary_key=True),
        sa.Column("after", sa.LargeBinary(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_reminder_asked_asked", "reminder_asked", ["asked"])
    _outbox()


def _telegram() -> None:
    op.create_table(
        "telegram_update",
        sa.Column("account", sa.String(20), primary_key=True),
        sa.Column("update_id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("taken", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_telegram_update_taken", "telegram_update", ["taken"])
    op.create_table(
        "telegram_keyboard",
        sa.Column("session", sa.LargeBinary(), primary_key=True),
        sa.Column("word", sa.String(16), nullable=False),
        sa.Column("offered", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_telegram_keyboard_offered", "telegram_keyboard", ["offered"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("binding_id", NUMBER, sa.ForeignKey("binding.id", ondelete="CASCADE"), nullable=False),
        sa.Column("resident_id", NUMBER, sa.ForeignKey("resident.id", ondelete="CASCADE"), nullable=False),
        sa.Column("topic", sa.String(10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("owner", sa.String(32)),
        sa.Column("lease", sa.DateTime(timezone=True)),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("binding_id", "resident_id", "topic", "year", "due"),
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "next_try"])
    for column in ("binding_id", "resident_id", "planned"):
        op.create_index(f"ix_outbox_{column}", "outbox", [column])


def downgrade() -> None:
    """Back."""
    for table in ("outbox", "reminder_asked", "reminder_consent", "telegram_keyboard", "telegram_update"):
        op.drop_table(table)
