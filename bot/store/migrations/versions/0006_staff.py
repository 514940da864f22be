"""staff accounts, open log-ins, failed tries"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("key", sa.String(60), nullable=False, unique=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("region", sa.String(40)),
        sa.Column("town", sa.String(60)),
        sa.Column("village", sa.String(60)),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "staff_session",
        sa.Column("token", sa.LargeBinary(), primary_key=True),
        sa.Column("staff", sa.Integer(), sa.ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_staff_session_staff", "staff_session", ["staff"])
    op.create_table(
        "staff_tries",
        sa.Column("who", sa.LargeBinary(), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_staff_tries_last", "staff_tries", ["last"])


def downgrade() -> None:
    """Back."""
    op.drop_table("staff_tries")
    op.drop_table("staff_session")
    op.drop_table("staff")
