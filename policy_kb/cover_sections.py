"""The sections of a rule file that say from when one is covered: coverage, waiting, newborn, bonus."""

from __future__ import annotations

from typing import Literal, TypeAlias, cast, get_args

from policy_kb.entry import Entry
from policy_kb.model import BonusRule, CoverageRule, NewbornRule, WaitingRule
from policy_kb.quotes import ClauseWords
from policy_kb.sections import common
from policy_kb.times import AfterPayment, CountsFrom, End, Growth, Start

NewbornKind: TypeAlias = Literal["deadline", "late", "automatic", "fee", "both_years", "name"]
COUNTED = ("day_of_payment", "day_after_payment")
STARTS = ("day_of_payment", "day_after_payment", "day_of_birth", "after_waiting", "at_once")


def coverage(entry: Entry, words: ClauseWords) -> CoverageRule:
    """待遇享受期."""
    entry.need("starts")
    begins = starts(entry) or "at_once"
    counted = counts_from(entry)
    if counted and not (begins == "after_waiting" or isinstance(begins, AfterPayment)):
        entry.fault("counts_from", "counts_from, but no wait", "leave it out, or let cover start after_waiting")
    return CoverageRule(**common(entry, words), starts=begins, ends=ends(entry), counts_from=counted)


def counts_from(entry: Entry) -> CountsFrom | None:
    """The first day of a wait: a day, or the day of payment or the one after it; None where the notice does not say."""
    if not entry.has("counts_from") or entry.is_day("counts_from"):
        return entry.day("counts_from")
    return cast("CountsFrom | None", entry.choice("counts_from", COUNTED))


def starts(entry: Entry) -> Start | None:
    """The first day of cover: a day, a rule for it, or so many days or months after payment."""
    if not entry.has("starts"):
        return None
    if entry.is_table("starts"):
        part = cast(Entry, entry.part("starts"))
        days, months = part.whole("days_after_payment") or 0, part.whole("months_after_payment") or 0
        part.close()
        if not (days or months) and not part.broken:
            part.fault(None, "starts names no time after payment", "give days_after_payment or months_after_payment")
        return AfterPayment(days=days, months=months)
    if entry.text("starts") in STARTS:
        return cast(Start, entry.text("starts"))
    if not entry.is_day("starts"):
        entry.fault(
            "starts", f"starts is {entry.text('starts')}", "give a day or one of " + ", ".join(STARTS), breaks=True
        )
        return None
    return entry.day("starts")


def ends(entry: Entry) -> End:
    """The last day of cover: a day, end_of_year, or None where the notice does not state it."""
    return "end_of_year" if entry.text("ends") == "end_of_year" else entry.day("ends")


def waiting(entry: Entry, words: ClauseWords) -> WaitingRule:
    """待遇等待期."""
    base = common(entry, words)
    none, months, days = entry.truth("none"), entry.whole("months"), entry.whole("days")
    more, less = _growth(entry, "more"), _growth(entry, "less")
    if none == bool(months or days or more):
        entry.fault(None, "a wait is none, or it has months or days", "give none: true, or months, or days")
    return WaitingRule(
        **base, months=months or 0, days=days or 0, more=more, less=less, at_least=entry.whole("at_least")
    )


def _growth(entry: Entry, key: str) -> Growth | None:
    part = entry.part(key)
    if part is None:
        return None
    part.need("per")
    fact, months, days = part.text("per") or "", part.whole("months") or 0, part.whole("days") or 0
    part.close()
    if fact and fact not in entry.ledger.vocabulary.facts:
        part.fault("per", f"no fact {fact}", "use a name of facts.yml", breaks=True)
    return Growth(fact, months, days)


def newborn(entry: Entry, words: ClauseWords) -> NewbornRule:
    """新生儿参保."""
    entry.need("kind")
    kind = entry.choice("kind", get_args(NewbornKind))
    days, year, amount = entry.whole("days"), entry.whole("year"), entry.amount("amount")
    if kind == "deadline" and not entry.has("left_to"):
        entry.need("days")
    if kind == "deadline" and days == 0:
        entry.fault("days", "a deadline of 0 days from birth", "give the days, more than 0")
    if kind == "fee":
        entry.need("year", "amount")
    return NewbornRule(
        **common(entry, words, uncited=kind == "late" and not entry.has("starts")),
        kind=cast(NewbornKind, kind or "name"),
        days=days,
        birth_day_counts=entry.truth("birth_day_counts") if entry.has("birth_day_counts") else None,
        starts=starts(entry),
        ends=ends(entry),
        year=year,
        amount=amount,
        left_to=entry.text("left_to"),
    )


def bonus(entry: Entry, words: ClauseWords) -> BonusRule:
    """A reward for unbroken enrolment."""
    entry.need("what")
    return BonusRule(
        **common(entry, words), what=entry.text("what") or "", amount=entry.amount("amount"), per=entry.text("per")
    )
