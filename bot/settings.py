"""Settings: `CANBAO_…` variables and `.env`, in one class."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
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
    secret_key: SecretStr | None = None
    """At least 32 random bytes, base64 or hex, under which personal data is kept; absent: made once under var/."""
    old_secret_key: SecretStr | None = None
    """The key before, while `canbao records rotate-key` goes from one to the other."""
    wechat_accounts: SecretStr | None = None
    """Official accounts as a JSON list (docs/wechat.zh-CN.md)."""
    wechat_file: Path | None = None
    """Official accounts in a YAML file; instead of the list."""
    wechat_api: str = Field(default="https://api.weixin.qq.com", pattern=r"^https?://[^\s]+$")
    """Base address of WeChat's API."""
    telegram_token: SecretStr | None = Field(default=None)
    """The bot's token from @BotFather; absent: no Telegram."""
    telegram_api: str = Field(default="https://api.telegram.org", pattern=r"^https?://[^\s]+$")
    """Base address of the Bot API."""
    telegram_webhook: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    """The public address of this service, to which Telegram pushes; absent: updates are fetched by polling."""
    telegram_secret: SecretStr | None = None
    """The webhook's secret, 1 to 256 of A-Z a-z 0-9 _ -; absent: one that follows from the token."""
    telegram_region: str | None = None
    """Where a conversation on Telegram takes place until another place is named: a county by name or code."""
    now: Annotated[date, BeforeValidator(read_today)] | None = None
    """The day a demonstration stands on."""

    @field_validator("telegram_token")
    @classmethod
    def _bot_token(cls, given: SecretStr | None) -> SecretStr | None:
        if given is not None and not re.fullmatch(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,}", given.get_secret_value()):
            raise ValueError("is no bot token; it looks like 123456789:AA…, as @BotFather gave it")
        return given

    @field_validator("telegram_secret")
    @classmethod
    def _webhook_secret(cls, given: SecretStr | None) -> SecretStr | None:
        if given is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given.get_secret_value()):
            raise ValueError("holds other characters than A-Z a-z 0-9 _ -, or is longer than 256")
        return given

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
