"""Passwords (密码): argon2id hashes, checked in the same time for names that nobody has; first passwords; what is too weak."""

from __future__ import annotations

import secrets
from functools import cache
from itertools import pairwise
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.staff.errors import WeakPassword

SHORTEST, LONGEST = 10, 128
"""Characters of a password."""
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""What a first password is made of: nothing that looks like something else on paper."""
_hasher = PasswordHasher()
_at_once = BoundedSemaphore(2)
"""Each hash takes 64 MiB; more at once would let log-ins crowd out residents."""


def hashed(password: str) -> str:
    """The argon2id hash that is kept."""
    with _at_once:
        return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password; takes as long where there is no account (None)."""
    with _at_once:
        try:
            return _hasher.verify(kept or _of_nobody(), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _of_nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))


def first_password() -> str:
    """A password to be handed over once: three groups of five, about 74 bits."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(3))


def check_new(password: str, name: str, old: str) -> None:
    """Raises WeakPassword where a new password will not do."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"新密码要{SHORTEST}到{LONGEST}个字符。可以用一句只有您知道的话。")
    if password == old:
        raise WeakPassword("新密码和原来的一样，请换一个。")
    if name.casefold() in password.casefold():
        raise WeakPassword("新密码里不要带用户名，请换一个。")
    if len(set(password)) < 5 or _runs(password):
        raise WeakPassword("新密码太容易猜，请不要用连续或重复的字符。")


def _runs(password: str) -> bool:
    """Whether it goes by one or two steps only, such as 1234567890 or ababababab."""
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return len(steps) <= 2
