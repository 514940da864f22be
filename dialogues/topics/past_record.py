"""The person's enrolment of a cover year of which no notice is held (我去年交了没有): what the record holds, and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues.enquiry import Enquiry
from dialogues.places import name_of
from dialogues.record import Enrolment, Record, shown_name
from dialogues.reply import Context, Part
from nlu.understanding import Question

_LAST_TIME = re.compile("上一?[回次遭]|最近一次|前一?[回次]|头一?[回次]")
_I_PAID = re.compile(
    "[我俺咱](?!们[县镇村]|[县镇村])[^，。？！要该]{0,8}(?:[交缴](?:了|过)(?:没|吗|么|多少|好多|几)|[交缴]没[交缴])|[我俺咱]是?(?:好久|好几|什么时候|啥时候|哪天|几号|多会儿|哪个月)[交缴]的"
)
"""我交了多少钱: what was paid, not what is due."""


@dataclass(frozen=True)
class PastRecordContext(Context):
    """What was paid for the year asked about, or in that year for another one; `standing` what else the register holds."""

    template = "past_record"
    year: int
    place: str
    whose: str
    """The masked name where the record is not that of the person asking; else empty."""
    holder: str
    paid: tuple[Enrolment, ...]
    of_year: bool
    """Whether the first of `paid` is for that cover year."""
    standing: Enrolment | None


def asks_record(question: Question, facet: str) -> bool:
    """Whether a question asks for what one paid oneself, be it heard as one on the premium (2020年我交了多少)."""
    return facet == "my_record" or (facet.startswith(("premium", "window")) and bool(_I_PAID.search(question.text)))


def last_time(enquiry: Enquiry, record: Record) -> int | None:
    """The cover year of the last payment, where that is asked for (上一回是哪天交的); None where nothing was paid."""
    if not _LAST_TIME.search(enquiry.question.text):
        return None
    return max((one.year for one in record.enrolments if one.paid), default=None)


def past_record(enquiry: Enquiry, record: Record, year: int) -> Part:
    """The payments for a cover year and, since 去年交的 may mean the day, those made in it."""
    of_year = tuple(one for one in record.of_year(year) if one.paid)
    then = tuple(
        one for one in record.enrolments if one.paid and one.year != year and one.paid_on and one.paid_on.year == year
    )
    context = PastRecordContext(
        year=year,
        place=name_of(enquiry.policy.rules.region, enquiry.kb),
        whose=enquiry.whose.removesuffix("的"),
        holder=f"{shown_name(record.name)}的" if record.name else "",
        paid=(*of_year, *then),
        of_year=bool(of_year),
        standing=None if of_year else record.enrolment(year),
    )
    return Part("my_record", "answered", context)
