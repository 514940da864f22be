"""The notice itself: its number, date, issuers, basis and annexes, from its front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Part
from dialogues.topics.statement import StatementContext, statement
from policy_kb.citation import Citation
from policy_kb.notice import Notice

_OF_ANOTHER = re.compile("办法|附件|附表|市里|省里|县里那|上级|上头|上面")
"""管理办法是哪个文号, 附件2是啥: another paper, or a part of the notice, of which its own number and title say nothing."""


@dataclass(frozen=True)
class NoticeContext(Context):
    """The facet asked and what the front matter says; at least the asked part is there."""

    template = "notice_facts"
    facet: str
    title: str
    year: int
    number: str | None
    number_restored: bool
    issued: date | None
    issuers: tuple[str, ...]
    addressed_to: tuple[str, ...]
    copied_to: tuple[str, ...]
    based_on: tuple[str, ...]
    annexes: tuple[str, ...]


def notice_facts(enquiry: Enquiry) -> Part:
    """What the notice says of itself; not_covered where it does not bear the number, date or issuer asked for."""
    if _OF_ANOTHER.search(enquiry.question.text):
        part = statement(enquiry)
        if isinstance(part.context, StatementContext):
            return part
    notice = enquiry.policy.notice
    wanted = {
        "notice_number": notice.number,
        "notice_date": notice.issued,
        "notice_issuer": notice.issuers,
        "notice_basis": notice.based_on,
    }.get(enquiry.facet, notice.title)
    if not wanted and not (enquiry.facet == "notice_number" and notice.issued):
        return statement(enquiry)
    return Part(
        enquiry.facet,
        "answered" if wanted else "not_covered",
        _context(enquiry.facet, notice),
        _cited(enquiry.facet, notice),
    )


def _context(facet: str, notice: Notice) -> NoticeContext:
    return NoticeContext(
        facet=facet,
        title=notice.title,
        year=notice.year,
        number=notice.number.text if notice.number else None,
        number_restored=bool(notice.number and notice.number.restored),
        issued=notice.issued,
        issuers=tuple(notice.issuers),
        addressed_to=tuple(notice.addressed_to),
        copied_to=tuple(notice.copied_to),
        based_on=tuple(
            f"《{one.title.strip('《》')}》" + (f"（{one.number}）" if one.number else "") for one in notice.based_on
        ),
        annexes=tuple(f"{one.id}：{one.title}" for one in notice.annexes),
    )


def _cited(facet: str, notice: Notice) -> tuple[Citation, ...]:
    clause = {"notice_date": "落款", "notice_issuer": "落款"}.get(facet, "引言")
    return (Citation(notice.id, clause, ""),) if clause in notice.clause_ids else ()
