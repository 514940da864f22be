"""The bearer token of the HTTP API: the one set, else one made once and kept for this machine."""

from __future__ import annotations

import os
import secrets

from bot.project import VAR
from bot.settings import Settings

KEPT = VAR / "api-token"


def api_token(settings: Settings) -> str:
    """The token; where none is set, that of var/api-token, readable by its owner only."""
    if settings.api_token is not None:
        return settings.api_token.get_secret_value()
    if not KEPT.exists():
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(KEPT, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
    return KEPT.read_text(encoding="ascii").strip()
