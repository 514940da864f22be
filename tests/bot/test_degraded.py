"""Where the NLU server is slow, gone, or another program, a message is answered all the same, and in time."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from whole_program import ROOT, unless_ci

from bot import composition
from bot.assistant import Assistant
from bot.messages import MessageIn, MessageOut
from nlu.client import NluClient
from nlu.errors import NluError
from nlu.rasa_environment import interpreter
from nlu.rasa_process import free_port
from nlu.running import newest_model
from nlu.server import NluServer

TIMEOUT = 1.5
ENOUGH = 20
"""Seconds: many times the limit of one message, and less than thirty messages one after the other would wait."""
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes the question and says nothing."""
    await reader.read(-1)
    writer.close()


async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Ends the connection instead of an answer."""
    await reader.read(10)
    writer.close()


async def another_program(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A web page stands at the address."""
    await reader.read(10)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\n<p/>")
    await writer.drain()
    writer.close()


@asynccontextmanager
async def assistant_at(url: str) -> AsyncIterator[Assistant]:
    async with NluClient(url, TIMEOUT) as client:
        yield composition.assemble(client)


async def ask(assistant: Assistant, text: str, session: str = "s") -> MessageOut:
    message = MessageIn(id="1", text=text, session=session, region="濉溪县", now="2021-11-05")
    async with asyncio.timeout(ENOUGH):
        return await assistant.answer(message)


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    composition.parts().finder.index_all()


@pytest.mark.parametrize("talk", [never, hangs_up, another_program])
async def test_a_question_gets_an_honest_sentence_with_choices_in_time(talk: Talk) -> None:
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, assistant_at(f"http://127.0.0.1:{port}") as assistant:
        reply = await ask(assistant, "请问医保那个事怎么说")
        assert reply.outcome == "asked"
        assert len(reply.choices) >= 3
        assert "反应慢" in reply.reply


async def test_a_number_and_a_tapped_choice_still_work() -> None:
    async with assistant_at(f"http://127.0.0.1:{free_port()}") as assistant:
        offered = await ask(assistant, "请问医保那个事怎么说")
        by_number = await ask(assistant, "1")
        assert by_number.outcome == "answered"
        again = await ask(assistant, "请问医保那个事怎么说", "t")
        assert again.choices == offered.choices
        by_label = await ask(assistant, offered.choices[1], "t")
        assert by_label.outcome == "answered"
        assert "2021年12月31日" in by_label.reply


async def test_the_answer_to_an_open_question_still_works() -> None:
    async with assistant_at(f"http://127.0.0.1:{free_port()}") as assistant:
        await ask(assistant, "请问医保那个事怎么说")
        await ask(assistant, "1")
        reply = await ask(assistant, "低保户呢")
        assert "40元" in reply.reply


async def test_many_messages_at_once_are_all_answered_in_time() -> None:
    server = await asyncio.start_server(never, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, assistant_at(f"http://127.0.0.1:{port}") as assistant:
        replies = await asyncio.gather(*(ask(assistant, "医保那个事怎么说", f"s{n}") for n in range(30)))
        assert {reply.outcome for reply in replies} == {"asked"}


async def test_a_killed_rasa_is_started_again_and_meanwhile_messages_are_answered() -> None:
    try:
        interpreter(ROOT)
        newest_model(ROOT / "models")
    except NluError as error:
        unless_ci(f"no NLU server can be started: {error}")
    async with NluServer(ROOT, announce=False) as server, assistant_at(server.url) as assistant:
        assistant.reader._classifier.timeout = 30  # type: ignore[attr-defined]  # the machine is busy with other tests
        reply = await ask(assistant, "低保户要交多少")
        assert "40元" in reply.reply
        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        reply = await ask(assistant, "请问医保那个事怎么说", "t")
        assert (reply.outcome, len(reply.choices) > 0) == ("asked", True)
        async with asyncio.timeout(180):
            while server.restarts == 0:
                await asyncio.sleep(0.2)
        reply = await ask(assistant, "低保户要交多少", "u")
        assert "40元" in reply.reply
