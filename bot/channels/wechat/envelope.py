"""What comes from the platform is proved and opened, what goes back is sealed: signature, time, AES, app id (消息加解密)."""

from __future__ import annotations

import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException
from wechatpy.utils import WeChatSigner

from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.xml import read_xml
from bot.errors import RefusedPush

OLDEST = 300.0
"""Seconds a request's timestamp may lie off our clock."""
LONGEST = 64 * 1024
"""Bytes of a request's body."""
FORBIDDEN, WRONG = 403, 400


class _Cipher(PrpCrypto):  # type: ignore[misc]
    """wechatpy's cipher with unpredictable random bytes: its key stands in for the IV, so these are all there is."""

    def get_random_string(self) -> str:
        """The 16 bytes before the message."""
        return secrets.token_hex(8)


class _Crypto(WeChatCrypto):  # type: ignore[misc]
    def encrypt_message(self, msg: str, nonce: str, timestamp: str | None = None) -> str:
        """The sealed XML."""
        return str(self._encrypt_message(msg, nonce, timestamp, _Cipher))


@dataclass(frozen=True)
class Signed:
    """The query of a request: who it says it is from, when, and the proof."""

    timestamp: str = ""
    nonce: str = ""
    signature: str = ""
    msg_signature: str = ""
    encrypted: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Signed:
        """The query's own words."""
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        proofs = query.get("signature", ""), query.get("msg_signature", "")
        return cls(timestamp, nonce, *proofs, encrypted=query.get("encrypt_type") == "aes")


class Envelope:
    """One account's token and key at work."""

    def __init__(self, account: WechatAccount) -> None:
        self._account = account
        self._token = account.token.get_secret_value()
        key = account.aes_key.get_secret_value() if account.aes_key else None
        self._crypto = _Crypto(self._token, key, account.app_id) if key else None

    def prove(self, signed: Signed, now: float, encrypted: str | None = None) -> None:
        """Refuses a request whose signature is wrong or whose time is off. Raises RefusedPush."""
        parts = (self._token, signed.timestamp, signed.nonce)
        given = signed.signature if encrypted is None else signed.msg_signature
        wanted = _signature(*parts) if encrypted is None else _signature(*parts, encrypted)
        # the signature first: whoever cannot sign learns nothing of our clock
        if not secrets.compare_digest(wanted.encode(), given.encode()):
            raise RefusedPush(FORBIDDEN, "wrong signature")
        stamp = signed.timestamp
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12) or abs(now - int(stamp)) > OLDEST:
            raise RefusedPush(FORBIDDEN, f"timestamp more than {OLDEST:.0f} s off this machine's clock")

    def open(self, signed: Signed, body: bytes, now: float) -> str:
        """The plain XML of a request. Raises RefusedPush with the HTTP status it deserves."""
        if signed.encrypted != self._account.mode.encrypted:
            got = "an encrypted" if signed.encrypted else "a plain"
            raise RefusedPush(FORBIDDEN, f"{got} message, but the account is set to mode {self._account.mode}")
        if not signed.encrypted:
            self.prove(signed, now)
            return _text(body)
        encrypted = read_xml(_text(body)).get("Encrypt")
        if not isinstance(encrypted, str):
            raise RefusedPush(WRONG, "no Encrypt in the body")
        self.prove(signed, now, encrypted)
        return self._decrypted(encrypted, signed)

    def _decrypted(self, encrypted: str, signed: Signed) -> str:
        assert self._crypto is not None, "an account of an encrypted mode has a key"
        try:
            return str(
                self._crypto.decrypt_message(
                    {"Encrypt": encrypted}, signed.msg_signature, signed.timestamp, signed.nonce
                )
            )
        except InvalidAppIdException:
            raise RefusedPush(FORBIDDEN, "encrypted for another app id") from None
        except (ValueError, IndexError, struct.error):
            raise RefusedPush(WRONG, "cannot be decrypted; is aes_key the account's EncodingAESKey?") from None

    def seal(self, xml: str, now: float) -> bytes:
        """A reply as it goes back: encrypted where the account's mode is."""
        if not self._account.mode.encrypted:
            return xml.encode()
        assert self._crypto is not None, "an account of an encrypted mode has a key"
        nonce = str(secrets.randbelow(10**10))
        return self._crypto.encrypt_message(xml, nonce, str(int(now))).encode()


def _signature(*parts: str) -> str:
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise RefusedPush(WRONG, "not UTF-8") from None
