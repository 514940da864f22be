"""the enrolment records"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "household",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("region", sa.String(24), nullable=False),
        sa.Column("number_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_number", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number_key"),
    )
    op.create_table(
        "import_journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("file", sa.String(255), nullable=False),
        sa.Column("region", sa.String(24), nullable=False),
        sa.Column("roster_day", sa.Date(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_import_journal_digest", "import_journal", ["digest"], unique=False)
    op.create_table(
        "key_check",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("check", sa.String(200), nullable=False),
        sa.Column("rotating_to", sa.String(16), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "numbering",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("next", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind"),
    )
    op.create_table(
        "village",
        sa.Column("region", sa.String(24), nullable=False),
        sa.Column("town", sa.String(60), nullable=False),
        sa.Column("village", sa.String(60), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("region", "town", "village"),
    )
    op.create_table(
        "village_year",
        sa.Column("region", sa.String(24), nullable=False),
        sa.Column("town", sa.String(60), nullable=False),
        sa.Column("village", sa.String(60), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("region", "town", "village", "year"),
    )
    op.create_table(
        "resident",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("id_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_id", sa.LargeBinary(), nullable=False),
        sa.Column("name_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_phone", sa.LargeBinary(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("region", sa.String(24), nullable=False),
        sa.Column("town", sa.String(60), nullable=False),
        sa.Column("village", sa.String(60), nullable=False),
        sa.Column("hukou", sa.String(10), nullable=True),
        sa.Column("residence_permit", sa.Boolean(), nullable=True),
        sa.Column("household_id", BIG, autoincrement=False, nullable=True),
        sa.Column("household_role", sa.String(20), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["source"],
            ["import_journal.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("id_key"),
    )
    op.create_index("ix_resident_household_id", "resident", ["household_id"], unique=False)
    op.create_index("ix_resident_name", "resident", ["town", "name_key"], unique=False)
    op.create_index("ix_resident_village", "resident", ["town", "village", "id"], unique=False)
    op.create_table(
        "category_spell",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("resident_id", BIG, autoincrement=False, nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("word", sa.String(60), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("certified_by", sa.String(60), nullable=False),
        sa.Column("source", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["source"],
            ["import_journal.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("resident_id", "category", "since"),
    )
    op.create_table(
        "employee_spell",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("resident_id", BIG, autoincrement=False, nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["source"],
            ["import_journal.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_employee_spell_resident_id", "employee_spell", ["resident_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("resident_id", BIG, autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("tier", sa.String(20), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(40), nullable=True),
        sa.Column("receipt", sa.String(60), nullable=True),
        sa.Column("source", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount >= 0", name="ck_enrolment_amount"),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["source"],
            ["import_journal.id"],
        ),
        sa.PrimaryKeyConstraint("resident_id", "year"),
    )
    op.create_table(
        "guardian",
        sa.Column("ward_id", BIG, autoincrement=False, nullable=False),
        sa.Column("guardian_id", BIG, autoincrement=False, nullable=False),
        sa.Column("relation", sa.String(20), nullable=False),
        sa.CheckConstraint("ward_id <> guardian_id", name="ck_guardian_other"),
        sa.ForeignKeyConstraint(["guardian_id"], ["resident.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ward_id"], ["resident.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ward_id", "guardian_id"),
    )
    op.create_index("ix_guardian_guardian_id", "guardian", ["guardian_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_guardian_guardian_id", table_name="guardian")
    op.drop_table("guardian")
    op.drop_table("enrolment")
    op.drop_index("ix_employee_spell_resident_id", table_name="employee_spell")
    op.drop_table("employee_spell")
    op.drop_table("category_spell")
    op.drop_index("ix_resident_village", table_name="resident")
    op.drop_index("ix_resident_name", table_name="resident")
    op.drop_index("ix_resident_household_id", table_name="resident")
    op.drop_table("resident")
    op.drop_table("village_year")
    op.drop_table("village")
    op.drop_table("numbering")
    op.drop_table("key_check")
    op.drop_index("ix_import_journal_digest", table_name="import_journal")
    op.drop_table("import_journal")
    op.drop_table("household")
