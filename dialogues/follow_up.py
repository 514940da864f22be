"""Whether a message goes on with the last question (那特困呢, 8月呢, 监测户) or asks a new one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues.continuing import continued
from dialogues.household.parts import AMONG
from dialogues.household.reading import ADDED
from dialogues.household.relatives import asks_total, facet_of_total
from dialogues.state import State
from dialogues.topics.next_steps import asks_next
from nlu.understanding import (
    CategoryMention,
    ChannelMention,
    FactMention,
    PeopleMention,
    PlaceMention,
    Question,
    TierMention,
)

SURE = 0.55
"""Confidence from which a short message that could be a follow-up is taken as a question of its own."""
CERTAIN = 0.85
"""Confidence from which a message is a question of its own although another one is open."""
CERTAIN_TALK = 0.7
"""Confidence from which longer talk that is off the topic is no follow-up, whatever it mentions."""
HEARD = 0.3
"""Confidence from which a short message that asks something itself is a question of its own."""
_ASKING = re.compile("多少|好多|几个钱|哪天|几号|怎么|咋|能不能|退|报|哪里|在哪|啥时候")
_LEADS = re.compile(r"^(那|要是|如果|假如|若是|换成|改成|万一|还有|不对|不是|错了|我说的是|我是说)")
_TRAILS = re.compile(r"(呢|的呢|咧|嘞|哩|勒)[？?。！!]*$|^[^，。？！]{1,8}(?:呢|咧|哩)，")
_OF_THE_BABY = {
    "coverage": "newborn_cover",
    "window": "newborn_deadline",
    "window_late": "newborn_deadline",
    "premium": "newborn_fee",
    "premium_change": "newborn_fee",
}
"""What a short question after one on a newborn is about (从哪天算能报, 得交几个年度)."""
_THE_CHILD = re.compile("[给帮替](?:他|她|它)|娃|孩子|宝宝|小孩|毛毛|幺儿")
_SHOW = re.compile("依据|原文|哪条|条款|第几条|出处")
_ADDS = re.compile("^[^，。？！吗]{0,8}(?:还有|也有|还是|也是|另外有|还吃|还享受)[^，。？！]{0,8}$")
"""他自己还有低保: another category of the same person, and nothing asked about the two."""
_OF_MONEY = ("premium", "assistance")
_WHY_TIERS = re.compile("区别|差别|不同|哪个|哪档|为啥|为什么|划算|统一|换|改|选")
_BARE_CLAUSE = 18
"""Characters above which a message that asks for a clause names the matter too (说不该重复买的是文件哪条)."""
_WHICH = re.compile("(?:哪|第几)一?条(?:写|说|规定|讲|里)|(?:写|说|规定|讲)(?:着|的|在)*(?:是)?(?:哪|第几)一?条")
_COURTESIES = frozenset({"thanks", "bye", "greet", "human", "abuse", "bot_identity"})
_FEW = 5
"""Characters of a message too short to ask anything by itself (奖好多)."""
_ACTS = frozenset({"affirm", "deny", "off_topic", "show_clause", "bye", "thanks"})
_NO_MATTER = _COURTESIES | _ACTS | {"other_affairs"}
"""What the classifier makes of a bare category (残疾的呢, 我家四口，一个低保), with which a talk may begin."""

_OF_THE_HOUSE = re.compile("(?:家里|家庭|全家|一家|屋里|屋头|家|户|的话|属于|情况|身份)*")
"""What may be left beside a category of which nothing else is asked (家里是农村低保呢)."""


@dataclass(frozen=True)
class Reading:
    """The facet a question is answered under, and whether it goes on with the last one."""

    facet: str
    confidence: float
    follow_up: bool


def read(question: Question, state: State) -> Reading:
    """The facet of a question in the light of what was asked before."""
    best = question.best
    goes_on = state.pending_facet or state.facet
    if goes_on is None:
        if best.facet in _NO_MATTER and question.of(CategoryMention) and not question.residue:
            return Reading("assistance", 1.0, follow_up=False)
        if question.of(PeopleMention) and not question.residue:
            return Reading("premium", 1.0, follow_up=False)
        return Reading(best.facet, best.confidence, follow_up=False)
    if asks_next(question.text):
        return Reading(goes_on, 1.0, follow_up=True)
    among = question.of(PeopleMention) and AMONG.match(question.text)
    if state.household and (among or ADDED.search(question.text)):
        return Reading(goes_on, 1.0, follow_up=True)
    if best.facet == "duplicate" and best.confidence >= CERTAIN and _paid_twice(question):
        return Reading(best.facet, best.confidence, follow_up=False)
    if asks_total(question, state):
        return Reading(facet_of_total(goes_on), 1.0, follow_up=True)
    if kind := continued(question, state, goes_on):
        return Reading(kind.facet or goes_on, 1.0, follow_up=not kind.anew)
    if not question.residue and question.mentions and not _of_its_own(question):
        return Reading(goes_on, 1.0, follow_up=True)
    if best.facet in _NO_MATTER and question.of(CategoryMention) and _OF_THE_HOUSE.fullmatch(question.residue):
        return Reading(goes_on, 1.0, follow_up=True)
    if state.pending and best.confidence < CERTAIN and _answers(question, state.pending):
        return Reading(goes_on, 1.0, follow_up=True)
    if goes_on.startswith("newborn") and best.facet in _OF_THE_BABY and _of_the_baby(question):
        return Reading(_OF_THE_BABY[best.facet], 1.0, follow_up=True)
    if best.facet in _COURTESIES and best.confidence >= SURE:
        return Reading(best.facet, best.confidence, follow_up=False)
    if best.facet == "assistance_double" and question.of(CategoryMention) and _ADDS.search(question.text):
        return (
            Reading(goes_on, 1.0, follow_up=True) if goes_on.startswith(_OF_MONEY) else Reading(best.facet, 1.0, False)
        )
    if best.facet == "premium_tiers" and _goes_on_with_a_tier(question, goes_on):
        return Reading(goes_on, 1.0, follow_up=True)
    if _shows(question):
        return Reading("show_clause", best.confidence, follow_up=False)
    if len(question.text.strip("？?。！! ")) <= _FEW and (best.facet in _ACTS or best.confidence < SURE):
        return Reading(goes_on, best.confidence, follow_up=True)
    if goes_on.startswith("staff") and _TRAILS.search(question.text) and len(question.text) <= 2 * _FEW:
        return Reading(goes_on, best.confidence, follow_up=True)
    asks = bool(_ASKING.search(question.residue)) and best.confidence >= HEARD
    besides = asks and question.text.startswith("还有")
    leaning = bool((_LEADS.search(question.text) and not besides) or _TRAILS.search(question.text))
    short = len(question.residue) <= 4
    if asks and best.facet not in _ACTS and not leaning:
        return Reading(best.facet, best.confidence, follow_up=False)
    idle = best.facet in _ACTS and (short or best.confidence < CERTAIN_TALK)
    if question.mentions and (leaning or short) and (best.confidence < SURE or idle):
        return Reading(goes_on, 1.0, follow_up=True)
    if leaning and best.confidence < SURE:
        return Reading(goes_on, best.confidence, follow_up=True)
    return Reading(best.facet, best.confidence, follow_up=False)


def _paid_twice(question: Question) -> bool:
    """那他要是两边都交了呢: a matter of its own, though nothing but a circumstance is told."""
    return any(one.fact == "refund_reason" and one.value == "paid_twice" for one in question.of(FactMention))


def _goes_on_with_a_tier(question: Question, goes_on: str) -> bool:
    """那只买一档也是一样免了噻: the last person's sum at another tier."""
    leads = bool(_LEADS.search(question.text)) and not _WHY_TIERS.search(question.text)
    return leads and bool(question.of(TierMention)) and goes_on.startswith(_OF_MONEY)


