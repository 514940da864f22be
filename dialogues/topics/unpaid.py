"""What the notice says of whoever has not paid and asks whether he is covered (一直没交，这会儿住院能报不)."""

from __future__ import annotations

import re

from dialogues.enquiry import Enquiry
from dialogues.reply import Part
from dialogues.topics.coverage_period import enrolment_on_record
from dialogues.topics.statement import StatementContext
from policy_kb.citation import each_once

_UNPAID = re.compile("(?:没有?|未)(?:去|来|按时|给[我俺他她])?(?:[交缴]|参保|上医保|买医保)(?!.*(?:[交缴补]|参保))")
"""Nothing paid, and no payment spoken of behind it (没交，现在补上能报不)."""
_ANOTHER_TIME = re.compile("去年|前年|上年|往年|以前|之前|那年|前几年|断|职工|要是|如果|万一|假如|出生|新生")
_COVERED = re.compile("能报|报得|报不报|给报|报销|管用|管不管|能用|能享受|享不享受")
_CONSEQUENCE = frozenset({"coverage", "compulsory"})
"""Facets of a statement on what comes of not paying."""


def unpaid(enquiry: Enquiry) -> Part | None:
    """The statement on who has not paid; None where he may have, pays now, or the notice says nothing of it."""
    text = enquiry.question.text
    if enquiry.facet not in ("coverage", "benefits"):
        return None
    told = _UNPAID.search(text) and _COVERED.search(text) and not _ANOTHER_TIME.search(text)
    if (
        not told
        or {"paid_on", "newborn", "birth_date", "gap_months"} & set(enquiry.said)
        or enrolment_on_record(enquiry)
    ):
        return None
    made = (one for one in enquiry.policy.rules.answers if set(one.facets) >= _CONSEQUENCE)
    said = next((one for one in made if one.when.holds(enquiry.facts) is not False), None)
    if said is None:
        return None
    return Part("coverage", "answered", StatementContext(said.first, (said,), None), each_once(said.cites))
