"""HMACs of the console's own, so that a copy of the database opens nobody's session and tells no name that was tried."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from bot.secrets.sealing import Secrets


@dataclass(frozen=True)
class Seal:
    """HMAC-SHA256 under the secret key; each purpose has values of its own."""

    secrets: Secrets = field(repr=False)

    def key(self, purpose: str, value: str) -> bytes:
        """The 32 bytes under which a table finds the value."""
        return self.secrets.find_key(value, purpose, scope="staff")

    def of(self, purpose: str, value: str) -> str:
        """64 hexadecimal digits, for what goes to a browser."""
        return self.key(purpose, value).hex()

    def matches(self, purpose: str, value: str, seal: str) -> bool:
        """Whether `seal` is that of the value, compared in constant time."""
        return hmac.compare_digest(self.of(purpose, value).encode(), seal.encode())
