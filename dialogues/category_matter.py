"""Whether a category of persons (人员类别) decides what a vague question is about, and what it then is."""

from __future__ import annotations

import re

from dialogues.said import Said
from dialogues.state import State
from nlu.understanding import Question

_OF_MY_KIND = re.compile("身份|我这种|这号人|我们这样|咱这样|我这样|费|钱|交|缴|掏")
_LATE = re.compile(
    "没赶上|没参[保上]|错过|过了|晚了|补|还收|忘了|断保|断了|现在办|没有?[给帮替]?[他她我俺]?[交缴]|还能不?能?[弄办交缴]"
)


def of_a_category(state: State, question: Question, said: Said) -> bool:
    """Whether a category decides what a vague question is about: one that was named, or that of the record."""
    recorded = state.record is not None and bool(state.record.categories) and bool(_OF_MY_KIND.search(question.text))
    return bool(said.facts.get("category")) or recorded


def category_matter(question: Question) -> str:
    """The facet: late payment where the words speak of it, else assistance."""
    return "window_late" if _LATE.search(question.text) else "assistance"
