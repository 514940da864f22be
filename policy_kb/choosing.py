"""Which rule holds for a person, and what an unknown fact would change: the one place where partial facts are reasoned about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar, cast

from policy_kb.conditions import AgeOn, All, AnyOf, Condition, InCategory, Not, OneOf, Within
from policy_kb.decision import Branch, Decision, Step
from policy_kb.facts import Facts, FactValue
from policy_kb.model import Rule

R = TypeVar("R", bound=Rule)
T = TypeVar("T")

Compute = Callable[[Facts], Decision[T]]
_DEEPEST = 3


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
    """The facts `condition` needs and `facts` lacks; the category also where only a wider one is known."""
    absent = tuple(name for name in condition.needs if name not in facts)
    return absent or tuple(name for name in condition.needs if name == "category") or condition.needs


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
    results = {(one.decision.outcome, repr(one.decision.value)) for one in branches}
    if len(results) == 1 and branches[0].decision.outcome != "depends":
        merged = tuple({one.rule: one for branch in branches for one in branch.decision.steps}.values())
        return replace(branches[0].decision, steps=merged)
    return Decision("depends", ask=fact, branches=tuple(branches))


def _worlds(fact: str, facts: Facts, rules: tuple[Rule, ...]) -> list[tuple[FactValue, dict[str, FactValue]]]:
    conditions = [one for rule in rules for one in leaves(rule.when)]
    if fact == "category":
        return _category_worlds(facts, [one for one in conditions if isinstance(one, InCategory)])
    named = [value for one in conditions if isinstance(one, OneOf) and one.fact == fact for value in one.values]
    if any(isinstance(value, bool) for value in named):
        return [(True, {fact: True}), (False, {fact: False})]
    if named:
        values = (*dict.fromkeys(cast("list[str]", named)), "other")
        return [(value, {fact: value}) for value in values]
    bounds = [one for one in conditions if isinstance(one, Within) and one.fact == fact]
    return [(value, {fact: value}) for value in _representatives(bounds)]


def _category_worlds(facts: Facts, conditions: list[InCategory]) -> list[tuple[FactValue, dict[str, FactValue]]]:
    known = cast("tuple[str, ...]", facts.get("category", ()))
    named = dict.fromkeys(name for one in conditions for name in one.names)
    categories = conditions[0].categories
    if known:
        named = dict.fromkeys(
            name for name in named if any(categories.within(held, name) is None for held in categories.closed(known))
        )
    worlds: list[tuple[FactValue, dict[str, FactValue]]] = [
        ((name,), {"category": (*known, name), "category_complete": True}) for name in named
    ]
    return [*worlds, ((), {"category": known, "category_complete": True})]


def leaves(condition: Condition) -> list[Condition]:
    """The plain tests a condition is made of."""
    if isinstance(condition, All | AnyOf):
        return [leaf for part in condition.parts for leaf in leaves(part)]
    if isinstance(condition, Not):
        return leaves(condition.part)
    if isinstance(condition, AgeOn):
        return [condition.years]
    return [condition]


def cut_points(conditions: Iterable[Within]) -> list[float | date]:
    """Where the truth of interval conditions can change, in order: the first value of each new stretch."""
    cuts: set[float | date] = set()
    for one in conditions:
        if one.low is not None:
            cuts.add(_next(one.low) if one.open_low else one.low)
        if one.high is not None:
            cuts.add(one.high if one.open_high else _next(one.high))
    return sorted(cuts)  # type: ignore[type-var]


def _next(value: float | date) -> float | date:
    return value + timedelta(days=1) if isinstance(value, date) else value + 1


def _representatives(conditions: list[Within]) -> list[FactValue]:
    cuts = cut_points(conditions)
    if not cuts:
        return []
    first = cuts[0]
    before: float | date = first - timedelta(days=1) if isinstance(first, date) else first - 1
    return [before, *cuts]


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
