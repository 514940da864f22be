"""Settings: `CANBAO_…` variables and `.env`, in one class."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent
"""The project's folder: where config.yml, models/ and var/ are."""


class Settings(BaseSettings):
    """What can be set from outside; absent values have a default that runs on one machine."""

    model_config = SettingsConfigDict(env_prefix="CANBAO_", env_file=".env", extra="ignore")

    database_url: str = Field(default=f"sqlite+aiosqlite:///{PROJECT / 'var' / 'canbao.db'}", repr=False)
    nlu_url: str | None = None
    """An NLU server that runs elsewhere; absent: a child of our own on loopback."""
    nlu_timeout: float = 1.5
    """Seconds after which a message is answered without Rasa."""
    host: str = "127.0.0.1"
    port: int = 8080
    api_token: SecretStr | None = None
    """Bearer token of POST /api/v1/messages; absent: one is made and kept under var/."""
    now: date | None = None
    """The day a demonstration stands on."""

    def shown(self) -> dict[str, str]:
        """Which settings came from outside, without their secrets."""
        return {f"CANBAO_{name.upper()}": str(getattr(self, name)) for name in sorted(self.model_fields_set)}
