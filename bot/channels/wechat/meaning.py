"""What a message or event asks of us: a question to answer, words to say, a place from now on, a caller who leaves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wechatpy import events, messages

from bot.channels.wechat import wording
from bot.channels.wechat.inbound import Inbound
from bot.channels.wechat.menu import ASKS
from dialogues.places import name_of
from policy_kb.knowledge import KnowledgeBase


class Earned(StrEnum):
    """What a caller's act allows us to send afterwards (客服消息下发额度)."""

    MESSAGE = "message"
    """5 within 48 hours of a message."""
    MOMENT = "moment"
    """3 within a minute of following, a scan or a menu click."""


@dataclass(frozen=True)
class Meaning:
    """`ask` goes to the assistant; `say` are words of our own; neither: silence."""

    ask: str | None = None
    say: str | None = None
    place: str | None = None
    """Region code from which the caller asks from now on."""
    leaves: bool = False
    earns: Earned | None = None


_SAID: dict[type, str] = {
    messages.ImageMessage: wording.PICTURE,
    messages.VideoMessage: wording.VIDEO,
    messages.ShortVideoMessage: wording.VIDEO,
    messages.LinkMessage: wording.LINK,
}
_CLICKS = (events.ClickEvent, events.ScanCodeWaitMsgEvent, events.ScanCodePushEvent)


def meaning_of(inbound: Inbound, region: str, kb: KnowledgeBase) -> Meaning:
    """The meaning of what came to an account of the county `region` (its code)."""
    message = inbound.message
    if inbound.is_event:
        return _event(message, region, kb)
    if isinstance(message, messages.TextMessage):
        return _question(message.content, wording.EMPTY)
    if isinstance(message, messages.VoiceMessage):
        return _question(message.recognition, wording.UNHEARD)
    if isinstance(message, messages.LocationMessage):
        return _location(message.label or "", region, kb)
    return Meaning(say=_SAID.get(type(message), wording.UNKNOWN_KIND), earns=Earned.MESSAGE)


def _question(text: str | None, otherwise: str) -> Meaning:
    if text and text.strip():
        return Meaning(ask=text.strip(), earns=Earned.MESSAGE)
    return Meaning(say=otherwise, earns=Earned.MESSAGE)


def _event(message: messages.BaseMessage, region: str, kb: KnowledgeBase) -> Meaning:
    if isinstance(message, events.UnsubscribeEvent):
        return Meaning(leaves=True)
    if isinstance(message, events.SubscribeScanEvent):
        place = _within(message.scene_id, region, kb)
        return Meaning(say=_greeting(place or region, kb), place=place, earns=Earned.MOMENT)
    if isinstance(message, events.SubscribeEvent):
        return Meaning(say=_greeting(region, kb), earns=Earned.MOMENT)
    if isinstance(message, events.ScanEvent):
        return _scanned(message.scene_id, region, kb)
    if isinstance(message, _CLICKS):
        return _clicked(message.key or "", region, kb)
    # reports (a place sent by the phone, a page opened, a notice delivered …) are not spoken to
    return Meaning()


def _greeting(place: str, kb: KnowledgeBase) -> str:
    return wording.GREETING.format(place=name_of(place, kb))


def _scanned(scene: str | None, region: str, kb: KnowledgeBase) -> Meaning:
    place = _within(scene, region, kb)
    if place is None:
        return Meaning(say=wording.NO_SUCH_CODE, earns=Earned.MOMENT)
    return Meaning(say=wording.MOVED.format(place=name_of(place, kb)), place=place, earns=Earned.MOMENT)


def _clicked(key: str, region: str, kb: KnowledgeBase) -> Meaning:
    """A button of ours asks what stands in its key; one of somebody else's menu is greeted."""
    if key.startswith(ASKS):
        return Meaning(ask=key.removeprefix(ASKS), earns=Earned.MOMENT)
    return Meaning(say=_greeting(region, kb), earns=Earned.MOMENT)


def _within(code: str | None, region: str, kb: KnowledgeBase) -> str | None:
    """A scene's region code, if it is one of the account's county."""
    known = code is not None and code in kb.regions and kb.regions.contains(region, code)
    return code if known else None


def _location(label: str, region: str, kb: KnowledgeBase) -> Meaning:
    """The town that the address names; the regions hold no coordinates, so a place without an address stays unknown."""
    named = kb.regions.find_in(label, within=region)
    towns = {
        one.code
        for match in named
        if len(match.candidates) == 1
        for one in match.candidates
        if one.level == "town" and kb.regions.contains(region, one.code)
    }
    if len(towns) != 1:
        towns_here = kb.regions.children(region)
        example = towns_here[0].name if towns_here else kb.regions[region].name
        return Meaning(say=wording.NO_TOWN.format(example=example), earns=Earned.MESSAGE)
    place = towns.pop()
    return Meaning(say=wording.MOVED.format(place=name_of(place, kb)), place=place, earns=Earned.MESSAGE)
