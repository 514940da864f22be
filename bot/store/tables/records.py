"""The enrolment records (参保档案): residents, their categories, payments, households; sums are whole fen (分).

Names, ID and phone numbers are sealed and found by HMAC only. `resident.id` and `household.id` are given out by
`numbering` before a row is written, since a cell is sealed for its row, and are never given twice.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import find_key, moment, number, reference, sealed


class NumberingRow(SQLModel, table=True):
    """The next number of a kind of row; taking one locks the row, so that loads stand in line."""

    __tablename__ = "numbering"

    kind: str = Field(primary_key=True, max_length=20)
    next: int = Field(sa_column=number())


class KeyCheckRow(SQLModel, table=True):
    """One row that tells whether a secret key is this database's; `rotating_to` while a rotation is not finished."""

    __tablename__ = "key_check"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key_id: str = Field(max_length=16)
    check: str = Field(max_length=200)
    rotating_to: str | None = Field(default=None, max_length=16)


class ImportRow(SQLModel, table=True):
    """One file of a roster that was loaded or began to be: what it was by its SHA-256, how far, with what result."""

    __tablename__ = "import_journal"
    __table_args__ = (Index("ix_import_journal_digest", "digest"),)

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(max_length=64)
    file: str = Field(max_length=255)
    region: str = Field(max_length=24)
    roster_day: date
    started: datetime = Field(sa_column=moment())
    finished: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    warned: int = 0


class HouseholdRow(SQLModel, table=True):
    """A household (户) by the number the roster gives it."""

    __tablename__ = "household"
    __table_args__ = (UniqueConstraint("number_key"),)

    id: int = Field(sa_column=number(primary_key=True, given=True))
    region: str = Field(max_length=24)
    number_key: bytes = Field(sa_column=find_key())
    sealed_number: bytes = Field(sa_column=sealed(found_by="number_key", scope="region"))


class ResidentRow(SQLModel, table=True):
    """A resident of the register: `region` is the county's code, `town` the town's (county-name where it has none)."""

    __tablename__ = "resident"
    __table_args__ = (
        UniqueConstraint("id_key"),
        Index("ix_resident_name", "town", "name_key"),
        Index("ix_resident_village", "town", "village", "id"),
    )

    id: int = Field(sa_column=number(primary_key=True, given=True))
    id_key: bytes = Field(sa_column=find_key())
    sealed_id: bytes = Field(sa_column=sealed(found_by="id_key"))
    name_key: bytes = Field(sa_column=find_key())
    sealed_name: bytes = Field(sa_column=sealed(found_by="name_key", scope="town"))
    sealed_phone: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    birth_date: date
    region: str = Field(max_length=24)
    town: str = Field(default="", max_length=60)
    village: str = Field(default="", max_length=60)
    hukou: str | None = Field(default=None, max_length=10)
    residence_permit: bool | None = None
    household_id: int | None = Field(
        default=None, sa_column=reference("household.id", nullable=True, index=True, ondelete="SET NULL")
    )
    household_role: str | None = Field(default=None, max_length=20)
    fictional: bool = False
    source: int | None = Field(default=None, foreign_key="import_journal.id")


class CategorySpellRow(SQLModel, table=True):
    """A time in which a resident was in a category: both days count, `until` None: it goes on; `word` as the roster has it."""

    __tablename__ = "category_spell"
    __table_args__ = (UniqueConstraint("resident_id", "category", "since"),)

    id: int | None = Field(default=None, sa_column=number(primary_key=True))
    resident_id: int = Field(sa_column=reference("resident.id"))
    category: str = Field(max_length=40)
    word: str = Field(max_length=60)
    since: date | None = None
    until: date | None = None
    certified_by: str = Field(default="", max_length=60)
    source: int | None = Field(default=None, foreign_key="import_journal.id")


class EnrolmentRow(SQLModel, table=True):
    """A cover year's enrolment, one a resident and year; `amount` in fen; `status` as dialogues.record.Enrolment has it."""

    __tablename__ = "enrolment"
    __table_args__ = (CheckConstraint("amount >= 0", name="ck_enrolment_amount"),)

    resident_id: int = Field(sa_column=reference("resident.id", primary_key=True))
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    status: str = Field(max_length=12)
    tier: str | None = Field(default=None, max_length=20)
    paid_on: date | None = None
    amount: int | None = None
    channel: str | None = Field(default=None, max_length=40)
    receipt: str | None = Field(default=None, max_length=60)
    source: int | None = Field(default=None, foreign_key="import_journal.id")


class EmployeeSpellRow(SQLModel, table=True):
    """A spell of 职工医保: months paid without a break and its last day (None: it goes on)."""

    __tablename__ = "employee_spell"

    id: int | None = Field(default=None, sa_column=number(primary_key=True))
    resident_id: int = Field(sa_column=reference("resident.id", index=True))
    months: int
    ended_on: date | None = None
    source: int | None = Field(default=None, foreign_key="import_journal.id")


class GuardianRow(SQLModel, table=True):
    """Who acts for a child: the ward, the guardian, how they are related (监护关系)."""

    __tablename__ = "guardian"
    __table_args__ = (CheckConstraint("ward_id <> guardian_id", name="ck_guardian_other"),)

    ward_id: int = Field(sa_column=reference("resident.id", primary_key=True))
    guardian_id: int = Field(sa_column=reference("resident.id", primary_key=True, index=True))
    relation: str = Field(max_length=20)


class VillageRow(SQLModel, table=True):
    """How many residents of the register a village has; kept with each load, so that nobody counts a million rows."""

    __tablename__ = "village"

    region: str = Field(primary_key=True, max_length=24)
    town: str = Field(primary_key=True, max_length=60)
    village: str = Field(primary_key=True, max_length=60)
    residents: int = 0


class VillageYearRow(SQLModel, table=True):
    """How many residents of a village have paid for a cover year; kept as `village` is."""

    __tablename__ = "village_year"

    region: str = Field(primary_key=True, max_length=24)
    town: str = Field(primary_key=True, max_length=60)
    village: str = Field(primary_key=True, max_length=60)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    paid: int = 0
