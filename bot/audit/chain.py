"""The chain of hashes: each row holds the hash of the row before, so that a row changed or taken out breaks it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from bot.audit.entry import Entry

BEGINNING = "0" * 64
"""What the first row gives as the hash before it."""


def link(previous: str, seq: int, at: datetime, entry: Entry) -> str:
    """The SHA-256 of a row and of the row before it, as 64 hexadecimal digits."""
    row = [
        previous,
        seq,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.action,
        entry.subject,
        entry.reason,
        written_detail(entry),
    ]
    return hashlib.sha256(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def written_detail(entry: Entry) -> str:
    """The detail as the table holds it: JSON with its keys in order."""
    return json.dumps(dict(entry.detail), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
