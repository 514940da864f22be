"""A household's total (一家合计) with a line for each kind of member; where the tier is open, a total for each tier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dialogues.babies import born_in
from dialogues.enquiry import OF_PERSON, Enquiry
from dialogues.household.reading import ORDINARY, several
from dialogues.kin_names import ME, OFFSPRING
from dialogues.reply import Context, Part
from dialogues.state import Member
from dialogues.topics.due_lines import DueLine, DueTable, due_table
from policy_kb.choosing import leaves
from policy_kb.citation import Citation, each_once
from policy_kb.conditions import InCategory
from policy_kb.facts import FactValue
from policy_kb.model import Answer, Rules

ZERO = Decimal(0)
EMPLOYED = "employee_insured"
OF_ONE = frozenset(
    {
        "category",
        "tier",
        "age",
        "birth_date",
        "student",
        "university_here",
        "newborn",
        "category_complete",
        "first_time",
    }
)
"""Facts that are one person's: none of them is carried from the person asked about to the others of the house."""


@dataclass(frozen=True)
class Share:
    """Members who pay the same: how many (0: not said), their line (several: it is open which holds), and from `low` to `high` 元.

    `low` and `high` are what they pay together in the end, None where it is not stated; `first` before anything is paid back.
    """

    count: int
    who: str
    """Their category as it was told (脱贫人口); empty: ordinary."""
    cases: tuple[tuple[str, DueLine], ...]
    """The lines with the words for whom each holds; those of one amount together."""
    low: Decimal | None
    high: Decimal | None
    first: Decimal | None


@dataclass(frozen=True)
class Bill:
    """What a household pays, in 元: from `low` to `high` in the end, `first` before `back` is paid back (先缴后补).

    `stated`: the persons whose sum is known; where some are `unstated`, the sums are those of the others alone.
    """

    tier: str | None
    shares: tuple[Share, ...]
    stated: int
    unstated: int
    low: Decimal
    high: Decimal
    first: Decimal
    back: Decimal


@dataclass(frozen=True)
class HouseholdContext(Context):
    """The bills for `people` persons: one, or one for each tier that all could choose.

    `uncounted`: of some it was not said how many they are; `by_standard`: of some the notice gives no assistance, so that
    they are taken at the standard.
    """

    template = "household_total"
    year: int
    people: int
    away: int
    """How many are left out, being insured as employees, and why (`reason`, in the notice's sense)."""
    reason: str | None
    bills: tuple[Bill, ...]
    uncounted: bool
    by_standard: bool


def household_total(enquiry: Enquiry) -> Part | None:
    """The total for the members known; None where there are no several, or of none of them a sum is stated."""
    household = enquiry.state.household
    members = tuple(one for one in household if not one.elsewhere)
    if not several(household) or of_newborns(enquiry):
        return None
    away = sum(one.count for one in household if one.elsewhere)
    barred = _barred(enquiry.policy.rules) if away else None
    known = "tier" in enquiry.facts or all(one.tier for one in members)
    tiers: list[str | None] = [] if known else [one.tier for one in enquiry.policy.rules.tiers]
    found = [_bill(enquiry, members, tier) for tier in tiers or [None]]
    bills = tuple(one[0] for one in found if one is not None)
    if len(bills) < len(found):
        return None
    bills = bills if len({one.shares for one in bills}) > 1 else (replace(bills[0], tier=None),)
    lines = [line for bill in bills for share in bill.shares for _, line in share.cases]
    context = HouseholdContext(
        year=enquiry.year,
        people=sum(one.count for one in members),
        away=away,
        reason=barred.say if barred else None,
        bills=bills,
        uncounted=any(not one.count for one in members),
        by_standard=any(one.pays is None and one.least is not None for one in lines),
    )
    cites = [cite for one in found if one for cite in one[1]]
    return Part(enquiry.facet, "answered", context, each_once((*cites, *(barred.cites if barred else ()))))


def _barred(rules: Rules) -> Answer | None:
    """What the notice says of whoever is insured as an employee: that he does not enrol here."""
    return next(
        (
            one
            for one in rules.answers
            if one.verdict == "no" and set(one.when.needs) == {EMPLOYED} and one.when.holds({EMPLOYED: True})
        ),
        None,
    )


def of_newborns(enquiry: Enquiry) -> bool:
    """Whether newborns are spoken of (双胞胎刚出生): alone, or where the notice has a fee or years to pay for of their own."""
    talk = (enquiry.state.facet or "").startswith("newborn")
    members = enquiry.state.household
    told = born_in(enquiry) is not None or enquiry.said.get("newborn") is True or any(one.age == 0 for one in members)
    told = told or talk
    own = any(one.kind in ("fee", "both_years") for one in enquiry.policy.rules.newborn)
    alone = all(one.stage == "child" and not one.age for one in members)
    return told and (own or (alone and not enquiry.facts.get("category")))


