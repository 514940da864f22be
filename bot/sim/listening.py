"""An ASGI application that listens on loopback inside the running event loop, for as long as a block lasts."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.errors import StartFailed

LOOPBACK = "127.0.0.1"


class _Quiet(uvicorn.Server):
    """A server that leaves signals to the program around it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is captured."""
        yield


@asynccontextmanager
async def listening(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """The address of `app` on loopback; port 0 takes a free one. Raises StartFailed where the port is taken."""
    # asyncio turns Nagle's algorithm off only for sockets that say they are TCP; with it each answer waits 40 ms
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((LOOPBACK, port))
        except OSError as error:
            raise StartFailed(f"{LOOPBACK}:{port}: {error.strerror}; give another port with --port") from error
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", server_header=False)
        server = _Quiet(config)
        serving = asyncio.create_task(server.serve(sockets=[door]))
        try:
            while not server.started:
                if serving.done():
                    raise StartFailed(f"{LOOPBACK}:{port}: the stand-in did not start")
                await asyncio.sleep(0.005)
            yield f"http://{LOOPBACK}:{door.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            with contextlib.suppress(asyncio.CancelledError):
                await serving
