"""Whether a statement told beside an answer bears on the question: its town, its office, its matter."""

from __future__ import annotations

import re

from dialogues.enquiry import Enquiry
from dialogues.renaming import OFFICE
from nlu.understanding import ChannelMention, PlaceMention
from policy_kb.model import Answer, Silence

_GENERIC = re.compile(
    "通知|没有写|没有|医保|居民|参保|多少|什么|怎么|是不是|能不能|多久|哪天|时候|一次|可以|年度|[，、。？！]"
)
_NO_NAME = frozenset({"办公室", "委员会"})
_OF_GROWN_UPS = {"window", "window_late", "coverage", "waiting_period"}
HOW_TO_PAY = re.compile("(啷个|怎么|怎样|咋个?|咋样|如何)(能|去|来)?[交缴]")
OF_CHANNEL = 0.15
"""What it adds to a statement on a way to pay that this way is named, or takes where only other ways are."""
_BY_ONESELF = ("wechat", "alipay", "bank_app", "province_app", "tax_app", "terminal", "card", "cash")
"""Ways to pay that nobody names in passing; the village (村里喊交钱) and the school are."""
SHORTEST = 2
"""Characters of an office's name."""


def of_the_place(said: Answer | Silence, enquiry: Enquiry) -> bool:
    """Whether a statement beside speaks of the town or office asked about, where one is named."""
    named = [*towns(enquiry), *_offices(enquiry)]
    words = f"{said.first}{said.say or ''}"
    return (
        not named or any(name in words for name in named) or (enquiry.facet == "target" and _of_no_town(words, enquiry))
    )


def _of_no_town(words: str, enquiry: Enquiry) -> bool:
    """Whether a statement on the targets names none of the towns: how all of them are set."""
    towns_here = enquiry.kb.regions.children(enquiry.policy.rules.region)
    return not any(one.name in words for one in towns_here)


def _offices(enquiry: Enquiry) -> list[str]:
    """The offices that a question on the work of staff names, without 县."""
    if not enquiry.facet.startswith("staff_duty"):
        return []
    found = [one.lstrip("县区市镇的") for one in OFFICE.findall(enquiry.words.split()[-1] if enquiry.words else "")]
    return [one for one in found if one not in _NO_NAME and len(one) >= SHORTEST]


def towns(enquiry: Enquiry) -> list[str]:
    """The towns the question names."""
    places = [one for one in enquiry.question.of(PlaceMention) if one.span.end]
    regions = enquiry.kb.regions
    return [regions[code].name for one in places for code in one.codes if regions[code].level == "town"]


def of_the_matter(said: Answer | Silence, enquiry: Enquiry) -> bool:
    """Whether a statement bears on what was asked: grown-ups' days of payment are none of a newborn's.

    What the notice does not say shares a word of two characters with the question in its headline.
    """
    if enquiry.facet.startswith("newborn") and set(said.facets) <= _OF_GROWN_UPS:
        return False
    if isinstance(said, Answer):
        return True
    text = _GENERIC.sub("，", enquiry.words)
    headline = _GENERIC.sub("，", said.first)
    pairs = {headline[at : at + 2] for at in range(len(headline) - 1)}
    return any("，" not in one and one in text for one in pairs)


def channels_named(enquiry: Enquiry) -> tuple[ChannelMention, ...]:
    """The ways to pay that the question is about."""
    named = (one for one in enquiry.question.of(ChannelMention) if not one.negated)
    return tuple(one for one in named if one.channel.startswith(_BY_ONESELF))


def by_channel(said: Answer | Silence, enquiry: Enquiry) -> float:
    """What it adds or takes that a statement is on a way to pay, where one is asked how it is done, or another is refused."""
    if not isinstance(said, Answer) or said.channel is None:
        return 0.0
    channel, wechat = said.channel, said.channel.startswith("wechat")
    denied = {one.channel for one in enquiry.question.of(ChannelMention) if one.negated}
    if channel in denied or (wechat and "wechat" in denied):
        return -2 * OF_CHANNEL
    named = {one.channel for one in channels_named(enquiry)}
    if not named or not HOW_TO_PAY.search(enquiry.question.text):
        return 0.0
    return OF_CHANNEL if channel in named or (wechat and "wechat" in named) else -OF_CHANNEL
