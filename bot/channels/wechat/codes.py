"""The platform's error codes (全局返回码) by name, and what each means for whoever called."""

from __future__ import annotations

import re

from wechatpy.constants import WeChatErrorCode

from bot.channel import Delivery

BUSY = -1
STALE_TOKEN = frozenset({40001, 40014, 42001})
"""INVALID_CREDENTIAL, INVALID_ACCESS_TOKEN, EXPIRED_ACCESS_TOKEN."""
DAY_USED_UP, MINUTE_USED_UP = 45009, 45011
OUT_OF_TIME, OUT_OF_COUNT = 45015, 45047
NOT_ALLOWED = frozenset({48001, 48004})
"""UNAUTHORIZED_API, API_BANNED."""
NO_MENU = 46003
NOT_LISTED = 40164
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
DELIVERIES: dict[int, Delivery] = {
    40003: Delivery.UNREACHABLE,
    43004: Delivery.UNREACHABLE,
    43101: Delivery.UNREACHABLE,
    OUT_OF_TIME: Delivery.OUT_OF_WINDOW,
    OUT_OF_COUNT: Delivery.OVER_QUOTA,
    DAY_USED_UP: Delivery.OVER_QUOTA,
    MINUTE_USED_UP: Delivery.OVER_QUOTA,
    48001: Delivery.NOT_POSSIBLE,
    48004: Delivery.NOT_POSSIBLE,
}
"""What a refusal of a message means; others: NOT_POSSIBLE."""
_MENDS = {
    BUSY: "the platform is busy; try again later",
    40001: "AppSecret is wrong, or another program fetches tokens for this account; compare it with the platform's",
    40013: "app_id is not one; copy it from 设置与开发 → 开发接口管理 → 基本配置",
    40125: "secret is not the account's AppSecret; reset it on the platform and set it anew",
    NOT_LISTED: "this machine's address is not on the account's IP白名单; add it there",
    40018: "a name on the menu is too long",
    42001: "the access token is too old; try again",
    DAY_USED_UP: "the account's calls of today are used up; they begin anew at midnight in Beijing",
    MINUTE_USED_UP: "too many calls a minute; try again in a minute",
    OUT_OF_TIME: "the resident wrote more than 48 hours ago, or follows no longer",
    OUT_OF_COUNT: "the messages the resident's last message allows are used up",
    48001: "the account has no right to this; an unverified subscription account has none (认证后才有)",
    48004: "the platform has taken this right from the account; see its notices (站内信)",
    61024: "the account is run by a third-party platform (第三方平台); end that first",
}


def name_of(code: int) -> str:
    """The code with its name where wechatpy knows one."""
    try:
        return f"{code} {WeChatErrorCode(code).name}"
    except ValueError:
        return str(code)


def explained(code: int, said: str = "") -> str:
    """The code, its name and what would mend it; of what the platform said only the address it saw us under."""
    mend = _MENDS.get(code)
    address = _ADDRESS.search(said) if code == NOT_LISTED else None
    seen = f" (it saw {address.group()})" if address else ""
    return f"{name_of(code)}: {mend}{seen}" if mend else name_of(code)
