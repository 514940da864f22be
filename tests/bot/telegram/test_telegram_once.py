"""Each update is answered once: over retries, restarts, kills and a database that fails."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from bot_on_telegram import KEYS, hooked, settings_of, taken
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from waiting import until

from bot.assistant import Assistant
from bot.channels.telegram.bot import TelegramBot, telegram_bot
from bot.channels.telegram.claims import LEASE, TABLE, Claims, Taken
from bot.sim.telegram.answer import Refusal
from bot.sim.telegram.server import TelegramServer
from bot.sim.telegram.updates import SECRET_HEADER

both = pytest.mark.parametrize("prepared", ["sqlite_template", "postgresql_for_all"], indirect=True)


async def test_a_push_without_the_right_secret_is_refused(server: TelegramServer, bot: TelegramBot) -> None:
    person = server.person()
    update = {"update_id": 1, "message": person.chat.add(person.user, "低保户要交多少").json}
    for secret in ("", "wrong", "x" * 300):
        assert await server.updates.post(update, secret) == 403
    assert person.seen == []
    assert await server.updates.post(update) == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"[]", 400), (b"{}", 400), (b"\xff\xfe", 400), (b'{"update_id": 1}', 200),
     (b'{"update_id": 2, "message": {}}', 400), (b'{"update_id": 3, "message": 7}', 400), (b" " * 300_000, 413)],
)  # fmt: skip
async def test_what_is_no_update_is_refused_in_words(
    server: TelegramServer, bot: TelegramBot, body: bytes, status: int
) -> None:
    hook = server.updates.webhook
    assert hook is not None
    assert hook.secret is not None
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(hook.url, content=body, headers={SECRET_HEADER: hook.secret})
        assert answer.status_code == status
        other = await client.post(hook.url + "1", content=body, headers={SECRET_HEADER: hook.secret})
        assert other.status_code == 404


@both
async def test_an_update_brought_again_gets_nothing_twice_even_after_a_restart(
    server: TelegramServer, assistant: Assistant, engine: AsyncEngine
) -> None:
    person = server.person()
    async with hooked(server, assistant, engine):
        update = person.says("低保户要交多少")
        await taken(server, update)
        assert await asyncio.gather(*(server.updates.post(update) for _ in range(3))) == [200, 200, 200]
    async with hooked(server, assistant, engine):
        assert await server.updates.post(update) == 200
    assert len(person.seen) == 1


async def test_an_update_brought_twice_at_once_is_answered_once(server: TelegramServer, bot: TelegramBot) -> None:
    person = server.person()
    update = {"update_id": 5, "message": person.chat.add(person.user, "低保户要交多少").json}
    statuses = await asyncio.gather(*(server.updates.post(update) for _ in range(4)))
    assert statuses == [200] * 4
    assert len(person.seen) == 1


@both
async def test_what_a_killed_process_had_is_answered_when_its_lease_is_over(
    server: TelegramServer, bot: TelegramBot, engine: AsyncEngine
) -> None:
    person = server.person()
    brought = {"update_id": 6, "message": person.chat.add(person.user, "低保户要交多少").json}
    assert await Claims(engine, bot.account).take(6) is Taken.MINE
    assert await server.updates.post(brought) == 503
    assert person.seen == []
    async with engine.begin() as connection:
        await connection.execute(update(TABLE).values(taken=datetime.now(UTC) - LEASE - timedelta(seconds=1)))
    assert await server.updates.post(brought) == 200
    assert len(person.seen) == 1


@both
async def test_what_was_being_sent_when_the_process_was_killed_is_not_sent_again(
    server: TelegramServer, bot: TelegramBot, engine: AsyncEngine
) -> None:
    person = server.person()
    killed = Claims(engine, bot.account)
    assert await killed.take(7) is Taken.MINE
    assert await killed.sending(7)
    assert await server.updates.post({"update_id": 7, "message": person.chat.add(person.user, "哪天截止").json}) == 200
    assert person.seen == []


async def test_an_update_is_marked_before_its_answer_leaves(
    server: TelegramServer, bot: TelegramBot, engine: AsyncEngine
) -> None:
    server.faults.slow("sendMessage", 0.5)
    person = server.person()
    brought = person.says("低保户要交多少")
    await until(lambda: bool(server.calls("sendMessage")))
    async with engine.connect() as connection:
        assert await connection.scalar(select(TABLE.c.state)) == "sending"
    await taken(server, brought)
    async with engine.connect() as connection:
        assert await connection.scalar(select(TABLE.c.state)) == "done"


@both
async def test_a_process_that_was_thought_dead_sends_nothing(engine: AsyncEngine) -> None:
    now = datetime.now(UTC)
    slow, other = Claims(engine, "1", lambda: now), Claims(engine, "1", lambda: now + LEASE * 2)
    assert await slow.take(8) is Taken.MINE
    assert await other.take(8) is Taken.MINE
    assert not await slow.sending(8)
    assert await other.sending(8)


@both
async def test_the_same_number_at_another_bot_is_another_update(engine: AsyncEngine) -> None:
    assert await Claims(engine, "1").take(9) is Taken.MINE
    assert await Claims(engine, "2").take(9) is Taken.MINE


async def test_without_its_database_the_bot_still_answers_each_once(
    server: TelegramServer, assistant: Assistant, engine: AsyncEngine
) -> None:
    from bot.sessions import MemorySessions

    assistant.sessions = MemorySessions()
    async with hooked(server, assistant, engine):
        async with engine.begin() as connection:
            await connection.run_sync(TABLE.drop)
        person = server.person()
        update = person.says("低保户要交多少")
        await taken(server, update)
        assert await server.updates.post(update) == 200
        assert len(person.seen) == 1


async def test_polling_confirms_only_what_was_answered(
    server: TelegramServer, assistant: Assistant, engine: AsyncEngine
) -> None:
    person = server.person()
    person.says("低保户要交多少")
    async with telegram_bot(settings_of(server), assistant, engine, KEYS):
        await person.hears()
        assert "特困" in (await person.asks("那特困呢")).text
        await until(lambda: server.updates.waiting == 0)
    person.says("哪天截止")
    async with telegram_bot(settings_of(server), assistant, engine, KEYS):
        assert "2021年12月31日" in (await person.hears(2)).text
    assert len(person.seen) == 3


async def test_polling_goes_on_after_telegram_failed(
    server: TelegramServer, assistant: Assistant, engine: AsyncEngine
) -> None:
    server.faults.fail("getMe", Refusal(502, "Bad Gateway"))
    server.faults.fail("getUpdates", Refusal(500, "Internal Server Error"))
    person = server.person()
    async with telegram_bot(settings_of(server), assistant, engine, KEYS):
        assert "40元" in (await person.asks("低保户要交多少")).text


async def test_a_token_that_telegram_does_not_know_is_told_and_ends_nothing_else(
    server: TelegramServer, assistant: Assistant, engine: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_of(server).model_copy(update={"telegram_api": server.api_url})
    server.token = "another"
    async with telegram_bot(settings, assistant, engine, KEYS):
        await until(lambda: "CANBAO_TELEGRAM_TOKEN" in caplog.text)
    assert "110201543:" not in caplog.text
