"""Telegram's stand-in answers like the Bot API, also where it refuses."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sim.listening import listening
from bot.sim.telegram.chat import Json, entities_of
from bot.sim.telegram.server import TelegramServer
from bot.sim.telegram.updates import SECRET_HEADER


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as opened:
        yield opened


@pytest.fixture
async def client(server: TelegramServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{server.api_url}/bot{server.token}", trust_env=False) as opened:
        yield opened


async def call(client: httpx.AsyncClient, method: str, **given: object) -> Json:
    form = {name: one if isinstance(one, str) else json.dumps(one) for name, one in given.items()}
    answer = await client.post(f"/{method}", data=form)
    found: Json = answer.json()
    assert found["ok"] == (answer.status_code == 200)
    assert found.get("error_code", 200) == answer.status_code
    return found


async def test_another_token_is_not_authorized(server: TelegramServer) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{server.api_url}/bot1:wrong/getMe")
    assert answer.status_code == 401
    assert answer.json()["description"] == "Unauthorized"


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ({"chat_id": 1, "text": "x"}, 400, "chat not found"),
        ({"text": ""}, 400, "message text is empty"),
        ({"text": " \n"}, 400, "message text is empty"),
        ({"text": "x" * 4097}, 400, "message is too long"),
        ({"text": "😀" * 2049}, 400, "message is too long"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "汉" * 22}]]}}, 400, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "", "callback_data": "1"}]]}}, 400, "can't parse inline keyboard"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, 400, "message to be replied not found"),
    ],
)  # fmt: skip
async def test_a_wrong_message_is_refused_in_telegrams_words(
    server: TelegramServer, client: httpx.AsyncClient, given: Json, code: int, said: str
) -> None:
    person = server.person()
    answer = await call(client, "sendMessage", **({"chat_id": person.chat.id} | given))
    assert answer["error_code"] == code
    assert said in str(answer["description"])
    assert person.seen == []


async def test_4096_characters_are_taken(server: TelegramServer, client: httpx.AsyncClient) -> None:
    person = server.person()
    assert (await call(client, "sendMessage", chat_id=person.chat.id, text="汉" * 4096))["ok"]
    assert len(person.seen[0].text) == 4096


async def test_too_many_messages_are_told_to_wait(server: TelegramServer, client: httpx.AsyncClient) -> None:
    group = server.group()
    server.methods.flood.overall = type(server.methods.flood.overall)(1000, 1.0)
    answers = [await call(client, "sendMessage", chat_id=group.id, text="x") for _ in range(21)]
    assert all(one["ok"] for one in answers[:20])
    assert answers[20]["error_code"] == 429
    parameters = answers[20]["parameters"]
    assert isinstance(parameters, dict)
    assert 50 <= parameters["retry_after"] <= 60


async def test_a_blocked_bot_is_forbidden(server: TelegramServer, client: httpx.AsyncClient) -> None:
    person = server.person()
    person.blocks()
    answer = await call(client, "sendMessage", chat_id=person.chat.id, text="x")
    assert answer["error_code"] == 403
    assert "blocked by the user" in str(answer["description"])


async def test_updates_stay_until_they_are_confirmed(server: TelegramServer, client: httpx.AsyncClient) -> None:
    person = server.person()
    first, second = person.says("一"), person.says("二")
    assert (await call(client, "getUpdates", timeout=0))["result"] == [first, second]
    assert (await call(client, "getUpdates", offset=second["update_id"], timeout=0))["result"] == [second]
    assert server.updates.waiting == 1


async def test_a_long_poll_ends_with_the_news_and_another_poll_ends_it(
    server: TelegramServer, client: httpx.AsyncClient
) -> None:
    waiting = asyncio.create_task(call(client, "getUpdates", timeout=20))
    await asyncio.sleep(0.1)
    update = server.person().says("你好")
    assert (await waiting)["result"] == [update]
    offset = int(str(update["update_id"])) + 1
    old = asyncio.create_task(call(client, "getUpdates", offset=offset, timeout=20))
    await asyncio.sleep(0.1)
    new = asyncio.create_task(call(client, "getUpdates", offset=offset, timeout=0))
    assert (await old)["error_code"] == 409
    assert (await new)["result"] == []


async def test_a_webhook_gets_the_secret_is_tried_again_and_forbids_polling(
    server: TelegramServer, client: httpx.AsyncClient
) -> None:
    got: list[tuple[str | None, Json]] = []
    statuses = [500, 200]

    async def push(request: Request) -> Response:
        got.append((request.headers.get(SECRET_HEADER), await request.json()))
        return Response(status_code=statuses.pop(0))

    waiting = server.person().says("等着")
    async with listening(Starlette(routes=[Route("/", push, methods=["POST"])])) as url:
        wrong = await call(client, "setWebhook", url="http://example.org/", secret_token="s")
        assert "HTTPS" in str(wrong["description"])
        assert (await call(client, "setWebhook", url=url, secret_token="汉"))["error_code"] == 400
        assert (await call(client, "setWebhook", url=url, secret_token="s-1"))["ok"]
        assert (await call(client, "getUpdates"))["error_code"] == 409
        async with asyncio.timeout(5):
            while len(got) < 2:
                await asyncio.sleep(0.01)
    assert got == [("s-1", waiting), ("s-1", waiting)]
    assert (await call(client, "deleteWebhook"))["ok"]
    assert (await call(client, "getUpdates"))["ok"]


async def test_a_tap_is_answered_once_known_and_a_keyboard_changed_only_if_it_differs(
    server: TelegramServer, client: httpx.AsyncClient
) -> None:
    person = server.person()
    keys = {"inline_keyboard": [[{"text": "甲", "callback_data": "c:1"}]]}
    await call(client, "sendMessage", chat_id=person.chat.id, text="x", reply_markup=keys)
    message = person.seen[0]
    tap = person.taps(message, "甲")
    assert (await call(client, "answerCallbackQuery", callback_query_id=tap, text="好"))["ok"]
    assert await person.notice(tap) == "好"
    old = await call(client, "answerCallbackQuery", callback_query_id="1")
    assert "query is too old" in str(old["description"])
    edit = {"chat_id": person.chat.id, "message_id": message.id}
    same = await call(client, "editMessageReplyMarkup", **edit, reply_markup=keys)
    assert "not modified" in str(same["description"])
    assert (await call(client, "editMessageReplyMarkup", **edit))["ok"]
    assert message.labels == []
    with pytest.raises(AssertionError, match="no button"):
        person.taps(message, "甲")


def test_commands_and_mentions_are_marked_in_utf_16() -> None:
    assert entities_of("😀 @a_bot /help@a_bot a@b.cn") == [
        {"type": "mention", "offset": 3, "length": 6},
        {"type": "bot_command", "offset": 10, "length": 11},
    ]
