"""Signing and encrypting what is sent, and opening what comes back (消息加解密); wechatpy's cipher, checks of our own."""

from __future__ import annotations

import hashlib
import secrets
import time
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from wechatpy.crypto import PrpCrypto

from bot.sim.wechat.account import Mode, SimAccount
from bot.sim.wechat.push import Push, element


class NotOpened(Exception):
    """An encrypted reply that WeChat could not open; the message says why."""


@dataclass(frozen=True)
class Sealed:
    """A request as it goes over the wire."""

    query: dict[str, str]
    body: bytes


def signature(*parts: str) -> str:
    """SHA-1 over the sorted parts, in hexadecimal."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


@dataclass(frozen=True)
class Envelope:
    """How one account's messages are sealed and opened."""

    account: SimAccount

    def seal(self, push: Push, at: float | None = None) -> Sealed:
        """A push signed at `at` (now), and encrypted where the mode says so."""
        query = self.signed(at)
        account = self.account
        if account.mode is Mode.PLAIN:
            return Sealed({**query, "openid": push.sender}, push.xml().encode())
        encrypted = self._cipher().encrypt(push.xml(), account.app_id).decode()
        query |= {
            "openid": push.sender,
            "encrypt_type": "aes",
            "msg_signature": signature(account.token, query["timestamp"], query["nonce"], encrypted),
        }
        return Sealed(query, self._body(push, encrypted).encode())

    def signed(self, at: float | None = None) -> dict[str, str]:
        """timestamp, nonce and signature of a request."""
        timestamp = str(int(time.time() if at is None else at))
        nonce = str(secrets.randbelow(10**10))
        return {"signature": signature(self.account.token, timestamp, nonce), "timestamp": timestamp, "nonce": nonce}

    def open(self, parts: Mapping[str, str]) -> str:
        """The plain XML of an encrypted reply. Raises NotOpened."""
        for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce"):
            if not parts.get(name):
                raise NotOpened(f"an encrypted reply without {name}")
        wanted = signature(self.account.token, parts["TimeStamp"], parts["Nonce"], parts["Encrypt"])
        if not secrets.compare_digest(wanted.encode(), parts["MsgSignature"].encode()):
            raise NotOpened("MsgSignature does not match token, TimeStamp, Nonce and Encrypt")
        try:
            return str(self._cipher().decrypt(parts["Encrypt"], self.account.app_id))
        except Exception as error:  # the cipher raises whatever the bytes lead it into
            raise NotOpened(
                f"Encrypt cannot be opened with this EncodingAESKey and AppID ({type(error).__name__})"
            ) from error

    def _body(self, push: Push, encrypted: str) -> str:
        """Safe: the recipient and the cipher text; compatible: the plain fields as well."""
        if self.account.mode is Mode.COMPATIBLE:
            return push.xml((("Encrypt", encrypted),))
        return f"<xml>\n{element('ToUserName', push.to)}\n{element('Encrypt', encrypted)}\n</xml>"

    def _cipher(self) -> PrpCrypto:
        return PrpCrypto(b64decode(self.account.aes_key + "="))


def children(root: Element) -> dict[str, str]:
    """The text of an element's children, the first of each name."""
    found: dict[str, str] = {}
    for child in root:
        found.setdefault(child.tag, child.text or "")
    return found
