"""The sections of a rule file that say what is paid, by whom and when: each entry becomes a rule of `model`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, TypeAlias, TypedDict, cast, get_args

from policy_kb.citation import Citation
from policy_kb.conditions import Condition
from policy_kb.entry import Entry
from policy_kb.model import (
    AfterPayment,
    AfterWindows,
    AskAt,
    AssistanceRule,
    BonusRule,
    CombinationRule,
    CoverageRule,
    End,
    FundingRule,
    Growth,
    NewbornRule,
    PremiumRule,
    Start,
    TierRule,
    WaitingRule,
    WindowRule,
)
from policy_kb.quotes import ClauseWords, cites

FUNDING_ITEMS = (
    "subsidy", "total", "subsidy_central", "subsidy_provincial", "subsidy_local",
    "rise_personal", "rise_subsidy", "last_year_personal",
)  # fmt: skip
STARTS = ("day_of_payment", "day_after_payment", "day_of_birth", "after_waiting", "at_once")
Combined: TypeAlias = Literal["once", "best", "silent", "left_to"]
AfterLast: TypeAlias = Literal["unknown", "left_to", "never"]
NewbornKind: TypeAlias = Literal["deadline", "late", "automatic", "fee", "both_years", "name"]
SHARE = re.compile(r"(\d+(?:\.\d+)?)%")


class Common(TypedDict):
    """What every rule has."""

    id: str
    cites: tuple[Citation, ...]
    when: Condition
    note: str | None
    computed: str | None
    line: int


def common(entry: Entry, words: ClauseWords, uncited: bool = False, default_id: str = "") -> Common:
    """Reads what every rule has; `uncited` rules may do without a clause."""
    name = entry.text("id") or default_id
    if not name:
        entry.fault(None, "no id", "give id, in lower-case words and hyphens", breaks=True)
    elif not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        entry.fault("id", f"id {name} is no lower-case words and hyphens", "write it as destitute-full")
    return {
        "id": name,
        "cites": cites(entry, words, uncited),
        "when": entry.condition(),
        "note": entry.text("note"),
        "computed": entry.text("computed"),
        "line": entry.line,
    }


def ask_at(entry: Entry, words: ClauseWords) -> AskAt | None:
    """Whom to ask where the notice is silent."""
    entry.need("who")
    found = cites(entry, words)
    if entry.broken or not found:
        return None
    asked = AskAt(who=entry.text("who") or "", cite=found[0])
    entry.ledger.ask_lines[asked] = entry.line
    return asked


def premium(entry: Entry, words: ClauseWords) -> PremiumRule:
    """个人缴费标准."""
    entry.need("amount")
    return PremiumRule(**common(entry, words), amount=entry.amount("amount") or Decimal(0))


def tier(entry: Entry, words: ClauseWords) -> TierRule:
    """缴费档次."""
    entry.need("tier")
    return TierRule(**common(entry, words), tier=entry.text("tier") or "")


def funding(entry: Entry, words: ClauseWords) -> FundingRule:
    """财政补助 and 筹资标准."""
    entry.need("item")
    unknown, left_to = entry.truth("unknown"), entry.text("left_to")
    amount = entry.amount("amount")
    if amount is None and not (unknown or left_to):
        entry.need("amount")
    return FundingRule(
        **common(entry, words),
        item=entry.choice("item", FUNDING_ITEMS) or "",
        amount=amount,
        at_least=entry.truth("at_least"),
        left_to=left_to,
    )


def assistance(entry: Entry, words: ClauseWords) -> AssistanceRule:
    """资助参保."""
    entry.need("gives")
    gives, share = _gives(entry)
    return AssistanceRule(
        **common(entry, words),
        gives=gives,
        share=share,
        of=entry.text("of"),
        pays=entry.amount("pays"),
        how=entry.choice("how", ("at_payment", "reimbursed", "refunded")),
        by=entry.text("by"),
        needs=entry.text("needs"),
        left_to=entry.text("left_to"),
    )


def _gives(entry: Entry) -> tuple[Decimal | Literal["all", "unknown"], Decimal | None]:
    """A sum, all, unknown, or 0 with the share that is given instead of a sum."""
    written = entry.text("gives") or ""
    if written in ("all", "unknown"):
        return cast('Literal["all", "unknown"]', written), None
    share = SHARE.fullmatch(written)
    if share:
        return Decimal(0), Decimal(share.group(1)) / 100
    if written and not re.fullmatch(r"\d+(\.\d{1,2})?", written):
        entry.fault("gives", f"gives is {written}", "give a sum, a share as 90%, all, unknown or 0", breaks=True)
        return Decimal(0), None
    return Decimal(written or 0), None


def combination(entry: Entry, words: ClauseWords) -> CombinationRule:
    """What a person in several categories gets."""
    entry.need("rule")
    rule = entry.choice("rule", get_args(Combined))
    base = common(entry, words, uncited=rule == "silent", default_id="combination")
    return CombinationRule(**base, rule=cast(Combined, rule or "silent"))


def window(entry: Entry, words: ClauseWords, before: WindowRule | None) -> WindowRule:
    """缴费期; `opens: follows` is the day after the window `before` closes."""
    entry.need("kind")
    base = common(entry, words)
    opens = _follows(entry, before) if entry.text("opens") == "follows" else entry.day("opens")
    for key in ("opens", "closes"):
        if key not in entry.keys:
            entry.fault(None, f"no {key}", f"give {key}: a day, or null where the notice gives none", breaks=True)
    return WindowRule(
        **base,
        kind=entry.choice("kind", ("main", "extension", "late", "other")) or "other",
        opens=opens,
        closes=entry.day("closes"),
        opens_as=entry.text("opens_as"),
        for_whom=entry.text("for"),
        closed_days=_closed_days(entry),
        full_price=entry.choice("price", ("full",)) == "full",
        left_to=entry.text("left_to"),
    )


def _follows(entry: Entry, before: WindowRule | None) -> date | None:
    if before is None or before.closes is None:
        entry.fault("opens", "opens: follows, but no window with a last day stands before it", "give the day", breaks=True)
        return None
    return before.closes + timedelta(days=1)


def _closed_days(entry: Entry) -> tuple[int, int] | None:
    part = entry.part("closed_days")
    if part is None:
        return None
    part.need("from", "to")
    first, last = part.whole("from") or 0, part.whole("to") or 0
    part.close()
    if not part.broken and not 1 <= first <= last <= 31:
        entry.fault("closed_days", f"closed days {first} to {last}", "give days of the month, the first before the last")
    return first, last


def after_windows(entry: Entry, words: ClauseWords) -> AfterWindows:
    """What the notice says of paying after the last window."""
    entry.need("say")
    say = entry.choice("say", get_args(AfterLast))
    base = common(entry, words, uncited=say == "unknown", default_id="after-windows")
    left_to = entry.text("left_to")
    if say == "left_to":
        entry.need("left_to")
    return AfterWindows(**base, say=cast(AfterLast, say or "unknown"), left_to=left_to)


def coverage(entry: Entry, words: ClauseWords) -> CoverageRule:
    """待遇享受期."""
    entry.need("starts")
    return CoverageRule(**common(entry, words), starts=starts(entry) or "at_once", ends=ends(entry))


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
        entry.fault("starts", f"starts is {entry.text('starts')}", "give a day or one of " + ", ".join(STARTS), breaks=True)
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
