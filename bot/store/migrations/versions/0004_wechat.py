"""what WeChat delivered, quota, access tokens, followers' places"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UNFINISHED = sa.text("stage <> 'done'")


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "wechat_message",
        sa.Column("key", sa.LargeBinary(), primary_key=True),
        sa.Column("caller", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(10), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("lease", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("rest", sa.LargeBinary()),
        sa.Column("by_one", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_wechat_message_received", "wechat_message", ["received"])
    for column in ("caller", "lease"):
        op.create_index(
            f"ix_wechat_message_{column}",
            "wechat_message",
            [column],
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        )
    op.create_table(
        "wechat_quota",
        sa.Column("caller", sa.LargeBinary(), primary_key=True),
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_wechat_quota_until", "wechat_quota", ["until"])
    op.create_table(
        "wechat_token",
        sa.Column("account", sa.String(40), primary_key=True),
        sa.Column("token", sa.LargeBinary()),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.String(32)),
        sa.Column("lease", sa.DateTime(timezone=True), nullable=False),
        sa.Column("silent_until", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "wechat_follower",
        sa.Column("caller", sa.LargeBinary(), primary_key=True),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Back."""
    for table in ("wechat_follower", "wechat_token", "wechat_quota", "wechat_message"):
        op.drop_table(table)
