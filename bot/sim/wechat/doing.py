"""What a person can do by a word: on the page a button, in the terminal a line that begins with a slash."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.sim.wechat.delivery import Delivered
from bot.sim.wechat.follower import Follower

HELP = (
    "直接打字发消息；/关注 [场景] /取关 /扫码 场景 /菜单 KEY /语音 [识别出的字] /图片 /位置 纬度,经度 [地名] "
    "/链接 标题 /订阅 模板 /重发（再送一遍上一条）/乱序 一句；又一句；Ctrl-D 离开"
)


async def do(person: Follower, deed: str, words: str) -> Delivered:
    """Does one thing. Raises ValueError for what cannot be done."""
    words = words.strip()
    deeds: dict[str, Callable[[], Awaitable[Delivered]]] = {
        "说": lambda: person.says(words),
        "关注": lambda: person.follows(words or None),
        "取关": person.unfollows,
        "扫码": lambda: person.scans(words),
        "菜单": lambda: person.clicks(words),
        "语音": lambda: person.speaks(words),
        "图片": person.sends_image,
        "位置": lambda: _locate(person, words),
        "链接": lambda: person.sends_link(words, "https://example.org/"),
        "订阅": lambda: person.accepts(words or "sim-reminder-template"),
    }
    if deed not in deeds or (deed in ("说", "扫码", "菜单", "链接") and not words):
        raise ValueError(f"{deed}: 不会做，或者少了后面的字")
    return await deeds[deed]()


async def _locate(person: Follower, words: str) -> Delivered:
    """`33.91,116.76 濉溪县`, or nothing: somewhere in Suixi."""
    numbers, _, label = (words or "33.9156,116.7666 安徽省淮北市濉溪县").partition(" ")
    try:
        latitude, longitude = (float(one) for one in numbers.replace("，", ",").split(","))
    except ValueError:
        raise ValueError("位置要写成：纬度,经度 地名") from None
    return await person.sends_location(latitude, longitude, label)
