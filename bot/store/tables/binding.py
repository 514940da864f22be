"""The tables of binding (绑定): which account is whose, what a binding conversation waits for, and the tries of a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, SQLModel

from bot.store.columns import find_key, find_only, moment, number, reference, sealed
from bot.store.retention import kept

UNFINISHED = timedelta(minutes=15)
"""How long a binding conversation waits for its next word; after that it begins anew."""
TRIES = timedelta(days=2)
"""How long tries are kept; those of one day count."""


class BindingRow(SQLModel, table=True):
    """An account bound to a resident: the account by its find key, and sealed, since reminders are sent to it."""

    __tablename__ = "binding"

    id: int = Field(sa_column=number(primary_key=True, given=True))
    account: bytes = Field(sa_column=find_key(unique=True))
    sealed_caller: bytes = Field(sa_column=sealed(found_by="account"))
    resident_id: int = Field(sa_column=reference("resident.id", index=True))
    notice: str = Field(max_length=20)
    """The version of the notice that was agreed to."""
    consented: datetime = Field(sa_column=moment())
    bound: datetime = Field(sa_column=moment())


class BindingStepRow(SQLModel, table=True):
    """What a binding conversation waits for: `consent`, `name` or `number`; the name given so far, sealed. Never a number."""

    __tablename__ = "binding_step"

    account: bytes = Field(sa_column=find_only(primary_key=True))
    step: str = Field(max_length=10)
    notice: str = Field(max_length=20)
    consented: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    sealed_name: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    updated: datetime = Field(sa_column=kept(UNFINISHED))


class BindingTryRow(SQLModel, table=True):
    """One try to bind: by which account, for which ID number (find keys), when."""

    __tablename__ = "binding_try"

    id: int | None = Field(default=None, sa_column=number(primary_key=True))
    account: bytes = Field(sa_column=find_only(index=True))
    person: bytes = Field(sa_column=find_only(index=True))
    at: datetime = Field(sa_column=kept(TRIES))
