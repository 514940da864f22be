"""How conversations are told to staff: whose they may see, and place, channel and waiting time in words."""

from __future__ import annotations

from datetime import timedelta

from bot.channel import Channel
from bot.review.counties import belongs
from bot.staff.member import Member
from dialogues.places import name_of
from policy_kb.knowledge import KnowledgeBase

CHANNELS: dict[str, str] = {
    Channel.WECHAT: "微信公众号",
    Channel.TELEGRAM: "Telegram",
    Channel.PAGE: "居民网页",
    Channel.CONSOLE: "工作台",
    Channel.API: "接口",
    Channel.TERMINAL: "命令行",
}
NO_PLACE = "还不知道是哪里"


def counties_of(member: Member) -> tuple[str, ...] | None:
    """The counties whose conversations a member may see; None: all."""
    return None if member.scope.county is None else (member.scope.county,)


def may_see(member: Member, region: str | None) -> bool:
    """Whether a conversation held under `region` is the member's to see."""
    return belongs(region, counties_of(member))


def place_words(region: str | None, kb: KnowledgeBase) -> str:
    """The place of a conversation."""
    return name_of(region, kb) if region and region in kb.regions else NO_PLACE


def waiting_words(span: timedelta) -> str:
    """`等了3分钟`."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "刚来"
    return f"等了{minutes}分钟" if minutes < 60 else f"等了{minutes // 60}小时{minutes % 60}分"