def _shows(question: Question) -> bool:
    """依据是哪条; 文件里哪条写着: the clause of the last answer is asked for."""
    facet = question.best.facet
    if facet == "show_clause":
        return bool(_SHOW.search(question.text)) and len(question.text) <= _BARE_CLAUSE
    return facet.startswith("notice") and bool(_WHICH.search(question.text)) and len(question.text) <= _BARE_CLAUSE


def _of_the_baby(question: Question) -> bool:
    """Whether a question after one on a newborn is about that child still: it is short, or speaks of it (给他交)."""
    most = 4 * _FEW + 4 if _THE_CHILD.search(question.text) else 2 * _FEW + 2
    return len(question.text) <= most


def _of_its_own(question: Question) -> bool:
    """Whether a bare circumstance (不会用手机) is a question by itself: nothing in it could fill the last one's gap."""
    only = all(isinstance(one, FactMention | ChannelMention) for one in question.mentions)
    return only and question.best.confidence >= SURE and not _LEADS.search(question.text)


def _answers(question: Question, pending: str) -> bool:
    """Whether a message that is little more than mentions gives what was asked for."""
    if pending == "place":
        return bool(question.of(PlaceMention)) and len(question.residue) <= 6
    return bool(question.mentions) and len(question.residue) <= 4
