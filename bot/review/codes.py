"""The short code under an answer (答复编号), and ids that grow with time."""

from __future__ import annotations

import secrets
import time

ALPHABET = "23456789ACEFHJKMNPRTWXY"
"""Without what looks or sounds alike when it is read out over the telephone (0 O D, 1 I L, B 8, S 5, U V, Z 2, Q G)."""
LENGTH = 6


def new_code() -> str:
    """A code for one answer; one of 148 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy_code(text: str) -> str | None:
    """The code as somebody typed it; None where it can be none."""
    code = "".join(text.upper().split()).replace("-", "")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def ordered_id() -> str:
    """An id that sorts by the moment it was made."""
    return f"{time.time_ns():016x}{secrets.token_hex(6)}"
