"""Which rule holds for a person, and what an unknown fact would change: the one place where partial facts are reasoned about."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar, cast

from policy_kb.conditions import AgeOn, All, AnyOf, Condition, InCategory, Not, OneOf, Within
from policy_kb.decision import Branch, Decision, Step
from policy_kb.facts import Facts, FactValue
from policy_kb.model import CoverageRule, Rule, TierRule, WaitingRule

R = TypeVar("R", bound=Rule)
T = TypeVar("T")

Compute = Callable[[Facts], Decision[T]]
_DEEPEST = 4
"""How many unknown facts are tried out one within another."""


class Undecided(Exception):
    """The rule that holds cannot be told while these facts are unknown."""

    def __init__(self, needs: tuple[str, ...]) -> None:
        super().__init__(", ".join(needs))
        self.needs = needs


def pick(rules: Sequence[R], facts: Facts) -> R | None:
    """The first rule whose condition holds; raises Undecided where an earlier one may hold."""
    for rule in rules:
        holds = rule.when.holds(facts)
        if holds:
            return rule
        if holds is None:
            raise Undecided(missing(rule.when, facts))
    return None


def missing(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """The facts that leave `condition` undecided, in the order it names them; those that cannot change it are left out."""
    found = [name for leaf in leaves(condition, facts) for name in _lacking(leaf, facts)]
    return tuple(dict.fromkeys(found)) or condition.needs


def _lacking(leaf: Condition, facts: Facts) -> tuple[str, ...]:
    if isinstance(leaf, AgeOn):
        return ("birth_date",)
    return tuple(name for name in leaf.needs if name not in facts) or leaf.needs


def step(rule: Rule) -> Step:
    """The record that `rule` was applied."""
    return Step(rule.id, rule.when.needs, rule.cites, rule.note)


def settle(compute: Compute[T], facts: Facts, rules: Iterable[Rule], depth: int = 0) -> Decision[T]:
    """`compute` on what is known; where a fact is missing that changes the result, the decision that asks for it."""
    held = tuple(rules)
    try:
        return compute(facts)
    except Undecided as undecided:
        if depth >= _DEEPEST:
            return Decision("depends", ask=undecided.needs[0])
        return _by_value(compute, facts, held, undecided.needs[0], depth)


def _by_value(compute: Compute[T], facts: Facts, rules: tuple[Rule, ...], fact: str, depth: int) -> Decision[T]:
    branches = []
    for value, extra in _worlds(fact, facts, rules):
        branches.append(Branch(fact, value, settle(compute, {**facts, **extra}, rules, depth + 1)))
    alike = branches and all(_alike(one, branches[0]) for one in branches) and not _measured(fact, rules)
    if alike and branches[0].decision.outcome != "depends":
        merged = tuple({one.rule: one for branch in branches for one in branch.decision.steps}.values())
        return replace(branches[0].decision, steps=merged)
    return Decision("depends", ask=fact, branches=tuple(branches))


def _measured(fact: str, rules: tuple[Rule, ...]) -> bool:
    """Whether the result moves with the very value of the fact, so that a few values tried cannot stand for all."""
    waits = [rule for rule in rules if isinstance(rule, WaitingRule)]
    grown = {growth.fact for rule in waits for growth in (rule.more, rule.less) if growth}
    dated = any(isinstance(rule, CoverageRule) and not isinstance(rule.starts, date) for rule in rules)
    return fact in grown or (fact == "paid_on" and dated)


def _alike(one: Branch[T], other: Branch[T]) -> bool:
    first, second = one.decision, other.decision
    return (first.outcome, first.value, first.document) == (second.outcome, second.value, second.document)


def _worlds(fact: str, facts: Facts, rules: tuple[Rule, ...]) -> list[tuple[FactValue, dict[str, FactValue]]]:
    """The values of `fact` that rules tell apart, each with what it adds to the facts; none where any value differs."""
    conditions = [one for rule in rules for one in leaves(rule.when)]
    if fact == "category":
        return _category_worlds(facts, [one for one in conditions if isinstance(one, InCategory)])
    offered = open_tiers([rule for rule in rules if isinstance(rule, TierRule)], facts) if fact == "tier" else ()
    values = [*offered] or _choices(fact, conditions) or _representatives(fact, conditions)
    return [(value, {fact: value}) for value in values]


def open_tiers(tiers: Iterable[TierRule], facts: Facts) -> tuple[str, ...]:
    """The tiers that the person may choose, as far as is known."""
    return tuple(one.tier for one in tiers if one.when.holds(facts) is not False)


def _choices(fact: str, conditions: list[Condition]) -> list[FactValue]:
    """Every value of a choice that rules ask for, both truth values of a yes-or-no."""
    found = [one for one in conditions if isinstance(one, OneOf) and one.fact == fact]
    if any(isinstance(value, bool) for one in found for value in one.values):
        return [True, False]
    return list(dict.fromkeys(cast("str", value) for one in found for value in (*one.values, *one.among)))


def _category_worlds(facts: Facts, conditions: list[InCategory]) -> list[tuple[FactValue, dict[str, FactValue]]]:
    """Each category that rules name and the person may be in, and none of them, unless the known ones leave no rest."""
    if not conditions:
        return []
    known = cast("tuple[str, ...]", facts.get("category", ()))
    categories = conditions[0].categories
    held = categories.telling(categories.closed(known))
    named = list(dict.fromkeys(name for one in conditions for name in one.names))
    if held:
        named = [name for name in named if any(categories.within(one, name) is None for one in held)]
    worlds: list[tuple[FactValue, dict[str, FactValue]]] = [
        ((name,), {"category": (*known, name), "category_complete": True}) for name in named
    ]
    if any(categories[one].kinds and set(categories[one].kinds) <= set(named) for one in held):
        return worlds
    return [*worlds, ((), {"category": known, "category_complete": True})]


def leaves(condition: Condition, undecided_by: Facts | None = None) -> list[Condition]:
    """The plain tests a condition is made of; with facts, only those through which they leave it undecided."""
    if undecided_by is not None and condition.holds(undecided_by) is not None:
        return []
    if isinstance(condition, All | AnyOf):
        return [leaf for part in condition.parts for leaf in leaves(part, undecided_by)]
    if isinstance(condition, Not):
        return leaves(condition.part, undecided_by)
    return [condition]


def cut_points(conditions: Iterable[Within]) -> list[float | date]:
    """Where the truth of interval conditions can change, in order: the first value of each new stretch."""
    cuts: set[float | date] = set()
    for one in conditions:
        if one.low is not None:
            cuts.add(_next(one.low) if one.open_low else one.low)
        if one.high is not None:
            cuts.add(one.high if one.open_high else _next(one.high))
    return sorted(cuts)


def _next(value: float | date) -> float | date:
    return value + timedelta(days=1) if isinstance(value, date) else value + 1


def _representatives(fact: str, conditions: list[Condition]) -> list[FactValue]:
    """A value of each stretch between the bounds that rules set."""
    bounds = [one for one in conditions if isinstance(one, Within) and one.fact == fact]
    bounds += [births(one) for one in conditions if isinstance(one, AgeOn) and fact == "birth_date"]
    cuts = cut_points(bounds)
    if not cuts:
        return []
    first = cuts[0]
    before: float | date = first - timedelta(days=1) if isinstance(first, date) else first - 1
    return [before, *cuts]


def births(age: AgeOn) -> Within:
    """The days of birth of those who have such an age on its cut-off day."""
    low, high = cast("int | None", age.years.low), cast("int | None", age.years.high)
    latest = None if low is None else _years_before(age.day, low + age.years.open_low)
    too_early = None if high is None else _years_before(age.day, high + (not age.years.open_high))
    return Within("birth_date", too_early, latest, open_low=too_early is not None)


def _years_before(day: date, years: int) -> date:
    """The last day of birth that gives `years` whole years of age on `day`."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap_day and not isleap(day.year - years) else day.day)


@dataclass(frozen=True)
class Stretch:
    """A run of days, both ends included."""

    first: date
    last: date


def stretches(first: date, last: date, cuts: Iterable[date]) -> tuple[Stretch, ...]:
    """[first, last] divided so that each of `cuts` begins a stretch."""
    starts = sorted({first, *(cut for cut in cuts if first < cut <= last)})
    ends = [following - timedelta(days=1) for following in starts[1:]] + [last]
    return tuple(Stretch(begin, end) for begin, end in zip(starts, ends, strict=True))


def facts_with(facts: Facts, **more: FactValue | None) -> Facts:
    """`facts` with those of `more` that are not None."""
    return cast(
        "Mapping[str, FactValue]", {**facts, **{name: value for name, value in more.items() if value is not None}}
    )
