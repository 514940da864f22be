"""The secret key: CANBAO_SECRET_KEY, else one made once under var/secret-key and readable by its owner only."""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from pathlib import Path

from pydantic import SecretStr

from bot.errors import WrongKey
from bot.project import VAR

KEPT = VAR / "secret-key"
SHORTEST = 32
HOW_TO = "make one by: python -c 'import secrets; print(secrets.token_hex(32))'"
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")


def read_key(text: str, where: str) -> bytes:
    """The bytes of a key in hex or base64 (both alphabets). Raises WrongKey with `where` it came from, never the key."""
    found = _decoded("".join(text.split()))
    if found is None:
        raise WrongKey(f"{where}: neither base64 nor hex; {HOW_TO}")
    if len(found) < SHORTEST:
        raise WrongKey(f"{where}: {len(found)} bytes, at least {SHORTEST} are needed; {HOW_TO}")
    return found


def _decoded(text: str) -> bytes | None:
    if _HEX.fullmatch(text):
        return bytes.fromhex(text)
    try:
        return base64.b64decode(text.translate(str.maketrans("-_", "+/")) + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def found_key(given: SecretStr | None, kept: Path = KEPT) -> bytes | None:
    """The key that is set, else the kept one; None where there is neither. Raises WrongKey."""
    if given is not None:
        return read_key(given.get_secret_value(), "CANBAO_SECRET_KEY")
    try:
        return read_key(kept.read_text(encoding="ascii"), str(kept))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise WrongKey(f"{kept}: cannot be read ({type(error).__name__}); set CANBAO_SECRET_KEY") from error


def made_key(kept: Path = KEPT) -> bytes:
    """A new key, kept for this machine; where another process made one at this moment, that one. Raises WrongKey."""
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_name(f"{kept.name}.{os.getpid()}")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SHORTEST) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(half, kept)  # never over a key that is there, and never half a key
        except FileExistsError:
            pass
        finally:
            half.unlink()
        return read_key(kept.read_text(encoding="ascii"), str(kept))
    except OSError as error:
        raise WrongKey(f"{kept}: no key can be kept there ({error.strerror}); set CANBAO_SECRET_KEY") from error
