"""Whole transactions: committed or not at all, one after the other on SQLite, the same on PostgreSQL."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.writing import transact, writer_of


def counted(connection: Connection) -> int:
    return int(connection.scalar(text("SELECT count(*) FROM wechat_follower")) or 0)


def add(connection: Connection, name: bytes) -> None:
    row = "INSERT INTO wechat_follower (caller, place, since) VALUES (:caller, '340621', '2021-11-20 00:00:00+00:00')"
    connection.execute(text(row), {"caller": name})


async def test_what_fails_half_way_is_not_there(engine: AsyncEngine) -> None:
    def half(connection: Connection) -> None:
        add(connection, b"a")
        raise KeyError("stop")

    with pytest.raises(KeyError):
        await transact(engine, half)
    assert await transact(engine, counted) == 0
    await transact(engine, lambda connection: add(connection, b"a"))
    assert await transact(engine, counted) == 1


async def test_many_writers_at_once_all_get_their_turn(engine: AsyncEngine) -> None:
    work = (transact(engine, lambda connection, at=at: add(connection, b"%d" % at)) for at in range(200))
    await asyncio.gather(*work)
    assert await transact(engine, counted) == 200


async def test_what_is_written_is_read_by_the_pool_at_once(engine: AsyncEngine) -> None:
    await transact(engine, lambda connection: add(connection, b"a"))
    async with engine.connect() as connection:
        assert await connection.run_sync(counted) == 1


async def test_a_disposed_engine_leaves_no_thread(sqlite: AsyncEngine) -> None:
    earlier = set(threading.enumerate())
    await transact(sqlite, counted)
    assert writer_of(sqlite) is not sqlite.sync_engine
    own = [one for one in threading.enumerate() if one not in earlier and one.name.startswith("writing")]
    assert len(own) == 1
    await sqlite.dispose()
    assert not own[0].is_alive()
    assert await transact(sqlite, counted) == 0, "and can be used again"
