"""What an office has to do (财政局管什么, 财政局呢): told by the statements on that very office, or said not to be stated."""

from __future__ import annotations

import re

from dialogues.enquiry import Enquiry
from dialogues.renaming import OFFICE
from policy_kb.model import Answer, Silence

OTHERS = 0.4
"""What it takes from a statement that it gives the office asked about no duty, where another one does."""
_DUTY = re.compile(
    "[管做干办](?:些|的|点|的是)*(?:什么|啥|哪|嘛子?|么子)|负责(?:些|的)*(?:什么|啥|哪|嘛)|职责|分工|管不管|(?:什么|啥|哪些)(?:任务|责任|活)"
)
_SEVERAL = re.compile("各自?[管做干]|分别|都[管做干]|[两三四五几]方|[两三四五几]家|各方")
_BEFORE = re.compile("^(?:请问|那么?|还有|就是|我们|咱们?|你们|我|在|这个|的|县|区|市|镇)+")
_OFFICE_ENDS = re.compile("(?:工作)?(?:分局|局|部门|委员会|委|办公室|办|中心)?等?(?:部门)?$")
_NAME = re.compile(rf"{OFFICE.pattern}(?:(?<=税务)局|部门)?")
_OF_A_PLACE = re.compile("政府|[村居]委|银行|学校|乡镇")
"""Offices that every place has under names of many forms."""
_WHERE_IT_IS = "各县区市镇"
_SHORTEST = 2
"""Characters of an office's name without what it ends in (财政)."""


def office_asked(enquiry: Enquiry) -> str | None:
    """The office whose duty is asked for; None where another thing is asked, or the duty of several."""
    if not enquiry.facet.startswith("staff_duty") or not _DUTY.search(enquiry.words):
        return None
    text = enquiry.question.text
    if _SEVERAL.search(enquiry.words) or len(_DUTY.findall(text)) > 1:
        return None
    found = dict.fromkeys(_BEFORE.sub("", one) for one in _NAME.findall(text))
    named = [one for one in found if _stems(one) and not _OF_A_PLACE.search(one)]
    return named[0] if len(named) == 1 else None


def has_duty(said: Answer | Silence, office: str) -> bool:
    """Whether a statement says what that office does: by whom it names, or by how people ask for it."""
    if not isinstance(said, Answer) or said.who is None:
        return False
    asked = (_BEFORE.sub("", name) for one in said.asks for name in _NAME.findall(one))
    return _any_same(office, _stems(said.who)) or office in asked


def speaks_of(said: Answer | Silence, office: str) -> bool:
    """Whether a statement on the work of staff speaks of that office at all."""
    if not any(one.startswith("staff") for one in said.facets):
        return False
    named = _NAME.findall(f"{said.first}，{said.say or ''}")
    return has_duty(said, office) or any(_any_same(office, _stems(one)) for one in named)


def not_its_own(said: Answer | Silence, enquiry: Enquiry, office: str | None) -> float:
    """What it takes from a statement that another one tells what the office asked about does."""
    if office is None or has_duty(said, office):
        return 0.0
    return OTHERS if any(has_duty(one, office) for one in enquiry.policy.rules.answers) else 0.0


def _stems(names: str) -> tuple[str, ...]:
    """The names of offices without what they end in: 民政局、农业农村局 → 民政, 农业农村."""
    bare = (_OFFICE_ENDS.sub("", one.lstrip(_WHERE_IT_IS)) for one in names.split("、"))
    return tuple(one for one in bare if len(one) >= _SHORTEST)


def _any_same(office: str, stems: tuple[str, ...]) -> bool:
    return any(_same(own, one) for own in _stems(office) for one in stems)


def _same(name: str, other: str) -> bool:
    """Whether one of two names is the other one, or short for it: its characters stand there in their order (卫健, 卫生健康)."""
    short, long = sorted((name, other), key=len)
    rest = iter(long)
    return all(one in rest for one in short)
