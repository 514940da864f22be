"""The passive reply (被动回复): one text as the answer to the platform's request, or silence."""

from __future__ import annotations

from collections.abc import Sequence

from wechatpy.replies import TextReply

from bot.channels.wechat import wording
from bot.channels.wechat.envelope import Envelope
from bot.channels.wechat.inbound import Inbound
from bot.channels.wechat.pieces import MOST, pieces
from bot.channels.wechat.xml import writable

SILENCE = "success"
"""What tells the platform that there is nothing to show and nothing to try again."""


def parts_of(text: str) -> tuple[str, ...]:
    """A text in messages; each leaves room for the word that there is more."""
    return tuple(pieces(writable(text), MOST - len(wording.MORE.encode())))


def first_of(parts: Sequence[str]) -> str:
    """The first of several messages, with the word that there is more."""
    return parts[0] + (wording.MORE if len(parts) > 1 else "")


def reply_to(inbound: Inbound, text: str, envelope: Envelope, now: float) -> str:
    """The body of an answer that shows `text`; an empty text is silence."""
    if not text:
        return SILENCE
    xml = TextReply(content=text, message=inbound.message, time=int(now)).render()
    return envelope.seal(xml, now).decode()
