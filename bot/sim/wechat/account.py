"""An official account (公众号) as the platform knows it: ids, secrets, message mode, permissions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Mode(StrEnum):
    """How messages travel (消息加解密方式)."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


CUSTOM_SEND = "/cgi-bin/message/custom/send"
SUBSCRIBE_SEND = "/cgi-bin/message/subscribe/bizsend"
MENU_CREATE = "/cgi-bin/menu/create"
MENU_GET = "/cgi-bin/menu/get"
MENU_DELETE = "/cgi-bin/menu/delete"
QRCODE_CREATE = "/cgi-bin/qrcode/create"
STABLE_TOKEN = "/cgi-bin/stable_token"
ALL_APIS = frozenset({CUSTOM_SEND, SUBSCRIBE_SEND, MENU_CREATE, MENU_GET, MENU_DELETE, QRCODE_CREATE})


@dataclass(frozen=True)
class SimAccount:
    """Fictional by default: nothing of it opens a real account."""

    original_id: str = "gh_0123456789ab"
    """原始ID: the account's name in messages."""
    app_id: str = "wx0000000000000000"
    secret: str = field(default="0123456789abcdef0123456789abcdef", repr=False)
    token: str = field(default="canbaoSimToken", repr=False)
    aes_key: str = field(default="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", repr=False)
    """EncodingAESKey: 43 letters and digits."""
    mode: Mode = Mode.SAFE
    permissions: frozenset[str] = ALL_APIS
    """Paths this account may call; others answer 48001 (a subscription account may send nothing, for example)."""
    templates: frozenset[str] = frozenset({"sim-reminder-template"})
    """Subscription notices (订阅通知) the account has."""
    daily_calls: int = 500_000
    """Calls of one path a day, after which it answers 45009."""
