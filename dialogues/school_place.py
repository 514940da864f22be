"""Where a student's university lies (在重庆读大学), held against the place whose notice answers."""

from __future__ import annotations

import re

from nlu.understanding import PlaceMention, Question
from policy_kb.facts import Facts

_STUDIES = re.compile(
    "^[省市]?(?:这边|那边|那头|这头|里|头)?(?:(?:上|读|念|就读|在读)的?(?:是)?(?:大学|大专|本科|研究生|高职)|(?:读|念)书|上学|求学"
    "|的?[\u4e00-\u9fff]{0,4}(?:大学|学院|高校|高职)(?:里)?(?:读|上|念|在读|的?学生))"
)
_SCHOOL = re.compile("小学|中学|初中|高中|幼儿园|[一二三四五六]年级|初[一二三]|高[一二三]")
_PROVINCE = 2
"""The first digits of a region code, which name the province."""


def university_of(question: Question, code: str, known: Facts) -> Facts:
    """Whether the university a question places somewhere is in the province of `code`; nothing where it places none.

    Who studies elsewhere (她在成都读书) is taken for a student of a university, unless it is `known` what she is.
    """
    places = [one for one in question.of(PlaceMention) if not one.negated]
    said = [one for one in places if one.span.end and _STUDIES.match(question.text[one.span.end :])]
    if not said:
        return {}
    here = any(one[:_PROVINCE] == code[:_PROVINCE] for one in said[-1].codes)
    grown_up: Facts = {} if here or "student" in known or _SCHOOL.search(question.text) else {"student": "university"}
    return {"university_here": here, **grown_up}
