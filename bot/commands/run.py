"""`canbao run`: everything on one machine."""

from __future__ import annotations

import logging
import socket
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ending import run_until_ended
from bot.commands.options import Now, starting, stderr
from bot.commands.ports import claim
from bot.project import PROJECT

if TYPE_CHECKING:
    from bot.settings import Settings


def run(
    now: Now = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on (default: CANBAO_HOST or 127.0.0.1).")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on (default: CANBAO_PORT or 8080).")
    ] = None,
) -> None:
    """The NLU server as a child, the residents' page, the console, the channels and the API; Ctrl-C stops everything.

    Example: canbao run --now 2021-11-20
    """
    from bot.settings import Settings

    found = Settings.found()
    given = {"now": now, "host": host, "port": port}
    settings = found.model_copy(update={name: value for name, value in given.items() if value is not None})
    _announce(found, settings)
    claim(settings.host, settings.port, "give another with --port or CANBAO_PORT")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    run_until_ended(_serve(settings))


async def _serve(settings: Settings) -> None:
    import uvicorn

    from bot.service.application import application, running

    class Server(uvicorn.Server):
        """Says where to look once everything answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Listens, then prints one line."""
            await super().startup(sockets)
            if self.started:
                print(_ready(settings), flush=True)

    async with AsyncExitStack() as stack:
        with starting() as say:
            say()
            parts = await stack.enter_async_context(running(settings))
        config = uvicorn.Config(
            application(parts),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            lifespan="off",
            server_header=False,
        )
        await Server(config).serve()


def _announce(found: Settings, settings: Settings) -> None:
    shown = ", ".join(f"{name}={value}" for name, value in found.shown().items())
    stderr.print(f"settings: {shown or 'all defaults'}", markup=False, soft_wrap=True)
    if settings.now:
        stderr.print(f"every message is answered as on {settings.now}")


def _ready(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    token = "CANBAO_API_TOKEN" if settings.api_token else _relative(PROJECT / "var" / "api-token")
    url = f"http://{host}:{settings.port}"
    return f"ready: open {url}/ in a browser, {url}/console/ for staff; API: {url}/api/v1/messages, token: {token}"


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
