"""Exchanging the secret key: everything goes over, broken off it goes on, and meanwhile no program reads with either key."""

from __future__ import annotations

import os

import pytest
from people import GUILAN, KEY, SECRETS, SUIXI, entry, id_number, loader, registry
from pydantic import SecretStr
from sqlalchemy import LargeBinary, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

from bot.errors import StoreFailed, WrongKey
from bot.records.loading import Loaded
from bot.records.resident import Scope
from bot.secrets import rotation
from bot.secrets.opening import open_secrets
from bot.secrets.rotation import forgotten_tables, rotate, sealed_columns, sealed_tables
from bot.secrets.sealing import Place, Secrets
from bot.settings import Settings

NEW = os.urandom(32)
ENTRIES = [entry(order, phone="19900000001", household=f"{order // 3}") for order in range(20)]


def given(key: bytes) -> Settings:
    return Settings(secret_key=SecretStr(key.hex()), _env_file=None)


@pytest.fixture
async def filled(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> AsyncEngine:
    monkeypatch.setattr(rotation, "BATCH", 5)
    await open_secrets(engine, given(KEY))
    await loader(engine).load(ENTRIES)
    return engine


async def rows_done(engine: AsyncEngine, old: Secrets, new: Secrets, steps: int = 1000) -> int:
    """Exchanges the key for so many batches, then is broken off."""
    done = 0
    going = rotate(engine, old, new)
    async for one in going:
        done, steps = one.rows, steps - 1
        if not steps:
            break
    await going.aclose()  # type: ignore[attr-defined]
    return done


async def assert_all_under(engine: AsyncEngine, key: bytes) -> None:
    secrets = await open_secrets(engine, given(key))
    for order in range(20):
        found = await registry(engine, secrets).by_id_number(id_number(order=order))
        assert found is not None
        assert (found.name, found.phone) == ("王桂兰", "19900000001")
        assert len(await registry(engine, secrets).household_of(found)) == (3 if order < 18 else 2)
    assert len(await registry(engine, secrets).named("王桂兰", Scope(SUIXI))) == 20
    assert await loader(engine, secrets=secrets).load(ENTRIES) == Loaded(unchanged=20)


async def test_every_record_goes_over_to_the_new_key(filled: AsyncEngine) -> None:
    await rows_done(filled, SECRETS, Secrets(NEW))
    await assert_all_under(filled, NEW)
    with pytest.raises(WrongKey):
        await open_secrets(filled, given(KEY))


@pytest.mark.parametrize("steps", [1, 3, 5])
async def test_broken_off_and_run_again_it_ends_right(filled: AsyncEngine, steps: int) -> None:
    await rows_done(filled, SECRETS, Secrets(NEW), steps)
    for key in (KEY, NEW):
        with pytest.raises(WrongKey, match="run `canbao records rotate-key` again"):
            await open_secrets(filled, given(key))
    with pytest.raises(WrongKey, match="another key"):
        await rows_done(filled, SECRETS, Secrets(bytes(32)))
    await rows_done(filled, SECRETS, Secrets(NEW))
    await assert_all_under(filled, NEW)


async def test_an_exchange_that_is_done_is_not_done_again(filled: AsyncEngine) -> None:
    await rows_done(filled, SECRETS, Secrets(NEW))
    assert await rows_done(filled, SECRETS, Secrets(NEW)) == 0
    await assert_all_under(filled, NEW)


async def test_a_wrong_old_key_changes_nothing(filled: AsyncEngine) -> None:
    with pytest.raises(WrongKey, match="CANBAO_OLD_SECRET_KEY"):
        await rows_done(filled, Secrets(bytes(32)), Secrets(NEW))
    await assert_all_under(filled, KEY)


async def test_a_database_without_a_key_has_nothing_to_exchange(engine: AsyncEngine) -> None:
    with pytest.raises(WrongKey, match="nothing to exchange"):
        await rows_done(engine, SECRETS, Secrets(NEW))


async def test_an_empty_register_is_exchanged_as_well(engine: AsyncEngine) -> None:
    await open_secrets(engine, given(KEY))
    await rows_done(engine, SECRETS, Secrets(NEW))
    assert (await open_secrets(engine, given(NEW))).key_id == Secrets(NEW).key_id


def test_every_column_of_bytes_is_known_to_the_exchange() -> None:
    """A sealed cell or a find key that is not marked would be lost with the old key."""
    for name, table in SQLModel.metadata.tables.items():
        sealed = sealed_columns(table)
        known = {column.name for column, _ in sealed} | {mark.found_by for _, mark in sealed}
        loose = [one.name for one in table.columns if isinstance(one.type, LargeBinary) and one.name not in known]
        assert not loose or table in forgotten_tables(), f"{name}: {loose}"
        assert not sealed or len(table.primary_key.columns) == 1, f"{name}: one column tells the row"
    assert {"resident", "household"} <= {table.name for table in sealed_tables()}


async def test_a_program_that_writes_under_the_old_key_meanwhile_is_noticed(filled: AsyncEngine) -> None:
    going = rotate(filled, SECRETS, Secrets(NEW))
    async for done in going:
        if done.rows == done.of:
            async with filled.begin() as connection:
                cell = {"cell": SECRETS.seal("19900000009", Place("resident", "sealed_phone", 1))}
                await connection.execute(text("UPDATE resident SET sealed_phone = :cell WHERE id = 1"), cell)
            break
    with pytest.raises(StoreFailed, match="run this command again"):
        await anext(going)
    await rows_done(filled, SECRETS, Secrets(NEW))
    secrets = await open_secrets(filled, given(NEW))
    found = await registry(filled, secrets).by_id(1)
    assert found is not None
    assert found.phone == "19900000009"


async def test_no_cell_of_the_old_key_is_left(filled: AsyncEngine) -> None:
    await rows_done(filled, SECRETS, Secrets(NEW))
    async with filled.connect() as connection:
        for table in sealed_tables():
            for column, _ in sealed_columns(table):
                cells = (await connection.execute(text(f"SELECT {column.name} FROM {table.name}"))).scalars()
                assert {bytes(cell)[1:5] for cell in cells if cell is not None} <= {Secrets(NEW).key_id}
    assert GUILAN
