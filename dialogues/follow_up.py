"""Whether a message goes on with the last question (那特困呢, 8月呢, 监测户) or asks a new one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues.household import ADDED
from dialogues.relatives import asks_total
from dialogues.state import State
from dialogues.topics.next_steps import asks_next
from nlu.understanding import ChannelMention, FactMention, PlaceMention, Question

SURE = 0.55
"""Confidence from which a short message that could be a follow-up is taken as a question of its own."""
CERTAIN = 0.85
"""Confidence from which a message is a question of its own although another one is open."""
HEARD = 0.3
"""Confidence from which a short message that asks something itself is a question of its own."""
_ASKING = re.compile("多少|好多|几个钱|哪天|几号|怎么|咋|能不能|退|报|哪里|在哪|啥时候")
_LEADS = re.compile(r"^(那|要是|如果|假如|若是|换成|改成|万一|还有|不对|不是|错了|我说的是|我是说)")
_TRAILS = re.compile(r"(呢|的呢|咧|嘞|哩|勒)[？?。！!]*$")
_OF_THE_BABY = {
    "coverage": "newborn_cover",
    "window": "newborn_deadline",
    "window_late": "newborn_deadline",
    "premium": "newborn_fee",
    "premium_change": "newborn_fee",
}
"""What a short question after one on a newborn is about (从哪天算能报, 得交几个年度)."""
_SHOW = re.compile("依据|原文|哪条|条款|第几条|出处")
_COMPARES = re.compile("(俩|两个|谁|哪个|哪边).{0,6}(多|少|重|轻|大|高|低)")
"""这俩谁多 after the figures of two towns."""
_TERSE = 10
_COURTESIES = frozenset({"thanks", "bye", "greet", "human", "abuse", "bot_identity"})
_FEW = 5
"""Characters of a message too short to ask anything by itself (奖好多)."""
_ACTS = frozenset({"affirm", "deny", "off_topic", "show_clause", "bye", "thanks"})


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
        return Reading(best.facet, best.confidence, follow_up=False)
    if asks_next(question.text):
        return Reading(goes_on, 1.0, follow_up=True)
    if state.household and ADDED.search(question.text):
        return Reading(goes_on, 1.0, follow_up=True)
    if state.units and len(question.text) <= _TERSE and _COMPARES.search(question.text):
        return Reading(goes_on, 1.0, follow_up=True)
    if asks_total(question, state):
        return Reading(goes_on, 1.0, follow_up=True)
    if not question.residue and question.mentions and not _of_its_own(question):
        return Reading(goes_on, 1.0, follow_up=True)
    if state.pending and best.confidence < CERTAIN and _answers(question, state.pending):
        return Reading(goes_on, 1.0, follow_up=True)
    if goes_on.startswith("newborn") and best.facet in _OF_THE_BABY and len(question.text) <= 2 * _FEW + 2:
        return Reading(_OF_THE_BABY[best.facet], 1.0, follow_up=True)
    if best.facet in _COURTESIES and best.confidence >= SURE:
        return Reading(best.facet, best.confidence, follow_up=False)
    if best.facet == "show_clause" and _SHOW.search(question.text):
        return Reading(best.facet, best.confidence, follow_up=False)
    if len(question.text.strip("？?。！! ")) <= _FEW and (best.facet in _ACTS or best.confidence < SURE):
        return Reading(goes_on, best.confidence, follow_up=True)
    if goes_on.startswith("staff") and _TRAILS.search(question.text) and len(question.text) <= 2 * _FEW:
        return Reading(goes_on, best.confidence, follow_up=True)
    leaning = bool(_LEADS.search(question.text) or _TRAILS.search(question.text))
    short = len(question.residue) <= 4
    asks = bool(_ASKING.search(question.residue)) and best.confidence >= HEARD
    if asks and best.facet not in _ACTS and not leaning:
        return Reading(best.facet, best.confidence, follow_up=False)
    if question.mentions and (leaning or short) and (best.confidence < SURE or best.facet in _ACTS):
        return Reading(goes_on, 1.0, follow_up=True)
    if leaning and best.confidence < SURE:
        return Reading(goes_on, best.confidence, follow_up=True)
    return Reading(best.facet, best.confidence, follow_up=False)


def _of_its_own(question: Question) -> bool:
    """Whether a bare circumstance (不会用手机) is a question by itself: nothing in it could fill the last one's gap."""
    only = all(isinstance(one, FactMention | ChannelMention) for one in question.mentions)
    return only and question.best.confidence >= SURE and not _LEADS.search(question.text)


def _answers(question: Question, pending: str) -> bool:
    """Whether a message that is little more than mentions gives what was asked for."""
    if pending == "place":
        return bool(question.of(PlaceMention)) and len(question.residue) <= 6
    return bool(question.mentions) and len(question.residue) <= 4