def _bill(enquiry: Enquiry, members: tuple[Member, ...], tier: str | None) -> tuple[Bill, tuple[Citation, ...]] | None:
    """The bill and its clauses; those who named no tier of their own take `tier`. None where no sum at all is stated."""
    tables = [(one, _table(enquiry, one, tier)) for one in members]
    if any(not table.lines or any(line.bears_subsidy for line in table.lines) for _, table in tables):
        return None
    shares = _alike([(one, table.lines) for one, table in tables])
    stated = [one for one in shares if one.high is not None]
    if not any(line.least is not None for one in shares for _, line in one.cases):
        return None
    low, high, first = (sum((value or ZERO for value in column), ZERO) for column in _columns(stated))
    counted = sum(one.count for one in stated)
    bill = Bill(tier, shares, counted, sum(one.count for one in shares) - counted, low, high, first, first - high)
    return bill, tuple(cite for _, table in tables for cite in table.citations)


def _columns(shares: Sequence[Share]) -> tuple[list[Decimal | None], ...]:
    """The least, the most, and what is paid first."""
    return [one.low for one in shares], [one.high for one in shares], [one.first for one in shares]


def _alike(members: Sequence[tuple[Member, tuple[DueLine, ...]]]) -> tuple[Share, ...]:
    """Members who pay the same in one line."""
    found: dict[tuple[tuple[DueLine, ...], bool], tuple[int, str]] = {}
    for member, lines in members:
        key = (lines, bool(member.count))
        named = ("或" if member.either else "、").join(member.categories)
        before = found.get(key, (0, named))
        found[key] = (before[0] + member.count, before[1])
    return tuple(_share(count, who, lines) for (lines, _), (count, who) in found.items())


def _share(count: int, who: str, lines: tuple[DueLine, ...]) -> Share:
    known = [one.least for one in lines if one.least is not None]
    cases = _cases(lines)
    if not count or len(known) < len(lines):
        return Share(count, who, cases, None, None, None)
    line = lines[0]
    first = line.standard if line.how == "reimbursed" and line.standard else max(known)
    return Share(count, who, cases, min(known) * count, max(known) * count, first * count)


def _cases(lines: tuple[DueLine, ...]) -> tuple[tuple[str, DueLine], ...]:
    found: dict[tuple[object, ...], list[DueLine]] = {}
    for one in lines:
        found.setdefault((one.least, one.pays is None, one.how, one.document), []).append(one)
    return tuple(("、".join(one.label or "一般参保人" for one in alike), alike[0]) for alike in found.values())


def _table(enquiry: Enquiry, member: Member, tier: str | None) -> DueTable:
    """What one of these members pays: a line, or several where it is open in which category he is."""
    shared = {name: value for name, value in enquiry.facts.items() if name not in OF_ONE}
    chosen = member.tier or tier or enquiry.facts.get("tier")
    own: dict[str, FactValue | None] = {
        "tier": chosen,
        "age": member.age,
        "student": member.student,
        "university_here": _university_here(enquiry, member),
        "household_child": member.age is not None and bool(OFFSPRING & set(member.names)),
    }
    known = {name: value for name, value in own.items() if value is not None}
    record = enquiry.own_record if member.names == (ME,) and not member.told else None
    if record is not None:
        registered = record.facts(enquiry.kb.categories, enquiry.year, enquiry.today)
        own_facts = {name: value for name, value in registered.items() if name in OF_PERSON}
        return due_table(replace(enquiry, facts={**shared, **known, **own_facts}))
    person = replace(enquiry, facts={**shared, **known})
    kinds = [() if one == ORDINARY else (one,) for one in member.categories] if member.either else [member.categories]
    stage = member.stage if member.age is None else "open"
    tables = [due_table(person.with_facts(category=_here(enquiry, one)), stage=stage) for one in kinds]
    return DueTable(
        tuple(dict.fromkeys(line for one in tables for line in one.lines)),
        each_once(cite for one in tables for cite in one.citations),
        (),
    )


def _university_here(enquiry: Enquiry, member: Member) -> FactValue | None:
    """Whether the university is here: said of the member, or told by the place named with it."""
    away = member.student in ("university", "freshman") and member.university_here is None
    return enquiry.facts.get("university_here") if away else member.university_here


def _here(enquiry: Enquiry, categories: tuple[str, ...]) -> tuple[str, ...]:
    """The categories without kinds of households that this notice gives nothing to (俩闺女 where 双女户 is no matter)."""
    rules = enquiry.policy.rules.assistance
    helped = {
        name for rule in rules for leaf in leaves(rule.when) if isinstance(leaf, InCategory) for name in leaf.names
    }
    known = enquiry.kb.categories
    return tuple(one for one in categories if not known[one].of_household or one in helped)
