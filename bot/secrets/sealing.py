"""Sealing personal data: AES-GCM to keep it, HMAC-SHA256 to find it again, both under keys derived from one secret."""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import Unreadable

_VERSION = b"\x01"
_ID, _NONCE = 4, 12
_HEAD = len(_VERSION) + _ID
KEY_ID_AT = (len(_VERSION) + 1, _ID)
"""Where in a sealed cell its key's id stands, as SQL's substr counts: the first byte and how many."""
_SALT = b"canbao"


@dataclass(frozen=True)
class Place:
    """Which cell a sealed text belongs to: it can be read at no other table, column or row."""

    table: str
    column: str
    row: int | str

    @property
    def bound(self) -> bytes:
        """The associated data of the encryption."""
        return f"{self.table}\0{self.column}\0{self.row}".encode()


class Secrets:
    """Seals, unseals and finds under one secret key of at least 32 bytes; prints as nothing but its key id."""

    __slots__ = ("_finding", "_sealing", "key_id")

    def __init__(self, key: bytes) -> None:
        if len(key) < 32:
            raise ValueError("a secret key has at least 32 bytes")
        self._sealing = AESGCM(_derived(key, b"sealing"))
        self._finding = hmac.new(_derived(key, b"finding"), digestmod="sha256")
        self.key_id = _derived(key, b"key id")[:_ID]

    def __repr__(self) -> str:
        return f"Secrets(key {self.key_id.hex()})"

    def seal(self, text: str, place: Place) -> bytes:
        """`text` as it may be stored in the cell `place`; another nonce each time, so equal texts do not look alike."""
        nonce = os.urandom(_NONCE)
        return b"".join(
            (_VERSION, self.key_id, nonce, self._sealing.encrypt(nonce, text.encode(), place.bound)),
        )

    def unseal(self, sealed: bytes, place: Place) -> str:
        """The text that was sealed for this very cell. Raises Unreadable."""
        where = f"{place.table}.{place.column}"
        if sealed[:1] != _VERSION or key_id_of(sealed) != self.key_id:
            raise Unreadable(f"{where}: a cell is sealed under another key; run `canbao records rotate-key` to its end")
        nonce, rest = sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
        try:
            return self._sealing.decrypt(nonce, rest, place.bound).decode()
        except InvalidTag:
            raise Unreadable(f"{where}: a cell was changed or moved; restore the database from a backup") from None

    def find_key(self, text: str, purpose: str, scope: str = "") -> bytes:
        """The HMAC by which `text` is found; other purposes and scopes give other keys, so that they cannot be joined."""
        found = self._finding.copy()  # the key is worked in once; a message takes a dozen of these
        found.update(f"{purpose}\0{scope}\0{text}".encode())
        return found.digest()


def key_id_of(sealed: bytes) -> bytes:
    """The id of the key that a cell is sealed under."""
    return sealed[len(_VERSION) : _HEAD]


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=_SALT, info=purpose).derive(key)
