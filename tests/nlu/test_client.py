"""The NLU client against servers that behave badly; test_server.py has it talk to Rasa."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import cast

import pytest

from nlu.client import NluClient, Parse
from nlu.errors import NluError, NluGone, NluSlow
from nlu.rasa_process import free_port
from nlu.understanding import Ranked

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(handler: Handler) -> AsyncIterator[str]:
    """The address of a server that handles each connection so."""
    connections: list[asyncio.Task[None]] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(cast("asyncio.Task[None]", asyncio.current_task()))
        try:
            await handler(reader, writer)
        finally:
            writer.close()
            await writer.wait_closed()

    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    await asyncio.gather(*connections, return_exceptions=True)


def answering(body: bytes, status: str = "200 OK", asked: list[str] | None = None) -> Handler:
    """A handler that answers every request so, and notes the texts it was asked for."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
                question = json.loads(await reader.readexactly(length))
                if asked is not None:
                    asked.append(question["text"])
                writer.write(b"HTTP/1.1 %b\r\nContent-Length: %d\r\n\r\n%b" % (status.encode(), len(body), body))
                await writer.drain()

    return handle


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server that takes a question and never answers."""
    await reader.read()


RASA = json.dumps(
    {
        "text": "几号截止",
        "intent": {"name": "window", "confidence": 0.9},
        "entities": [],
        "intent_ranking": [{"name": "window", "confidence": 0.9}, {"name": "premium", "confidence": 0.1}],
    }
).encode()


async def test_a_parse_lists_facets_in_the_order_rasa_ranks_them() -> None:
    async with listening(answering(RASA)) as url, NluClient(url) as client:
        assert await client.parse("几号截止") == Parse((Ranked("window", 0.9), Ranked("premium", 0.1)))


async def test_a_server_that_keeps_silent_is_slow_and_costs_no_more_than_the_timeout() -> None:
    async with listening(silent) as url, NluClient(url, timeout=0.2) as client:
        began = asyncio.get_running_loop().time()
        with pytest.raises(NluSlow, match=r"within 0\.2 s"):
            await client.parse("几号截止")
        assert asyncio.get_running_loop().time() - began < 1.0


async def test_where_nobody_listens_the_server_is_gone() -> None:
    async with NluClient(f"http://127.0.0.1:{free_port()}") as client:
        with pytest.raises(NluGone, match="no NLU server at"):
            await client.parse("几号截止")


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"<html>hello</html>", "200 OK"), (b'{"intent_ranking": 3}', "200 OK"), (RASA, "500 Internal Server Error")],
)
async def test_what_does_not_answer_as_rasa_does_is_gone(body: bytes, status: str) -> None:
    async with listening(answering(body, status)) as url, NluClient(url) as client:
        with pytest.raises(NluGone):
            await client.parse("几号截止")


async def test_an_error_message_never_holds_the_text_of_a_message() -> None:
    async with listening(answering(b"{}")) as url, NluClient(url) as client:
        with pytest.raises(NluError) as caught:
            await client.parse("我叫王桂兰")
        assert "王桂兰" not in repr(caught.value)


async def test_a_text_asked_before_is_not_asked_again_until_it_is_forgotten() -> None:
    asked: list[str] = []
    async with listening(answering(RASA, asked=asked)) as url, NluClient(url, remembered=2) as client:
        for text in ("甲", "乙", "甲", "丙", "甲", "乙"):
            await client.parse(text)
    assert asked == ["甲", "乙", "丙", "乙"]


async def test_several_texts_are_answered_in_their_order() -> None:
    asked: list[str] = []
    async with listening(answering(RASA, asked=asked)) as url, NluClient(url) as client:
        parses = await client.parse_all(["甲", "乙", "丙"])
    assert len(parses) == 3
    assert sorted(asked) == ["丙", "乙", "甲"]
