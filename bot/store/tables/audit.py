"""The audit journal's table; triggers refuse to change or delete its rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, DateTime, Index
from sqlmodel import Field, SQLModel


class AuditRow(SQLModel, table=True):
    """One act; `hash` covers the row and `previous`, the hash of the row before. `subject` outlives the resident's row."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject", "subject", "seq"),)

    seq: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    actor: str = Field(max_length=120)
    action: str = Field(max_length=40)
    subject: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    reason: str = Field(max_length=400)
    detail: str
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)
