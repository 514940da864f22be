"""`canbao ask`: one question, or many as JSON Lines."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Now, Region, Resident, known_region, open_assistant, read_resident
from bot.errors import BadMessage, CanbaoError, WrongUsage

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.messages import MessageIn, MessageOut


def ask(
    text: Annotated[str | None, typer.Argument(help="The question.")] = None,
    region: Region = None,
    now: Now = None,
    resident: Resident = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reply as a JSON object.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read message objects from standard input, one a line.")
    ] = False,
) -> None:
    """Answers one question, or many: one JSON object a line on standard input, one on standard output, in order.

    Example: canbao ask 低保户要交多少 --region 濉溪县 --now 2021-11-05

    Example: echo '{"id": "1", "text": "哪天截止", "region": "濉溪县"}' | canbao ask --jsonl
    """
    if jsonl == (text is not None):
        raise WrongUsage("give either a question or --jsonl; see canbao ask --help")
    if jsonl and (region or now or resident or as_json):
        raise WrongUsage("with --jsonl, region, now and resident come with each message; leave the options out")
    if jsonl:
        asyncio.run(_many())
        return
    from bot.messages import MessageIn

    record = read_resident(resident)
    known_region(region)
    message = MessageIn(id="1", text=_sound(text or ""), session="ask", region=region, now=now, resident=record)
    reply = asyncio.run(_one(message))
    print(dump(reply) if as_json else reply.reply)


def _sound(text: str) -> str:
    """An argument that is not UTF-8 arrives with half characters in it."""
    return text.encode("utf-8", "replace").decode()


async def _one(message: MessageIn) -> MessageOut:
    async with AsyncExitStack() as stack:
        return await (await open_assistant(stack)).answer(message)


async def _many() -> None:
    async with AsyncExitStack() as stack:
        assistant = await open_assistant(stack)
        while line := await asyncio.to_thread(sys.stdin.buffer.readline):
            sys.stdout.buffer.write((await answer_line(assistant, line)).encode("utf-8", "replace") + b"\n")
            sys.stdout.buffer.flush()


async def answer_line(assistant: Assistant, line: bytes) -> str:
    """The reply to one line, or its error, as JSON."""
    from bot.messages import read_message
    from policy_kb.errors import PolicyError

    try:
        message = read_message(line)
    except BadMessage as error:
        return json.dumps({"id": error.id, "error": str(error)}, ensure_ascii=False)
    try:
        return dump(await assistant.answer(message))
    except (CanbaoError, PolicyError) as error:
        return json.dumps({"id": message.id, "error": str(error)}, ensure_ascii=False)


def dump(reply: MessageOut) -> str:
    """A reply as one line of JSON."""
    return json.dumps(reply.model_dump(mode="json"), ensure_ascii=False)
