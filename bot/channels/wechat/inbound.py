"""A message or event (接收普通消息、接收事件推送) as it came, checked, in wechatpy's classes."""

from __future__ import annotations

from dataclasses import dataclass

from wechatpy.messages import BaseMessage
from wechatpy.parser import parse_message

from bot.channels.wechat.xml import WRONG, Tree, read_xml
from bot.errors import RefusedPush

_NAMES = ("ToUserName", "FromUserName", "MsgType", "CreateTime")
_TEXTS = ("Event", "EventKey", "MsgId", "Content", "Recognition", "Label", "Ticket")


@dataclass(frozen=True)
class Inbound:
    """One message: who wrote (openid), what makes it this one, its plain XML, and wechatpy's view of it."""

    openid: str
    identity: str
    xml: str
    message: BaseMessage
    is_event: bool
    """An event, also one that wechatpy does not know."""

    def __repr__(self) -> str:
        return f"Inbound({self.message.type})"


def read_inbound(xml: str) -> Inbound:
    """The message of a plain XML. Raises RefusedPush with what is missing, never with what it holds."""
    tree = read_xml(xml)
    for name in _NAMES:
        if not isinstance(tree.get(name), str):
            raise RefusedPush(WRONG, f"no {name}")
    for name in _TEXTS:
        if not isinstance(tree.get(name, None), str | None):
            raise RefusedPush(WRONG, f"{name} is not text")
    created, msg_id = str(tree["CreateTime"]), tree.get("MsgId")
    if not _whole(created) or (msg_id is not None and not _whole(str(msg_id))):
        raise RefusedPush(WRONG, "CreateTime or MsgId is no whole number")
    if tree["MsgType"] == "event" and not tree.get("Event"):
        raise RefusedPush(WRONG, "an event without Event")
    return Inbound(
        str(tree["FromUserName"]), _identity(tree), xml, parse_message(xml), is_event=tree["MsgType"] == "event"
    )


def _identity(tree: Tree) -> str:
    """What tells a message from every other (消息排重): MsgId, for events who, when and which (two buttons in one second)."""
    if tree.get("MsgId") is not None:
        return f"message {tree['MsgId']}"
    which = f"{tree.get('Event') or tree['MsgType']} {tree.get('EventKey') or ''}"
    return f"event {tree['FromUserName']} {tree['CreateTime']} {which}"


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 20
