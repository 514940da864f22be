"""The page on which administrators turn a topic or a channel off, with a reason, and on again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.channel import Channel
from bot.composition import topics
from bot.console.conversations import CHANNELS
from bot.console.frame import console_router, page
from bot.console.refusals import Unusable
from bot.console.security import Admin
from bot.console.workplace import workplace
from bot.review.placeholders import without_numbers
from bot.switches.switchboard import Kind, Off
from bot.switches.turned_off import CHANNEL_OFF, TOPIC_OFF

router = console_router("/switches")

HERE = "/console/switches"
NO_POLICY = frozenset({"smalltalk", "out_of_scope"})
"""Topics that tell nothing of a notice: there is nothing to turn off."""
RESIDENTS = (Channel.WECHAT, Channel.PAGE, Channel.TELEGRAM)
SHORTEST, LONGEST = 2, 200
Short = Annotated[str, Form(max_length=LONGEST * 2)]


@dataclass(frozen=True)
class Switch:
    """What can be turned off, in words; `off` where it is."""

    kind: Kind
    name: str
    label: str
    hint: str
    off: Off | None


@router.get("")
async def switches_page(request: Request, member: Admin) -> Response:
    """All switches and their history."""
    return await _page(request)


@router.post("/off")
async def turn_off(request: Request, member: Admin, kind: Short = "", name: Short = "", reason: Short = "") -> Response:
    """Turns something off; without a reason nothing happens."""
    which, desk = _which(kind, name), workplace(request)
    why = without_numbers(" ".join(reason.split()), desk.today)
    if not SHORTEST <= len(why) <= LONGEST:
        return await _page(request, f"要停用，请写明原因（{SHORTEST}到{LONGEST}个字）。", f"{kind}-{name}", reason)
    if not await desk.running.desk.switches.turn_off(which.kind, which.name, why, member.name):
        return await _page(request, f"“{which.label}”已经有人停用了。")
    return RedirectResponse(HERE, 303)


@router.post("/on")
async def turn_on(request: Request, member: Admin, kind: Short = "", name: Short = "") -> Response:
    """Turns something on again."""
    which = _which(kind, name)
    if not await workplace(request).running.desk.switches.turn_on(which.kind, which.name, member.name):
        return await _page(request, f"“{which.label}”已经恢复了。")
    return RedirectResponse(HERE, 303)


async def _page(request: Request, fault: str = "", tried: str = "", reason: str = "") -> Response:
    desk = workplace(request)
    board = desk.running.desk.switches
    history = await board.history()
    off = {(one.off.kind, one.off.name): one.off for one in history if one.on_at is None}
    off |= {(one.kind, one.name): one for one in await board.off() if (one.kind, one.name) not in off}
    all_of_them = sorted(_switches(off), key=lambda one: one.off is None)
    context = {
        "channels": [one for one in all_of_them if one.kind is Kind.CHANNEL],
        "topics": [one for one in all_of_them if one.kind is Kind.TOPIC],
        "history": history,
        "labels": {(one.kind, one.name): one.label for one in all_of_them},
        "channel_off": CHANNEL_OFF.format(hotline=desk.kb.hotline),
        "topic_off": TOPIC_OFF.format(hotline=desk.kb.hotline),
        "fault": fault,
        "tried": tried,
        "reason": reason,
        "longest": LONGEST,
    }
    return page(request, "switches/page.html", context, 422 if fault else 200)


def _which(kind: str, name: str) -> Switch:
    """The switch of a form. Raises Unusable."""
    found = next((one for one in _switches({}) if (one.kind, one.name) == (kind, name)), None)
    if found is None:
        raise Unusable("没有这个开关，请回到页面重新选。")
    return found


def _switches(off: dict[tuple[Kind, str], Off]) -> Iterator[Switch]:
    for channel in RESIDENTS:
        yield Switch(Kind.CHANNEL, channel, CHANNELS[channel], "这里的问答全部停", off.get((Kind.CHANNEL, channel)))
    labels: dict[str, list[str]] = {}
    for one in topics().values():
        if one["topic"] not in NO_POLICY:
            labels.setdefault(one["topic"], []).append(one["label"])
    for topic, told in labels.items():
        yield Switch(Kind.TOPIC, topic, told[0], "、".join(told[1:]), off.get((Kind.TOPIC, topic)))
