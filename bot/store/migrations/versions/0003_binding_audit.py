"""bindings and the audit journal; conversation states sealed, so that the earlier ones are dropped"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SQLITE = (
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq) "
    "BEGIN SELECT RAISE(ABORT, 'the audit journal is append-only'); END",
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit journal is append-only'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit journal is append-only'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit journal is append-only'; END $$",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
)


def upgrade() -> None:
    """Forwards."""
    _conversation()
    _binding()
    _audit()


def _conversation() -> None:
    op.drop_table("conversation")
    op.create_table(
        "conversation",
        sa.Column("session", sa.LargeBinary(), primary_key=True),
        sa.Column("sealed_state", sa.LargeBinary(), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_conversation_updated", "conversation", ["updated"])


def _binding() -> None:
    op.create_table(
        "binding",
        sa.Column("id", BIG, primary_key=True, autoincrement=False),
        sa.Column("account", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("sealed_caller", sa.LargeBinary(), nullable=False),
        sa.Column("resident_id", BIG, sa.ForeignKey("resident.id", ondelete="CASCADE"), nullable=False),
        sa.Column("notice", sa.String(20), nullable=False),
        sa.Column("consented", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bound", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_binding_resident_id", "binding", ["resident_id"])
    op.create_table(
        "binding_step",
        sa.Column("account", sa.LargeBinary(), primary_key=True),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("notice", sa.String(20), nullable=False),
        sa.Column("consented", sa.DateTime(timezone=True)),
        sa.Column("sealed_name", sa.LargeBinary()),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_binding_step_updated", "binding_step", ["updated"])
    op.create_table(
        "binding_try",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    for column in ("account", "person", "at"):
        op.create_index(f"ix_binding_try_{column}", "binding_try", [column])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.BigInteger()),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_audit_subject", "audit", ["subject", "seq"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Back: the journal and the bindings are lost."""
    for table in ("binding", "binding_step", "binding_try", "conversation"):
        op.drop_table(table)
    op.create_table(
        "conversation",
        sa.Column("session", sa.String(200), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_conversation_updated", "conversation", ["updated"])
    op.drop_table("audit")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_append_only()")
