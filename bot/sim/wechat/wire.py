"""HTTP/1.1 over connections that stay open: light enough that a storm measures the bot and not its stand-in."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urlencode, urlsplit

import httptools

CHUNK = 65536

Ends: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Broken(OSError):
    """The other side spoke no HTTP, or hung up."""


@dataclass
class Answer:
    """Status and body of an answer."""

    status_code: int = 0
    content: bytes = b""
    whole: bool = False

    def on_body(self, part: bytes) -> None:
        """A part of the body."""
        self.content += part

    def on_message_complete(self) -> None:
        """All of it is there."""
        self.whole = True


@dataclass
class Wire:
    """Connections to one server, opened as needed and used again; closed by `close`."""

    _idle: dict[tuple[str, int, bool], deque[Ends]] = field(default_factory=dict)

    async def request(
        self,
        method: str,
        url: str,
        query: Mapping[str, str],
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request. Raises OSError; cut off from outside, its connection is closed."""
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        host, port = parts.hostname or "", parts.port or (443 if secure else 80)
        target = f"{parts.path or '/'}?{urlencode({**_query(parts.query), **query})}"
        lines = {"Host": parts.netloc, "Content-Length": str(len(body)), **(headers or {})}
        head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        sent = head.encode() + b"\r\n" + body
        idle = self._idle.setdefault((host, port, secure), deque())
        while idle:
            ends = idle.pop()
            try:
                return await self._exchange(ends, sent, idle)
            except Broken:
                continue  # it was closed while it lay idle; the next one, or a new one
        context = ssl.create_default_context() if secure else None
        return await self._exchange(await asyncio.open_connection(host, port, ssl=context), sent, idle)

    async def close(self) -> None:
        """Closes what lies idle."""
        for idle in self._idle.values():
            for _, writer in idle:
                writer.close()
            await asyncio.gather(*(writer.wait_closed() for _, writer in idle), return_exceptions=True)
        self._idle.clear()

    async def _exchange(self, ends: Ends, sent: bytes, idle: deque[Ends]) -> Answer:
        reader, writer = ends
        answer = Answer()
        parser = httptools.HttpResponseParser(answer)
        try:
            writer.write(sent)
            while not answer.whole:
                part = await reader.read(CHUNK)
                if not part:
                    raise Broken("the server hung up")
                parser.feed_data(part)
        except (OSError, httptools.HttpParserError) as error:
            writer.close()
            raise Broken(str(error)) from error
        except BaseException:
            writer.close()
            raise
        answer.status_code = parser.get_status_code()
        if parser.should_keep_alive():
            idle.append(ends)
        else:
            writer.close()
        return answer


def _query(text: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in text.split("&") if part)
