"""What reaches a follower without being a reply: customer-service messages (客服消息) and subscription notices (订阅通知)."""

from __future__ import annotations

from bot.sim.wechat.faults import ApiError
from bot.sim.wechat.follower import Follower

LONGEST_TEXT = 2048
"""Bytes of a customer-service text."""
_VALUE_LENGTHS = {
    "thing": 20, "number": 32, "letter": 32, "symbol": 5, "character_string": 32, "time": 32, "date": 32,
    "amount": 20, "phone_number": 17, "car_number": 8, "name": 20, "phrase": 5, "short_thing": 20, "const": 20,
}  # fmt: skip
"""Characters of a notice's values, by the kind that a key begins with."""


def custom(body: dict[str, object], followers: dict[str, Follower], now: float) -> None:
    """message/custom/send of a text. Raises ApiError."""
    follower = _follower(body, followers)
    kind = body.get("msgtype")
    if kind != "text":
        raise ApiError(40008, str(kind))
    text = body.get("text")
    content = text.get("content") if isinstance(text, dict) else None
    if not isinstance(content, str) or not content:
        raise ApiError(44004)
    if len(content.encode()) > LONGEST_TEXT:
        raise ApiError(45002)
    refused = follower.quota.refusal(now) if follower.following else 45015
    if refused is not None:
        raise ApiError(refused)
    follower.quota.spend(now)
    follower.show("account", content)


def notice(body: dict[str, object], followers: dict[str, Follower], templates: frozenset[str]) -> None:
    """message/subscribe/bizsend. Raises ApiError."""
    follower = _follower(body, followers)
    template = str(body.get("template_id"))
    if template not in templates:
        raise ApiError(40037)
    shown = [_value(name, one) for name, one in _items(body.get("data"))]
    left = follower.notices.get(template, 0)
    if not follower.following or left == 0:
        raise ApiError(43101)
    if left is not None:
        follower.notices[template] = left - 1
    follower.show("account", "[通知] " + "；".join(shown))


def _follower(body: dict[str, object], followers: dict[str, Follower]) -> Follower:
    found = followers.get(str(body.get("touser")))
    if found is None:
        raise ApiError(40003)
    return found


def _items(data: object) -> list[tuple[str, object]]:
    if not isinstance(data, dict) or not data:
        raise ApiError(47003, "data")
    return list(data.items())


def _value(name: str, entry: object) -> str:
    value = entry.get("value") if isinstance(entry, dict) else None
    kind = name.rstrip("0123456789")
    if kind not in _VALUE_LENGTHS or not isinstance(value, str) or not 0 < len(value) <= _VALUE_LENGTHS[kind]:
        raise ApiError(47003, f"data.{name}.value invalid")
    return value
