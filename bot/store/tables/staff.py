"""Staff of the console: accounts, log-ins that are open, and failed tries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer
from sqlmodel import Field, SQLModel

from bot.store.columns import find_only, moment


class StaffRow(SQLModel, table=True):
    """An account; `password` is an argon2id hash, `scope` as `bot.staff.scope` writes it."""

    __tablename__ = "staff"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=60)
    key: str = Field(max_length=60, unique=True)
    """The name folded (width, case), so that no two look alike."""
    role: str = Field(max_length=20)
    region: str | None = Field(default=None, max_length=40)
    town: str | None = Field(default=None, max_length=60)
    village: str | None = Field(default=None, max_length=60)
    password: str = Field(max_length=200)
    must_change: bool = True
    disabled: bool = False
    created: datetime = Field(sa_column=moment())


class StaffSessionRow(SQLModel, table=True):
    """A log-in that is open, by the find key of its token."""

    __tablename__ = "staff_session"

    token: bytes = Field(sa_column=find_only(primary_key=True))
    staff: int = Field(
        sa_column=Column(Integer, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    created: datetime = Field(sa_column=moment())
    seen: datetime = Field(sa_column=moment())


class StaffTriesRow(SQLModel, table=True):
    """Failed log-ins one after the other, by the find key of an account's name or of an address."""

    __tablename__ = "staff_tries"

    who: bytes = Field(sa_column=find_only(primary_key=True))
    failures: int
    last: datetime = Field(sa_column=moment(index=True))
