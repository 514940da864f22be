"""Whether a category of persons (人员类别) decides what a vague question is about, and what it then is."""

from __future__ import annotations

import re

from dialogues.left_work import asks_to_join
from dialogues.said import Said
from dialogues.state import State
from nlu.understanding import CategoryMention, Question

CARRIED = 0.25
"""Confidence under which a category told in the question before (俺家低保，…，学校那边要讲一声不) decides too."""
_OF_MY_KIND = re.compile("身份|我这种|这号人|我们这样|咱这样|我这样|费|钱|交|缴|掏")
_LATE = re.compile(
    "没赶上|没参[保上]|错过|过了|晚了|补(?![给助贴偿多好几我俺他她的])|还收|忘了|断保|断了|现在办|没有?[给帮替]?[他她我俺]?[交缴]|还能不?能?[弄办交缴]"
)

_WAITS = re.compile(r"等待期|[要得先]先?等(?!着|我|下|一下|到)|等(?:多久|好久|半年|[几一二三六两\d]个?月)")
_HELP = re.compile("资助|补助|补贴|减|免|优惠|照顾|少[交缴]|钱")
_COVERS = re.compile("生效|起作用|起效|管用|(?:啥|什么)时候能[用报]|(?:哪天|几号|多久)(?:能|起|开始)[用报算管]")


def of_a_category(state: State, question: Question, said: Said) -> bool:
    """Whether a category decides what a vague question is about: one that was named, or that of the record."""
    recorded = state.record is not None and bool(state.record.categories) and bool(_OF_MY_KIND.search(question.text))
    here = any(one.span.end for one in question.of(CategoryMention)) or question.best.confidence < CARRIED
    return (bool(said.facts.get("category")) and here) or recorded


def category_matter(question: Question) -> str:
    """The facet: a wait, cover, late payment or joining where the words speak of it, else assistance."""
    if _WAITS.search(question.text):
        return "waiting_period"
    if _COVERS.search(question.text):
        return "coverage"
    if _LATE.search(question.text):
        return "window_late"
    return "eligibility" if asks_to_join(question) and not _HELP.search(question.text) else "assistance"
