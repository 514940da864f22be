"""Sealed cells: readable by the right key in their own place only, found by another key."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from people import GUILAN, KEY, SECRETS
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import Unreadable, WrongKey
from bot.secrets.key import found_key, made_key, read_key
from bot.secrets.opening import open_secrets
from bot.secrets.sealing import Place, Secrets
from bot.settings import Settings

HERE = Place("resident", "sealed_id", 7)


def test_a_cell_is_read_where_it_was_sealed() -> None:
    sealed = SECRETS.seal("王桂兰𠮷", HERE)
    assert SECRETS.unseal(sealed, HERE) == "王桂兰𠮷"
    assert "王桂兰".encode() not in sealed
    assert SECRETS.seal("王桂兰𠮷", HERE) != sealed


@pytest.mark.parametrize(
    "elsewhere",
    [Place("resident", "sealed_id", 8), Place("resident", "sealed_name", 7), Place("household", "sealed_id", 7)],
)
def test_a_cell_that_was_moved_does_not_open(elsewhere: Place) -> None:
    sealed = SECRETS.seal(GUILAN, HERE)
    with pytest.raises(Unreadable, match="changed or moved") as caught:
        SECRETS.unseal(sealed, elsewhere)
    assert GUILAN not in str(caught.value)


@pytest.mark.parametrize("at", [-1, 10, 20])
def test_a_cell_with_a_changed_byte_does_not_open(at: int) -> None:
    sealed = bytearray(SECRETS.seal(GUILAN, HERE))
    sealed[at] ^= 1
    with pytest.raises(Unreadable):
        SECRETS.unseal(bytes(sealed), HERE)


def test_another_key_opens_nothing_and_finds_nothing() -> None:
    other = Secrets(bytes(32))
    with pytest.raises(Unreadable, match="another key"):
        other.unseal(SECRETS.seal(GUILAN, HERE), HERE)
    assert other.find_key(GUILAN, "p") != SECRETS.find_key(GUILAN, "p")


def test_a_find_key_is_of_its_purpose_and_scope() -> None:
    keys = {SECRETS.find_key(GUILAN, purpose, scope) for purpose in ("a", "b") for scope in ("", "x")}
    assert len(keys) == 4
    assert SECRETS.find_key(GUILAN, "a") in keys


def test_secrets_print_no_key() -> None:
    assert KEY.hex() not in repr(SECRETS)
    assert repr(SECRETS) == f"Secrets(key {SECRETS.key_id.hex()})"


def test_a_key_is_read_in_hex_and_both_kinds_of_base64() -> None:
    import base64

    key = bytes([251, 255] * 16)
    for text in (key.hex(), key.hex().upper(), base64.b64encode(key).decode(), base64.urlsafe_b64encode(key).decode()):
        assert read_key(f" {text}\n", "here") == key


@pytest.mark.parametrize("text", ["", "short", "ab" * 31, "钥匙" * 20, "!" * 64])
def test_what_is_no_key_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(WrongKey, match="token_hex") as caught:
        read_key(text, "CANBAO_SECRET_KEY")
    assert not text or text not in str(caught.value)


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    kept = tmp_path / "var" / "secret-key"
    assert found_key(None, kept) is None
    made = made_key(kept)
    assert made_key(kept) == made == found_key(None, kept)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [one.name for one in kept.parent.iterdir()] == ["secret-key"]


def _with(key: bytes | None) -> Settings:
    return Settings(secret_key=SecretStr(key.hex()) if key else None, _env_file=None)


async def test_a_new_database_begins_with_the_key_that_is_set(engine: AsyncEngine, tmp_path: Path) -> None:
    first = await open_secrets(engine, _with(KEY), tmp_path / "key")
    again = await open_secrets(engine, _with(KEY), tmp_path / "key")
    assert first.key_id == again.key_id == SECRETS.key_id
    assert not (tmp_path / "key").exists()


async def test_without_a_key_one_is_made_and_kept(engine: AsyncEngine, tmp_path: Path) -> None:
    first = await open_secrets(engine, _with(None), tmp_path / "key")
    assert (await open_secrets(engine, _with(None), tmp_path / "key")).key_id == first.key_id


async def test_a_wrong_key_is_refused_with_what_to_do(engine: AsyncEngine, tmp_path: Path) -> None:
    await open_secrets(engine, _with(KEY), tmp_path / "key")
    other = os.urandom(32)
    with pytest.raises(WrongKey, match=r"not that of this database.*CANBAO_SECRET_KEY.*rotate-key") as caught:
        await open_secrets(engine, _with(other), tmp_path / "key")
    assert other.hex() not in str(caught.value)


async def test_a_missing_key_is_not_made_anew_over_a_database_that_has_one(engine: AsyncEngine, tmp_path: Path) -> None:
    await open_secrets(engine, _with(KEY), tmp_path / "key")
    with pytest.raises(WrongKey, match="not here; set CANBAO_SECRET_KEY"):
        await open_secrets(engine, _with(None), tmp_path / "key")
    assert not (tmp_path / "key").exists()
