"""What WeChat makes of a passive reply (被动回复用户消息): shown, taken in silence, or 该公众号提供的服务出现故障."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, fromstring

from bot.sim.wechat.account import Mode, SimAccount
from bot.sim.wechat.envelope import Envelope, NotOpened, children
from bot.sim.wechat.push import Push

FAULT = "该公众号提供的服务出现故障，请稍后再试"
LONGEST_TEXT = 2048
"""Bytes of a text reply's Content in UTF-8."""
_NOT_SHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MEDIA = {"image": "Image", "voice": "Voice", "video": "Video"}
_SILENT = frozenset({"transfer_customer_service"})


class Refused(Exception):
    """A reply that WeChat does not show; the message says why, for the developer."""


@dataclass(frozen=True)
class Verdict:
    """What the person sees (None: nothing), or the fault; `plain` is the reply's XML after decryption."""

    shown: str | None
    fault: str | None = None
    plain: str = ""


def judge(body: bytes, push: Push, account: SimAccount) -> Verdict:
    """The verdict on the body of an answer with status 200."""
    if body in (b"", b"success"):
        return Verdict(None)
    plain = ""
    try:
        root = _root(body)
        parts = children(root)
        if "Encrypt" in parts:
            plain = Envelope(account).open(parts)
            root = _root(plain.encode())
        elif account.mode is Mode.SAFE:
            raise Refused("a plain reply in safe mode; encrypt it")
        else:
            plain = body.decode()
        return Verdict(_shown(root, push, account), plain=plain)
    except (Refused, NotOpened) as error:
        return Verdict(None, str(error), plain)


def _root(body: bytes) -> Element:
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Refused("a reply with a document type")
    try:
        root = fromstring(body.decode())
    except UnicodeDecodeError as error:
        raise Refused(f"not UTF-8 at byte {error.start}") from error
    except ParseError as error:
        raise Refused(f"not well-formed XML: {error}") from error
    if root.tag != "xml":
        raise Refused(f"the root element is <{root.tag}>, not <xml>")
    return root


def _shown(root: Element, push: Push, account: SimAccount) -> str | None:
    parts = children(root)
    if parts.get("ToUserName") != push.sender:
        raise Refused("ToUserName is not the OpenID that wrote")
    if parts.get("FromUserName") != account.original_id:
        raise Refused("FromUserName is not the account's original id")
    if not parts.get("CreateTime", "").strip().isdigit():
        raise Refused("CreateTime is no whole number of seconds")
    kind = parts.get("MsgType", "")
    if kind == "text":
        return _text(parts)
    if kind == "news":
        return _news(root)
    if kind in _MEDIA:
        return _media(root, kind)
    if kind in _SILENT:
        return None
    raise Refused(f"MsgType {kind!r} is no reply type")


def _text(parts: dict[str, str]) -> str:
    if "Content" not in parts:
        raise Refused("a text reply without Content")
    content = parts["Content"]
    if not content:
        raise Refused("an empty Content; to say nothing, answer with an empty body or success")
    size = len(content.encode())
    if size > LONGEST_TEXT:
        raise Refused(f"Content of {size} bytes; {LONGEST_TEXT} are the most")
    if _NOT_SHOWN.search(content):
        raise Refused("a control character in Content")
    return content


def _news(root: Element) -> str:
    items = root.findall("Articles/item")
    count = (root.findtext("ArticleCount") or "").strip()
    if count != str(len(items)) or len(items) != 1:
        raise Refused("a news reply holds one article, and ArticleCount says so")
    title, url = items[0].findtext("Title"), items[0].findtext("Url")
    if not title or not url:
        raise Refused("an article without Title or Url")
    return f"[图文] {title} {url}"


def _media(root: Element, kind: str) -> str:
    media = root.findtext(f"{_MEDIA[kind]}/MediaId")
    if not media:
        raise Refused(f"a {kind} reply without MediaId")
    return f"[{kind}] {media}"
