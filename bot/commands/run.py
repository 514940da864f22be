"""`canbao run`: everything on one machine."""

from __future__ import annotations

import logging
import socket
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from bot.commands.options import Now, stderr
from bot.errors import StartFailed
from bot.service.application import application
from bot.service.token import KEPT
from bot.settings import PROJECT, Settings


def run(
    now: Now = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on (default: CANBAO_HOST or 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (default: CANBAO_PORT or 8080).")] = None,
) -> None:
    """The NLU server as a child, the HTTP API and the residents' page; Ctrl-C stops everything.

    Example: canbao run --now 2021-11-20
    """
    found = Settings()
    given = {"now": now, "host": host, "port": port}
    settings = found.model_copy(update={name: value for name, value in given.items() if value is not None})
    _announce(found, settings)
    _claim(settings)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    config = uvicorn.Config(
        application(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        lifespan="on",
    )
    _Server(config, settings).run()


def _announce(found: Settings, settings: Settings) -> None:
    shown = ", ".join(
        f"{name}={'…' if 'TOKEN' in name or 'SECRET' in name else value}" for name, value in found.shown().items()
    )
    stderr.print(f"settings: {shown or 'all defaults'}", highlight=False)
    if settings.now:
        stderr.print(f"every message is answered as on {settings.now}", highlight=False)


def _claim(settings: Settings) -> None:
    """Fails early, before half a minute of starting, where the port is taken."""
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            mend = "stop what listens there, or give another with --port or CANBAO_PORT"
            raise StartFailed(f"{settings.host}:{settings.port}: {error.strerror}; {mend}") from error


class _Server(uvicorn.Server):
    """Says where to look once everything answers."""

    def __init__(self, config: uvicorn.Config, settings: Settings) -> None:
        super().__init__(config)
        self._settings = settings

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listens, then prints one line."""
        await super().startup(sockets)
        if self.started:
            url = f"http://{self._settings.host}:{self._settings.port}"
            print(
                f"ready: open {url}/ in a browser; API: {url}/api/v1/messages, token: {_token(self._settings)}",
                flush=True,
            )


def _token(settings: Settings) -> str:
    return "CANBAO_API_TOKEN" if settings.api_token else str(_relative(KEPT))


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path.relative_to(PROJECT.parent)
