"""A person with WeChat: what they do becomes pushes, what they see is a list of lines."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.sim.wechat.delivery import Delivered
from bot.sim.wechat.push import Push, Value
from bot.sim.wechat.quota import Quota

Who: TypeAlias = Literal["me", "account", "system"]
Carry: TypeAlias = Callable[["Follower", Push], Awaitable[Delivered]]


@dataclass(frozen=True)
class Line:
    """One line of the conversation as the person sees it."""

    who: Who
    text: str


_ids = itertools.count(23_456_789_012_345_678)


def new_openid() -> str:
    """28 characters, as WeChat makes them."""
    return "o" + secrets.token_urlsafe(32).replace("-", "x")[:27]


@dataclass
class Follower:
    """One person; `carry` takes a push to the developer's server and shows what comes back."""

    account: str
    carry: Carry
    openid: str = field(default_factory=new_openid)
    following: bool = True
    quota: Quota = field(default_factory=Quota)
    screen: list[Line] = field(default_factory=list)
    notices: dict[str, int | None] = field(default_factory=dict)
    """Subscription notices accepted: how many may still be sent, None for as many as are sent."""

    async def says(self, text: str) -> Delivered:
        """Types a text message."""
        self.screen.append(Line("me", text))
        return await self.carry(self, self.text(text))

    def text(self, text: str) -> Push:
        """A text message that is not sent yet."""
        return self.message("text", Content=text)

    async def speaks(self, recognition: str | None = None) -> Delivered:
        """A voice message; `recognition` None where the account has no speech recognition, empty where nothing was made out."""
        self.screen.append(Line("me", "[语音]"))
        fields: dict[str, Value] = {
            "MediaId": secrets.token_hex(16),
            "Format": "amr",
            "MediaId16K": secrets.token_hex(16),
        }
        heard: dict[str, Value] = {} if recognition is None else {"Recognition": recognition}
        return await self.carry(self, self.message("voice", **fields, **heard))

    async def sends_image(self) -> Delivered:
        """A photo; its address leads nowhere, nobody is to fetch it."""
        self.screen.append(Line("me", "[图片]"))
        url = "http://mmbiz.qpic.cn.invalid/mmbiz_jpg/0"
        return await self.carry(self, self.message("image", PicUrl=url, MediaId=secrets.token_hex(16)))

    async def sends_location(self, latitude: float, longitude: float, label: str = "") -> Delivered:
        """A place on the map, WGS-84 degrees."""
        self.screen.append(Line("me", f"[位置] {label}"))
        at: dict[str, Value] = {"Location_X": f"{latitude:.6f}", "Location_Y": f"{longitude:.6f}"}
        return await self.carry(self, self.message("location", **at, Scale=16, Label=label))

    async def sends_link(self, title: str, url: str) -> Delivered:
        """A shared page."""
        self.screen.append(Line("me", f"[链接] {title}"))
        return await self.carry(self, self.message("link", Title=title, Description="", Url=url))

    async def sends(self, kind: str, **fields: Value) -> Delivered:
        """Any other kind of message (video, shortvideo, one WeChat invents tomorrow)."""
        self.screen.append(Line("me", f"[{kind}]"))
        return await self.carry(self, self.message(kind, **fields))

    async def follows(self, scene: str | None = None) -> Delivered:
        """Follows the account, by a QR code with a scene or without."""
        self.following = True
        return await self.carry(self, self.event("subscribe", **self._scene(scene, "qrscene_")))

    async def unfollows(self) -> Delivered:
        """Stops following."""
        self.following = False
        self.quota.lose()
        self.notices.clear()
        return await self.carry(self, self.event("unsubscribe", EventKey=""))

    async def scans(self, scene: str) -> Delivered:
        """Scans a QR code of the account: SCAN where they follow it already, else they follow by it."""
        if not self.following:
            return await self.follows(scene)
        return await self.carry(self, self.event("SCAN", **self._scene(scene, "")))

    async def clicks(self, key: str) -> Delivered:
        """A menu button of type click."""
        return await self.carry(self, self.event("CLICK", EventKey=key))

    async def accepts(self, template: str, times: int | None = 1) -> Delivered:
        """Agrees to a subscription notice: once, or for as many as are sent (long-term, for public services)."""
        self.notices[template] = times
        return await self.carry(self, self.event("subscribe_msg_popup_event"))

    def message(self, kind: str, **fields: Value) -> Push:
        """A message with a MsgId of its own."""
        return Push(self.account, self.openid, int(time.time()), kind, tuple(fields.items()), next(_ids))

    def event(self, name: str, **fields: Value) -> Push:
        """An event; events have no MsgId."""
        return Push(self.account, self.openid, int(time.time()), "event", (("Event", name), *fields.items()))

    def show(self, who: Who, text: str | None) -> None:
        """A new line, if there is one."""
        if text is not None:
            self.screen.append(Line(who, text))

    async def sees(self, words: str, within: float = 5.0) -> str:
        """The newest line of the account that holds `words`, waited for; raises AssertionError with what is there instead."""
        end = time.monotonic() + within
        while True:
            found = [line.text for line in self.screen if line.who != "me" and words in line.text]
            if found:
                return found[-1]
            if time.monotonic() > end:
                raise AssertionError(f"nothing with {words!r} within {within} s; the screen: {self.screen[-5:]}")
            await asyncio.sleep(0.01)

    @staticmethod
    def _scene(scene: str | None, prefix: str) -> dict[str, Value]:
        if scene is None:
            return {"EventKey": ""}
        return {"EventKey": prefix + scene, "Ticket": "gQ" + secrets.token_urlsafe(40)}
