"""conversation states"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "conversation",
        sa.Column("session", sa.String(200), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_conversation_updated", "conversation", ["updated"])


def downgrade() -> None:
    """Back."""
    op.drop_table("conversation")
