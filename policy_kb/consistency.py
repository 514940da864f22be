"""Whether the rules of one notice agree with one another and with the notice's own year and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from policy_kb.choosing import leaves
from policy_kb.conditions import OneOf
from policy_kb.fault import Fault
from policy_kb.model import AssistanceRule, CoverageRule, PremiumRule, Rule, WindowRule
from policy_kb.notice import Notice, normalise
from policy_kb.numerals import readings
from policy_kb.reading import Reading

ABOUT = timedelta(days=100)
EVERYTHING = ("premium", "assistance", "windows", "coverage", "funding")


def inconsistencies(read: Reading, notice: Notice) -> Iterator[Fault]:
    """Every disagreement; a section of which a rule could not be read is left alone."""
    yield from _header(read, notice)
    sound = [name for name in EVERYTHING if name not in read.ledger.dropped]
    if "premium" in sound:
        yield from _conflicts(read, read.rules.premium, "amounts")
        if "assistance" in sound:
            yield from _assistance(read)
    if "assistance" in sound:
        yield from _conflicts(read, read.rules.assistance, "assistance")
        yield from _combination(read)
    if "windows" in sound:
        yield from _windows(read)
        yield from _deadlines(read)
    if "coverage" in sound:
        yield from _coverage(read)
    if "funding" in sound:
        yield from _funding(read)


def _header(read: Reading, notice: Notice) -> Iterator[Fault]:
    rules = read.rules
    told = {
        "notice": (rules.notice, notice.id),
        "year": (rules.year, notice.year),
        "region": (rules.region, notice.region),
    }
    for key, (here, there) in told.items():
        if here and here != there:
            line = read.ledger.lines.get((read.top, key), 1)
            yield _fault(read, line, f"{key} {here}, but notice.md has {there}", "let the two agree")


def _conflicts(read: Reading, rules: Sequence[PremiumRule] | Sequence[AssistanceRule], what: str) -> Iterator[Fault]:
    seen: list[PremiumRule | AssistanceRule] = []
    for rule in rules:
        twin = next((one for one in seen if one.when == rule.when), None)
        if twin is not None:
            told = f"{rule.id}: {what} for the same persons as {twin.id} (line {twin.line})"
            yield _fault(read, rule.line, told, "keep one of the two, or tell them apart in when")
        seen.append(rule)


def _assistance(read: Reading) -> Iterator[Fault]:
    premiums = read.rules.premium
    for rule in read.rules.assistance:
        of = next((one for one in premiums if one.id == rule.of), None)
        if rule.of and of is None:
            told = f"{rule.id}: of names no premium rule: {rule.of}"
            yield _at(read, rule, told, "use one of: " + ", ".join(one.id for one in premiums), "of")
            continue
        yield from _sums(read, rule, of)


def _sums(read: Reading, rule: AssistanceRule, of: PremiumRule | None) -> Iterator[Fault]:
    """gives is at most the premium, and pays is the rest, for one of the premiums that may apply."""
    applying = _applying(rule, read.rules.premium)
    if rule.gives == "unknown" or not applying:
        return
    rests = [one.amount - _given(rule, of or one, one) for one in applying]
    if all(rest < 0 for rest in rests):
        yield _at(
            read, rule, f"{rule.id}: gives more than the premium", "mend gives, or name the premium in of", "gives"
        )
    elif rule.pays is not None and rule.pays not in rests:
        shown = " or ".join(f"{rest:.10g}" for rest in dict.fromkeys(rests))
        told = f"{rule.id}: pays {rule.pays}, but the premium less gives is {shown}"
        yield _at(read, rule, told, "mend pays or gives, or name the premium in of", "pays")


def _applying(rule: AssistanceRule, premiums: tuple[PremiumRule, ...]) -> list[PremiumRule]:
    """The premiums the rule may be taken off: those of its tier where it names one."""
    tiers = _tiers(rule)
    if tiers:
        return [one for one in premiums if not _tiers(one) or _tiers(one) & tiers]
    named = [one for one in premiums if one.id == rule.of]
    return named or list(premiums)


def _tiers(rule: Rule) -> set[object]:
    return {
        value for leaf in leaves(rule.when) if isinstance(leaf, OneOf) and leaf.fact == "tier" for value in leaf.values
    }


def _given(rule: AssistanceRule, of: PremiumRule, premium: PremiumRule) -> Decimal:
    if rule.gives == "all":
        return premium.amount
    return of.amount * rule.share if rule.share is not None else Decimal(rule.gives)


def _combination(read: Reading) -> Iterator[Fault]:
    rules = read.rules
    if len(rules.assistance) > 1 and rules.combination is None and "combination" not in read.ledger.dropped:
        line = read.ledger.lines.get((read.top, "assistance"), 1)
        told = "several assistance rules, but no combination"
        yield _fault(read, line, told, "say what a person in two categories gets, or combination: {rule: silent}")


def _windows(read: Reading) -> Iterator[Fault]:
    windows = read.rules.windows
    for index, rule in enumerate(windows):
        yield from _one_window(read, rule)
        for other in windows[:index]:
            if rule.kind != "other" and other.kind != "other" and rule.when == other.when and _overlap(rule, other):
                told = f"{rule.id}: overlaps window {other.id} (line {other.line}) of the same persons"
                yield _at(read, rule, told, "let it open the day after that one closes (opens: follows)", "opens")


def _one_window(read: Reading, rule: WindowRule) -> Iterator[Fault]:
    year = read.rules.year
    if rule.opens and rule.closes and rule.opens > rule.closes:
        yield _at(read, rule, f"{rule.id}: closes before it opens", "swap or mend the two days", "closes", "opens")
    for key, day in (("opens", rule.opens), ("closes", rule.closes)):
        if day is not None and not date(year - 1, 1, 1) <= day <= date(year, 12, 31):
            told = f"{rule.id}: {key} {day} is neither in the cover year {year} nor in the year before"
            yield _at(read, rule, told, "mend the day", key)
    named = readings(normalise(rule.opens_as or ""))
    if rule.opens and rule.opens_as and ("ym", (rule.opens.year, rule.opens.month)) not in named:
        yield _at(
            read, rule, f"{rule.id}: opens_as is not the month of opens {rule.opens}", "let the two agree", "opens_as"
        )
    explained = rule.left_to or rule.note
    if (rule.opens is None or rule.closes is None) and not explained:
        told = f"{rule.id}: a day of the window is not given"
        yield _at(read, rule, told, "give left_to or a note that says why", "opens", "closes")


def _overlap(one: WindowRule, other: WindowRule) -> bool:
    if not (one.opens and one.closes and other.opens and other.closes):
        return False
    return one.opens <= other.closes and other.opens <= one.closes


def _deadlines(read: Reading) -> Iterator[Fault]:
    """A day by which staff act lies about the windows: a day without a year may have been given the wrong one."""
    dated = [day for one in read.rules.windows for day in (one.opens, one.closes) if day is not None]
    for rule in read.rules.answers if dated else ():
        if rule.by is not None and not min(dated) - ABOUT <= rule.by <= max(dated) + ABOUT:
            told = f"{rule.id}: by {rule.by} lies more than {ABOUT.days} days from the windows"
            yield _at(read, rule, told, "mend its year", "by")


def _coverage(read: Reading) -> Iterator[Fault]:
    for rule in read.rules.coverage:
        yield from _one_cover(read, rule)
    yield from _conflicts_of_cover(read)


def _one_cover(read: Reading, rule: CoverageRule) -> Iterator[Fault]:
    year = read.rules.year
    if isinstance(rule.starts, date) and isinstance(rule.ends, date) and rule.starts > rule.ends:
        yield _at(read, rule, f"{rule.id}: cover ends before it starts", "swap or mend the two days", "ends", "starts")
    for key, day in (("starts", rule.starts), ("ends", rule.ends)):
        if isinstance(day, date) and not date(year - 1, 1, 1) <= day <= date(year, 12, 31):
            told = f"{rule.id}: {key} {day} lies outside the cover year {year}"
            yield _at(read, rule, told, "mend the day", key)


def _conflicts_of_cover(read: Reading) -> Iterator[Fault]:
    seen: list[CoverageRule] = []
    for rule in read.rules.coverage:
        twin = next((one for one in seen if one.when == rule.when), None)
        if twin is not None:
            told = f"{rule.id}: cover for the same persons and days as {twin.id} (line {twin.line})"
            yield _fault(read, rule.line, told, "keep one of the two, or tell them apart in when")
        seen.append(rule)


def _funding(read: Reading) -> Iterator[Fault]:
    """筹资标准 is the subsidy and the premium together, where all three are exact and the premium is one for all."""
    exact = {one.item: one for one in read.rules.funding if one.amount is not None and not one.at_least}
    total, subsidy = exact.get("total"), exact.get("subsidy")
    if total is None or subsidy is None or len(read.rules.premium) != 1 or "premium" in read.ledger.dropped:
        return
    found = (subsidy.amount or 0) + read.rules.premium[0].amount
    if total.amount != found:
        told = f"{total.id}: total {total.amount}, but subsidy and premium together are {found}"
        yield _at(read, total, told, "mend the one that is wrong", "amount")


def _at(read: Reading, rule: Rule, what: str, mend: str, *keys: str) -> Fault:
    return _fault(read, read.line(rule.line, *keys), what, mend)


def _fault(read: Reading, line: int, what: str, mend: str) -> Fault:
    return Fault(read.rules.path, line, what, mend)
