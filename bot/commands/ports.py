"""A port is tried before half a minute of starting."""

from __future__ import annotations

import socket

from bot.errors import StartFailed


def claim(host: str, port: int, mend: str) -> None:
    """Raises StartFailed, with how to mend it, where `host`:`port` cannot be listened on."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise StartFailed(f"{host}:{port}: {error.strerror}; stop what listens there, or {mend}") from error
