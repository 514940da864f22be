"""`canbao ask`: one question, or many as JSON Lines."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import composition
from bot.assistant import Assistant
from bot.commands.options import Now, Region, read_resident, say_starting
from bot.errors import BadMessage, CanbaoError, WrongUsage
from bot.messages import MessageIn, MessageOut, read_message
from bot.settings import Settings
from policy_kb.errors import PolicyError


def ask(
    text: Annotated[str | None, typer.Argument(help="The question.")] = None,
    region: Region = None,
    now: Now = None,
    resident: Annotated[Path | None, typer.Option(help="A JSON file with a resident's record.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reply as a JSON object.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read message objects from standard input, one a line.")
    ] = False,
) -> None:
    """Answers one question.

    Example: canbao ask 低保户要交多少 --region 濉溪县 --now 2021-11-05
    """
    if jsonl == (text is not None):
        raise WrongUsage("give either a question or --jsonl; see canbao ask --help")
    if jsonl:
        asyncio.run(_many())
        return
    record = read_resident(resident) if resident else None
    message = MessageIn(id="1", text=text or "", session="ask", region=region, now=now, resident=record)
    reply = asyncio.run(_one(message))
    print(dump(reply) if as_json else reply.reply)


async def _one(message: MessageIn) -> MessageOut:
    async with composition.assistant(Settings(), starting=say_starting) as assistant:
        return await assistant.answer(message)


async def _many() -> None:
    async with composition.assistant(Settings(), starting=say_starting) as assistant:
        while line := await asyncio.to_thread(sys.stdin.buffer.readline):
            if line.strip():
                sys.stdout.buffer.write((await answer_line(assistant, line)).encode("utf-8", "replace") + b"\n")
                sys.stdout.buffer.flush()


async def answer_line(assistant: Assistant, line: bytes) -> str:
    """The reply to one line, or its error, as JSON."""
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
