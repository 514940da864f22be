"""Whether a category of persons (人员类别) decides what a vague question is about, and what it then is."""

from __future__ import annotations

import re

from dialogues.said import Said
from dialogues.state import State
from nlu.understanding import Question

_OF_MY_KIND = re.compile("身份|我这种|这号人|我们这样|咱这样|我这样|费|钱|交|缴|掏")
_LATE = re.compile(
    "没赶上|没参[保上]|错过|过了|晚了|补(?![给助贴偿多好几我俺他她的])|还收|忘了|断保|断了|现在办|没有?[给帮替]?[他她我俺]?[交缴]|还能不?能?[弄办交缴]"
)

_WAITS = re.compile(r"等待期|[要得先]先?等(?!着|我|下|一下|到)|等(?:多久|好久|半年|[几一二三六两\d]个?月)")
_COVERS = re.compile("生效|起作用|起效|管用|(?:啥|什么)时候能[用报]|(?:哪天|几号|多久)(?:能|起|开始)[用报算管]")


def of_a_category(state: State, question: Question, said: Said) -> bool:
    """Whether a category decides what a vague question is about: one that was named, or that of the record."""
    recorded = state.record is not None and bool(state.record.categories) and bool(_OF_MY_KIND.search(question.text))
    return bool(said.facts.get("category")) or recorded


def category_matter(question: Question) -> str:
    """The facet: a wait, cover or late payment where the words speak of it, else assistance."""
    if _WAITS.search(question.text):
        return "waiting_period"
    if _COVERS.search(question.text):
        return "coverage"
    return "window_late" if _LATE.search(question.text) else "assistance"
