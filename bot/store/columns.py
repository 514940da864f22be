"""Kinds of columns that hold personal data, marked so that a rotation of the secret key finds every one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, LargeBinary

BIG = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit number; SQLite's INTEGER is one already."""


@dataclass(frozen=True)
class Sealed:
    """A text sealed for its own cell; `found_by` names the column with its find key, `scope` the column that scopes it."""

    found_by: str | None = None
    scope: str | None = None


@dataclass(frozen=True)
class FindOnly:
    """A find key whose text is kept nowhere: rows that stand on it are deleted when the secret key changes."""


def sealed(*, found_by: str | None = None, scope: str | None = None, nullable: bool = False) -> Column[bytes]:
    """A sealed text: `Secrets.seal(text, Place(table, column, primary key))`.

    Its find key is `Secrets.find_key(text, "table.column", str(row[scope]) or "")`; the same text is sealed and found by.
    """
    return Column(LargeBinary, nullable=nullable, info={"canbao": Sealed(found_by, scope)})


def find_key(*, unique: bool = False, index: bool = False, nullable: bool = False) -> Column[bytes]:
    """The find key of a sealed column beside it."""
    return Column(LargeBinary, nullable=nullable, unique=unique, index=index)


def find_only(*, primary_key: bool = False, unique: bool = False, index: bool = False) -> Column[bytes]:
    """A find key without its text (a session, a message): its rows do not outlive the secret key."""
    return Column(
        LargeBinary, primary_key=primary_key, unique=unique, index=index, nullable=False, info={"canbao": FindOnly()}
    )


def number(*, primary_key: bool = False, given: bool = False, nullable: bool = False) -> Column[int]:
    """A 64-bit number; `given`: the program gives it, not the database."""
    return Column(BIG, primary_key=primary_key, nullable=nullable, autoincrement=primary_key and not given)


def reference(
    to: str, *, primary_key: bool = False, index: bool = False, nullable: bool = False, ondelete: str = "CASCADE"
) -> Column[int]:
    """A 64-bit reference to the column `to`; a row goes with what it refers to, unless `ondelete` says otherwise."""
    key = ForeignKey(to, ondelete=ondelete)
    return Column(BIG, key, primary_key=primary_key, index=index, nullable=nullable, autoincrement=False)


def moment(*, nullable: bool = False, index: bool = False) -> Column[datetime]:
    """A moment with its time zone (UTC)."""
    return Column(DateTime(timezone=True), nullable=nullable, index=index)


def utc(moment: datetime) -> datetime:
    """A moment as the database gives it; SQLite leaves the time zone out."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
