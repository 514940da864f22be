"""What the notice is silent on (通知没有写): said plainly, with whom to ask."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues.enquiry import Enquiry
from dialogues.reply import Context, Part
from policy_kb.citation import Citation
from policy_kb.model import Silence

_TITLE = re.compile("[《〔]")
"""A document named by its title or number: to name it is an answer."""


@dataclass(frozen=True)
class NotCoveredContext(Context):
    """`first` names the thing; `say` is the nearest thing the notice does say; `office` as the notice names it."""

    template = "not_covered"
    title: str
    first: str
    say: str | None
    office: str | None
    hotline: str


def not_covered(enquiry: Enquiry, silence: Silence | None = None, first: str = "这一点通知没有写") -> Part:
    """The honest answer where the notice says nothing: the hotline, and the office the notice names.

    `first` is the headline where no silence of the notice gives one.
    """
    rules = enquiry.policy.rules
    context = NotCoveredContext(
        title=enquiry.policy.notice.short_title,
        first=silence.first if silence else first,
        say=silence.say if silence else None,
        office=rules.ask_at[0].who if rules.ask_at else None,
        hotline=enquiry.kb.hotline,
    )
    named = silence is not None and silence.document is not None and _TITLE.search(silence.document)
    return Part(enquiry.facet, "answered" if named else "not_covered", context, _nearest(enquiry, silence))


def _nearest(enquiry: Enquiry, silence: Silence | None) -> tuple[Citation, ...]:
    if silence is None:
        return ()
    if silence.cites:
        return silence.cites
    return (Citation(enquiry.policy.notice.id, silence.nearest, ""),) if silence.nearest else ()
