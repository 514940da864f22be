"""The sections of a rule file that say what is paid, who is helped and when one can pay: entries become rules of `model`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, TypeAlias, TypedDict, cast, get_args

from policy_kb.citation import Citation
from policy_kb.conditions import Condition
from policy_kb.entry import Entry
from policy_kb.model import (
    AfterWindows,
    AskAt,
    AssistanceRule,
    CombinationRule,
    FundingRule,
    PremiumRule,
    TierRule,
    WindowRule,
)
from policy_kb.quotes import ClauseWords, cites

FUNDING_ITEMS = (
    "subsidy", "total", "subsidy_central", "subsidy_provincial", "subsidy_local",
    "rise_personal", "rise_subsidy", "last_year_personal",
)  # fmt: skip
Combined: TypeAlias = Literal["once", "best", "silent", "left_to"]
AfterLast: TypeAlias = Literal["unknown", "left_to", "never"]
MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")
SHARE = re.compile(r"(\d+(?:\.\d+)?)%")


class Common(TypedDict):
    """What every rule has."""

    id: str
    cites: tuple[Citation, ...]
    when: Condition
    for_whom: str | None
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
        "for_whom": entry.text("for"),
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
        child_until=entry.whole("child_until"),
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
        closed_days=_closed_days(entry),
        open_months=_open_months(entry),
        full_price=entry.choice("price", ("full",)) == "full",
        left_to=entry.text("left_to"),
    )


def _follows(entry: Entry, before: WindowRule | None) -> date | None:
    if before is None or before.closes is None:
        entry.fault(
            "opens", "opens: follows, but no window with a last day stands before it", "give the day", breaks=True
        )
        return None
    return before.closes + timedelta(days=1)


def _closed_days(entry: Entry) -> tuple[int, int] | None:
    part = entry.part("closed_days")
    if part is None:
        return None
    part.need("from", "to")
    part.texts("except")
    first, last = part.whole("from") or 0, part.whole("to") or 0
    part.close()
    if not part.broken and not 1 <= first <= last <= 31:
        entry.fault(
            "closed_days", f"closed days {first} to {last}", "give days of the month, the first before the last"
        )
    return first, last


def _open_months(entry: Entry) -> tuple[tuple[int, int], ...]:
    """The months of `except`, written YYYY-MM."""
    part = entry.part("closed_days") if entry.is_table("closed_days") else None
    found = []
    for text in part.texts("except") if part else ():
        month = MONTH.fullmatch(text)
        if month:
            found.append((int(month["year"]), int(month["month"])))
        else:
            entry.fault("closed_days", f"except {text} is no month", "write it as YYYY-MM")
    return tuple(found)


def after_windows(entry: Entry, words: ClauseWords) -> AfterWindows:
    """What the notice says of paying after the last window."""
    entry.need("say")
    say = entry.choice("say", get_args(AfterLast))
    base = common(entry, words, uncited=say == "unknown", default_id="after-windows")
    left_to = entry.text("left_to")
    if say == "left_to":
        entry.need("left_to")
    return AfterWindows(**base, say=cast(AfterLast, say or "unknown"), left_to=left_to)
