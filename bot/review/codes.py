"""The short code under an answer (答复编号), and ids that grow with time."""

from __future__ import annotations

import secrets
import time

ALPHABET = "23456789ACEFHJKMNPRTWXY"
"""Without what looks or sounds alike when it is read out over the telephone (0 O D, 1 I L, B 8, S 5, U V, Z 2, Q G)."""
LENGTH = 8
"""Among a million kept answers, one new code in 78,000 is there already."""


def new_code() -> str:
    """A code for one answer; one of 78 billion."""
    number = secrets.randbits(64)  # so wide that no code is likelier than another by more than 1 in 10^8
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(LENGTH))


def tidy_code(text: str) -> str | None:
    """The code as somebody typed it; None where it can be none."""
    code = "".join(text.upper().split()).replace("-", "")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def ordered_id() -> str:
    """An id that sorts by the moment it was made."""
    return f"{time.time_ns():016x}{secrets.token_hex(6)}"
