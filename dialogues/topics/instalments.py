"""Whether the premium can be paid in several parts, or later on credit (分期): no sum is asked then."""

from __future__ import annotations

import re

from dialogues.enquiry import Enquiry
from dialogues.reply import Part
from dialogues.topics.not_covered import not_covered
from dialogues.topics.own_case import FITS

_TIMES = "(?:两|俩|二|三|几|多|2|3|好几)?(?:个)?(?:次|回|期|批|笔|道|趟)"
_IN_PARTS = re.compile(
    f"分(?:成|开|作|为)?{_TIMES}|分开[交缴]|(?:先|只|光)(?:给|少)?[交缴](?:个|上|掉)?(?:一半|一部分|一点|点|几十|一些|\\d+块)"
    "|[赊欠](?:着|账|一下|到|的|[不吗么])|缓[交缴]"
)
"""分两回交, 先交一半, 能欠着不."""
_PLAINLY = "能不能分几次交"


def asks_in_parts(text: str) -> bool:
    """Whether the words ask to pay in several parts, or later."""
    return bool(_IN_PARTS.search(text))


def instalments(enquiry: Enquiry) -> Part | None:
    """That the notice does not say it, where nothing in it does; None where no such thing is asked."""
    if not asks_in_parts(enquiry.question.text):
        return None
    found = enquiry.finder.statements(enquiry.policy, _PLAINLY, ("premium", "how_to_pay"))
    silence = found[0].silence if found and found[0].score >= FITS else None
    return not_covered(enquiry, silence, first="通知没有写能不能分几次交")
