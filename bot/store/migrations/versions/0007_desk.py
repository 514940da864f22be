"""answered questions, handed over conversations, switches, canned answers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forwards."""
    _turn()
    _ticket()
    op.create_table(
        "switch",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("name", sa.String(24), nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.Column("off_by", sa.String(60), nullable=False),
        sa.Column("off_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_by", sa.String(60)),
        sa.Column("on_at", sa.DateTime(timezone=True)),
    )
    still_off = sa.text("on_at IS NULL")
    op.create_index(
        "one_switch_off",
        "switch",
        ["kind", "name"],
        unique=True,
        sqlite_where=still_off,
        postgresql_where=still_off,
    )
    op.create_table(
        "canned",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("shortcut", sa.String(20), nullable=False, unique=True),
        sa.Column("text", sa.String(600), nullable=False),
        sa.Column("made_by", sa.String(60), nullable=False),
    )


def _turn() -> None:
    op.create_table(
        "turn",
        sa.Column("code", sa.String(8), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_session", sa.LargeBinary(), nullable=False),
        sa.Column("session_key", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("region", sa.String(12)),
        sa.Column("facet", sa.String(40), nullable=False),
        sa.Column("topic", sa.String(24), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("sealed_question", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_inputs", sa.LargeBinary(), nullable=False),
        sa.Column("knowledge", sa.String(16), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("wrong", sa.Boolean(), nullable=False),
        sa.Column("wrong_note", sa.String(400)),
        sa.Column("settled", sa.Boolean(), nullable=False),
    )
    for name in ("at", "session_key", "region", "outcome"):
        op.create_index(f"ix_turn_{name}", "turn", [name])


def _ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("account", sa.String(100), nullable=False),
        sa.Column("region", sa.String(12)),
        sa.Column("sealed_session", sa.LargeBinary(), nullable=False),
        sa.Column("session_key", sa.LargeBinary(), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.Integer(), sa.ForeignKey("staff.id", ondelete="SET NULL")),
        sa.Column("claimed", sa.DateTime(timezone=True)),
        sa.Column("closed", sa.DateTime(timezone=True)),
        sa.Column("result", sa.String(400)),
        sa.Column("understood", sa.String(200), nullable=False),
    )
    for name in ("state", "opened", "region"):
        op.create_index(f"ix_ticket_{name}", "ticket", [name])
    still_open = sa.text("state != 'closed'")
    op.create_index(
        "one_open_ticket",
        "ticket",
        ["session_key"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_table(
        "ticket_line",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("ticket", sa.String(32), sa.ForeignKey("ticket.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(10), nullable=False),
        sa.Column("author", sa.String(60)),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("delivery", sa.String(16)),
        sa.Column("fetched", sa.Boolean(), nullable=False),
    )
    for name in ("ticket", "at"):
        op.create_index(f"ix_ticket_line_{name}", "ticket_line", [name])


def downgrade() -> None:
    """Back."""
    for name in ("canned", "switch", "ticket_line", "ticket", "turn"):
        op.drop_table(name)
