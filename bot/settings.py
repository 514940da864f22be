"""Settings: `CANBAO_…` variables and `.env`, in one class."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.day import read_today
from bot.errors import WrongUsage
from bot.project import VAR


class Settings(BaseSettings):
    """What can be set from outside; absent values have a default that runs on one machine."""

    model_config = SettingsConfigDict(env_prefix="CANBAO_", env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = Field(default=f"sqlite+aiosqlite:///{VAR / 'canbao.db'}", repr=False)
    nlu_url: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    """An NLU server that runs elsewhere; absent: a child of our own on loopback."""
    nlu_timeout: float = Field(default=1.5, gt=0, le=60)
    """Seconds after which a message is answered without Rasa."""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    api_token: SecretStr | None = Field(default=None, min_length=16)
    """Bearer token of POST /api/v1/messages; absent: one is made and kept under var/."""
    now: Annotated[date, BeforeValidator(read_today)] | None = None
    """The day a demonstration stands on."""

    @classmethod
    def found(cls) -> Settings:
        """The settings of this process. Raises WrongUsage with the variable that is wrong."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            name = "CANBAO_" + str(first["loc"][0]).upper()
            what = str(first["msg"]).removeprefix("Value error, ")
            raise WrongUsage(f"{name}: {what}; mend it in the environment or in .env") from None

    def shown(self) -> dict[str, str]:
        """Which settings came from outside, without their secrets."""
        return {f"CANBAO_{name.upper()}": self._shown(name) for name in sorted(self.model_fields_set)}

    def _shown(self, name: str) -> str:
        value = getattr(self, name)
        if isinstance(value, SecretStr):
            return "…"
        if name == "database_url":
            try:
                return make_url(value).render_as_string(hide_password=True)
            except ArgumentError:
                return "…"
        return str(value)
