"""The rules of one notice, as read from its policy.yml: what each section holds, before any question is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from policy_kb.citation import Citation
from policy_kb.conditions import ALWAYS, Condition
from policy_kb.times import CountsFrom, End, Growth, Start

How: TypeAlias = Literal["at_payment", "reimbursed", "refunded"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What every rule has: a name, the clauses it stands on, for whom it holds, and where it is written."""

    id: str
    cites: tuple[Citation, ...]
    when: Condition = ALWAYS
    for_whom: str | None = None
    note: str | None = None
    computed: str | None = None
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class PremiumRule(Rule):
    """个人缴费标准: what an insured person pays a year, in 元, before assistance."""

    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class TierRule(Rule):
    """A premium tier (档) the notice offers, in the order of the file; `when`: those who may choose it."""

    tier: str


@dataclass(frozen=True, kw_only=True)
class FundingRule(Rule):
    """财政补助, 筹资标准 or a change against last year, in 元 a person and year; amount None where left to another paper."""

    item: str
    amount: Decimal | None
    at_least: bool = False
    left_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class AssistanceRule(Rule):
    """资助参保: what is taken off the premium: a sum in 元, a share of it, all of it, or not stated."""

    gives: Decimal | Literal["all", "unknown"]
    share: Decimal | None = None
    of: str | None = None
    pays: Decimal | None = None
    how: How | None = None
    by: str | None = None
    needs: str | None = None
    child_until: int | None = None
    """Age in whole years up to which the household's child is helped (女儿（至18周岁）); its parents have no limit."""
    left_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class CombinationRule(Rule):
    """What a person in several categories gets."""

    rule: Literal["once", "best", "silent", "left_to"]


@dataclass(frozen=True, kw_only=True)
class WindowRule(Rule):
    """缴费期: a closed interval of days on which the persons of `when` may pay; None where the notice gives no day."""

    kind: Literal["main", "extension", "late", "other"]
    opens: date | None
    closes: date | None
    opens_as: str | None = None
    closed_days: tuple[int, int] | None = None
    open_months: tuple[tuple[int, int], ...] = ()
    """Years with the months in which the closed days do not hold (12月除外)."""
    full_price: bool = False
    left_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class AfterWindows(Rule):
    """What the notice says of paying after the last window."""

    say: Literal["unknown", "left_to", "never"]
    left_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class CoverageRule(Rule):
    """待遇享受期 for a payment: from when until when."""

    starts: Start
    ends: End = None
    counts_from: CountsFrom | None = None
    """The first day of a wait, where the notice names it."""


@dataclass(frozen=True, kw_only=True)
class WaitingRule(Rule):
    """待遇等待期: none, or so many months or days; it may grow and shrink, never below `at_least`."""

    months: int = 0
    days: int = 0
    more: Growth | None = None
    less: Growth | None = None
    at_least: int | None = None

    @property
    def none(self) -> bool:
        """True where there is no wait at all."""
        return not (self.months or self.days or self.more)


@dataclass(frozen=True, kw_only=True)
class NewbornRule(Rule):
    """新生儿参保: a deadline in days from birth, what follows when it is missed, fees and years."""

    kind: Literal["deadline", "late", "automatic", "fee", "both_years", "name"]
    days: int | None = None
    birth_day_counts: bool | None = None
    """Whether the day of birth is the first of `days`; None where the notice does not say."""
    starts: Start | None = None
    ends: End = None
    year: int | None = None
    amount: Decimal | None = None
    left_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class BonusRule(Rule):
    """A reward for unbroken enrolment: `amount` 元 for each unit of `per`, or a statement in `what`."""

    what: str
    amount: Decimal | None = None
    per: str | None = None


@dataclass(frozen=True, kw_only=True)
class TargetTable:
    """Which annex table holds the towns' targets, and its columns by field (population, rate, target, last_year)."""

    table: str
    place: str
    columns: dict[str, str]
    total: str | None
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Answer(Rule):
    """A statement that the bot can give for one or more facets (keys of topics.yml)."""

    facets: tuple[str, ...]
    first: str
    say: str | None = None
    steps: tuple[str, ...] = ()
    do: str | None = None
    verdict: Literal["yes", "no", "depends"] | None = None
    who: str | None = None
    by: date | None = None
    channel: str | None = None
    amount: Decimal | None = None
    unit: str | None = None
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Silence(Rule):
    """A thing people ask and the notice does not say, or leaves to `document`."""

    facets: tuple[str, ...]
    first: str
    say: str | None = None
    document: str | None = None
    nearest: str | None = None
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoQuestion:
    """A clause that is no one's question, and why."""

    clause: str
    reason: str
    children: bool = False
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class AskAt:
    """Whom to ask where the notice is silent, in the notice's own words."""

    who: str
    cite: Citation


@dataclass(frozen=True, kw_only=True)
class Rules:
    """All that one policy.yml says, section by section, in the order written."""

    notice: str
    year: int
    region: str
    path: str
    ask_at: tuple[AskAt, ...] = ()
    premium: tuple[PremiumRule, ...] = ()
    tiers: tuple[TierRule, ...] = ()
    funding: tuple[FundingRule, ...] = ()
    assistance: tuple[AssistanceRule, ...] = ()
    combination: CombinationRule | None = None
    windows: tuple[WindowRule, ...] = ()
    after_windows: AfterWindows | None = None
    coverage: tuple[CoverageRule, ...] = ()
    waiting: tuple[WaitingRule, ...] = ()
    newborn: tuple[NewbornRule, ...] = ()
    bonus: tuple[BonusRule, ...] = ()
    targets: TargetTable | None = None
    answers: tuple[Answer, ...] = ()
    silent_on: tuple[Silence, ...] = ()
    left_to: tuple[Silence, ...] = ()
    no_question: tuple[NoQuestion, ...] = field(default=())
