"""Somebody whose 职工医保 ended with the work (辞职了, 厂里的医保断了), and what is asked then of residents' insurance."""

from __future__ import annotations

import re

from nlu.understanding import FactMention, Question

_LEFT = re.compile("辞|离职|失业|下岗|下了岗|裁|开除|开了|断|停|没了|没得了|出来|不干")
_THIS = "(?:居民|农合|合作医疗|(?<!职工)(?:医保|医疗保险))"
_JOIN = "(?:[交缴买]|参保|参加|入|上|办|转|条件)"
_MAY = f"(?:能不能|可不可以|得不得|能|可以|够不够|符合)[^，。？！]{{0,6}}{_JOIN}"
_MAY_JOIN = re.compile(
    f"{_MAY}[^，。？！]{{0,10}}(?:{_THIS}|村里|屋头)|{_THIS}[^，。？！]{{0,6}}{_MAY}"
    f"|{_JOIN}[^，。？！]{{0,4}}{_THIS}[^，。？！]{{0,4}}(?:得不得|要得|可以|可不可以|能行|[行中成][不吗么])"
)
_MAY_BE_INSURED = re.compile("(?:能不能|可不可以|能|可以)[^，。？！]{0,6}参[保加](?:了|的)?[不吗么没]?[？?]*$")
_HOW = "(?:怎么|咋个?|如何|怎样|啷个)"
_WHAT_NOW = re.compile(
    f"{_HOW}[^，。？！]{{0,6}}{_THIS}|{_THIS}[^，。？！职]{{0,4}}{_HOW}(?:办|弄|整|[交缴]|处理|搞|参)"
)
_AT_ONCE = re.compile("马上|立马|立刻|直接报|等多久|要等|报得|能报")


def left_work(question: Question) -> bool:
    """Whether the work, or the insurance that came with it, is said to have ended."""
    stated = (one for one in question.of(FactMention) if one.fact in ("employee_insured", "previous_status"))
    return any(_LEFT.search(one.span.text) for one in stated)


def asks_to_join(question: Question) -> bool:
    """Whether it is asked if one may now join, or what to do (辞职后医保怎么办), and not how soon one is covered."""
    text = question.text
    return bool(
        _MAY_JOIN.search(text) or _MAY_BE_INSURED.search(text) or _WHAT_NOW.search(text)
    ) and not _AT_ONCE.search(text)
