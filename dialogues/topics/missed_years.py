"""Whether years that were not paid have to be paid back (断了几年要不要补): what the notice says of that, or that it does not."""

from __future__ import annotations

import re

from dialogues.enquiry import Enquiry
from dialogues.reply import Part
from dialogues.topics.not_covered import not_covered
from dialogues.topics.statement import told

_UNPAID = re.compile(
    "(?:去年|前年|头年|上一?年|[一二两三四五六七八九十几好多前头\\d]+年)[^，。？！]{0,8}?(?:没有?|未|断|漏)(?:了|过)?(?:[交缴参买续]|保|$|，)|断(?:缴|交|保|了)[^，。？！]{0,4}年"
)
_BACK = re.compile(
    "(?:要不要|用不用|需不需要|需要|必须|是不是|得不得|一定|要|得|该)[^，。？！]{0,3}(?:把[^，。？！]{0,8})?补|补(?:以前|之前|前[面几年]|去年|断的|那几年|起来)"
)
_PLAINLY = "前几年断了没交，今年交要不要把以前的补上"
_FITS = 0.4
_OF_LATENESS = ("window_late", "waiting_period", "compulsory")


def missed_years(enquiry: Enquiry) -> Part | None:
    """What the notice says of years missed; None where it is not these that are asked about."""
    text = enquiry.question.text
    missed = "missed_years" in enquiry.said or _UNPAID.search(text)
    if not missed or not _BACK.search(text) or enquiry.said.get("previous_status") == "employee":
        return None
    found = enquiry.finder.statements(enquiry.policy, _PLAINLY, _OF_LATENESS)
    if found and found[0].score >= _FITS:
        return told(enquiry, found[:1])
    return not_covered(enquiry, first="通知没有写断了的年份要不要补")
