"""An official account (公众号) as it is set from outside: its names, secrets, message mode, place and menu."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError, model_validator

from bot.channels.wechat.menu import USUAL, Menu
from bot.errors import WrongUsage
from bot.settings import Settings

PLATFORM = "https://api.weixin.qq.com"


class Mode(StrEnum):
    """How messages travel (消息加解密方式)."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"

    @property
    def encrypted(self) -> bool:
        """Whether the part that counts is encrypted."""
        return self is not Mode.PLAIN


class ReminderNotice(BaseModel):
    """A subscription notice (订阅通知) for reminders: its template, and what each of its fields is filled with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    template: Annotated[str, Field(min_length=1)]
    fields: Annotated[dict[str, Literal["what", "day", "stop"]], Field(min_length=1)]
    """By the template's own names (thing1, time2 …): what is to be paid, the last day, how to stop."""


class WechatAccount(BaseModel):
    """One official account; `name` is the last part of its callback address, /wechat/NAME."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,38}$")]
    app_id: Annotated[str, Field(pattern=r"^wx[0-9a-zA-Z]{1,40}$")]
    secret: SecretStr
    """AppSecret."""
    token: SecretStr
    """Token (令牌) that signs requests."""
    aes_key: SecretStr | None = None
    """EncodingAESKey (消息加解密密钥): 43 letters and digits."""
    mode: Mode = Mode.SAFE
    region: str
    """The county whose notices answer: a name or a GB/T 2260 code."""
    customer_service: bool = True
    """Whether the account may send customer-service messages (客服消息); else late answers wait for 1."""
    menu: Menu = USUAL
    reminder: ReminderNotice | None = None
    """Absent: reminders go as customer-service messages, within their window only."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        token = self.token.get_secret_value()
        if not (3 <= len(token) <= 32 and token.isascii() and token.isalnum()):
            raise ValueError(f"account {self.name}: token must be 3 to 32 letters and digits, as the platform asks")
        if self.aes_key is None and self.mode.encrypted:
            raise ValueError(
                f"account {self.name}: mode {self.mode} needs aes_key, the 43 characters of EncodingAESKey"
            )
        if self.aes_key is not None and not _is_aes_key(self.aes_key.get_secret_value()):
            raise ValueError(f"account {self.name}: aes_key must be the 43 letters and digits of EncodingAESKey")
        return self


def _is_aes_key(text: str) -> bool:
    try:
        return len(text) == 43 and len(base64.b64decode(text + "=", validate=True)) == 32
    except ValueError:
        return False


_ACCOUNTS = TypeAdapter(tuple[WechatAccount, ...])


def accounts_of(given: object, where: str) -> tuple[WechatAccount, ...]:
    """Accounts from a list of tables. Raises WrongUsage, which names the account and the key but no value."""
    try:
        accounts = _ACCOUNTS.validate_python(given)
    except ValidationError as error:
        raise WrongUsage(f"{where}: {_fault(error, given)}; docs/wechat.zh-CN.md has an example") from None
    for kind, values in (("name", [one.name for one in accounts]), ("app_id", [one.app_id for one in accounts])):
        if len(set(values)) < len(values):
            raise WrongUsage(f"{where}: two accounts have the same {kind}; give each its own")
    return accounts


def _fault(error: ValidationError, given: object) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(one + 1) if isinstance(one, int) else one for one in first["loc"])
    if place and isinstance(given, Sequence) and isinstance(first["loc"][0], int):
        place = f"account {place}"
    return f"{place}: {first['msg']}".removeprefix(": ").replace("Value error, ", "")


def accounts_found(settings: Settings) -> tuple[WechatAccount, ...]:
    """The accounts that are set, none where WeChat is not used. Raises WrongUsage."""
    if settings.wechat_accounts is None:
        return read_accounts(settings.wechat_file) if settings.wechat_file else ()
    if settings.wechat_file is not None:
        raise WrongUsage("CANBAO_WECHAT_ACCOUNTS and CANBAO_WECHAT_FILE are both set; keep one of them")
    try:
        raw = json.loads(settings.wechat_accounts.get_secret_value())
    except ValueError:
        raise WrongUsage("CANBAO_WECHAT_ACCOUNTS: no valid JSON; write a list of objects, [{…}]") from None
    return accounts_of(raw, "CANBAO_WECHAT_ACCOUNTS")


def read_accounts(path: Path) -> tuple[WechatAccount, ...]:
    """The accounts of a YAML file: a list, or a list under `accounts`. Raises WrongUsage."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise WrongUsage(f"CANBAO_WECHAT_FILE: {path}: cannot be read ({why})") from None
    except yaml.YAMLError as error:
        # YAML's own words quote the line, which may hold a secret
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 1}" if mark else ""
        raise WrongUsage(f"CANBAO_WECHAT_FILE: {path}: no valid YAML{line}; mend it there") from None
    if isinstance(raw, dict) and set(raw) == {"accounts"}:
        raw = cast("dict[str, object]", raw)["accounts"]
    return accounts_of(raw, f"CANBAO_WECHAT_FILE: {path}")
