"""What a person pays for a cover year (个人缴费), after assistance (资助参保)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import cast

from policy_kb.categories import Categories
from policy_kb.choosing import Undecided, leaves, open_tiers, pick, settle, step
from policy_kb.conditions import InCategory
from policy_kb.decision import Decision, Due, Step
from policy_kb.facts import Facts
from policy_kb.model import AssistanceRule, PremiumRule, Rules
from policy_kb.window import bears_subsidy

ZERO = Decimal(0)


def due(rules: Rules, facts: Facts, categories: Categories) -> Decision[Due]:
    """What the person pays, in 元; `silent` where the notice sets no assistance for a category the person is in.

    A person whose category is not known is asked for it, where the notice has assistance; `category: ()` is nobody special.
    """
    sections = (*rules.premium, *rules.assistance, *rules.tiers)
    decision = settle(lambda known: _due(rules, known, categories), facts, sections)
    said = categories.closed(cast("tuple[str, ...]", facts.get("category", ())))
    if decision.value is None or not said or decision.value.category in said:
        return decision
    return replace(decision, value=replace(decision.value, category=said[0]))


def standard(rules: Rules, facts: Facts) -> Decision[Decimal]:
    """The premium before assistance (个人缴费标准), in 元."""

    def compute(known: Facts) -> Decision[Decimal]:
        rule = pick(rules.premium, _in_open_tier(rules, known))
        return Decision("decided", rule.amount, (step(rule),)) if rule else Decision("silent")

    return settle(compute, facts, (*rules.premium, *rules.tiers))


def _in_open_tier(rules: Rules, facts: Facts) -> Facts:
    """The facts with the one tier that is open to the person, where the notice offers others only to others."""
    offered = open_tiers(rules.tiers, facts)
    if len(offered) != 1 or len(rules.tiers) == 1 or facts.get("tier") in offered:
        return facts
    return {**facts, "tier": offered[0]}


def _due(rules: Rules, facts: Facts, categories: Categories) -> Decision[Due]:
    facts = _in_open_tier(rules, facts)
    rule = pick(rules.premium, facts)
    if rule is None:
        return Decision("silent")
    if rules.assistance and "category" not in facts:
        raise Undecided(("category",))
    held = _counted(rules, categories, cast("tuple[str, ...]", facts.get("category", ())))
    if not held or not rules.assistance:
        unaided = _value(rules, facts, rule, None, held[0] if held else None)
        return Decision("decided" if not held else "silent", unaided, (step(rule),))
    return _assisted(rules, facts, rule, held)


def _assisted(rules: Rules, facts: Facts, rule: PremiumRule, held: tuple[str, ...]) -> Decision[Due]:
    """Each category by itself first; then what the notice says of a person in several."""
    found = [_for_category(rules, facts, rule, one) for one in held]
    stated = [one for one in found if one.outcome != "silent"]
    helped = [one for one in stated if one.value is None or one.value.too_old_from is None] or stated
    if not helped:
        return found[0]
    if len({_paid(one) for one in helped}) == 1:
        return helped[0]
    return _combined(rules, helped)


def _combined(rules: Rules, found: list[Decision[Due]]) -> Decision[Due]:
    """The better for the person where the notice gives one of several; open where one of them is not stated."""
    combination = rules.combination
    steps = tuple({one.rule: one for decision in found for one in decision.steps}.values())
    if combination is None or combination.rule in ("silent", "left_to"):
        told = (step(combination),) if combination else ()
        return Decision("left_to" if combination and combination.rule == "left_to" else "silent", None, (*steps, *told))
    best = min((one for one in found if one.value), key=lambda one: cast("Due", one.value).pays)
    open_one = next((one for one in found if one.value is None), None)
    if open_one is not None and best.value and best.value.pays:
        return Decision(open_one.outcome, best.value, (*steps, step(combination)), document=open_one.document)
    return Decision(best.outcome, best.value, (*best.steps, step(combination)))


def _for_category(rules: Rules, facts: Facts, rule: PremiumRule, category: str) -> Decision[Due]:
    aid = pick(rules.assistance, {**facts, "category": (category,)})
    if aid is None:
        return Decision("silent", _value(rules, facts, rule, None, category), (step(rule),))
    steps: tuple[Step, ...] = (step(aid), step(rule))
    if too_old(aid, facts):
        own = _value(rules, facts, rule, None, category)
        return Decision("decided", replace(own, needs=aid.needs, too_old_from=aid.child_until), steps)
    if aid.gives == "unknown":
        return Decision("left_to" if aid.left_to else "silent", None, steps, document=aid.left_to)
    return Decision("decided", _value(rules, facts, rule, aid, category), steps)


def _value(rules: Rules, facts: Facts, rule: PremiumRule, aid: AssistanceRule | None, category: str | None) -> Due:
    given = assistance_of(rules, rule, aid) if aid else ZERO
    return Due(
        year=rules.year,
        standard=rule.amount,
        assistance=given,
        pays=rule.amount - given,
        category=category,
        whom=rule.for_whom,
        tier=cast("str | None", facts.get("tier")),
        how=aid.how if aid else None,
        by=aid.by if aid else None,
        needs=aid.needs if aid else None,
        bears_subsidy=bears_subsidy(rules, facts),
    )


def too_old(aid: AssistanceRule, facts: Facts) -> bool:
    """Whether the person is the household's child and older than the assistance goes; False while the age is not known."""
    age = cast("float | None", facts.get("age"))
    limit = aid.child_until
    return limit is not None and facts.get("household_child") is True and age is not None and age > limit


def assistance_of(rules: Rules, rule: PremiumRule, aid: AssistanceRule) -> Decimal:
    """What `aid` takes off the premium `rule`, in 元, never more than the premium."""
    base = next((one.amount for one in rules.premium if one.id == aid.of), rule.amount)
    if aid.gives == "all":
        return rule.amount
    if aid.share is not None:
        return min(base * aid.share, rule.amount)
    return min(cast("Decimal", aid.gives), rule.amount)


def _counted(rules: Rules, categories: Categories, names: tuple[str, ...]) -> tuple[str, ...]:
    """The categories that count, in the vocabulary's order: those said, those they make up that a rule names, no wider ones."""
    named = {
        name
        for rule in rules.assistance
        for leaf in leaves(rule.when)
        if isinstance(leaf, InCategory)
        for name in leaf.names
    }
    held = [name for name in categories.closed(names) if name in names or name in named]
    wider = {one for name in held for one in categories.wider(name) if one != name}
    return tuple(name for name in categories.by_name if name in held and name not in wider)


def _paid(decision: Decision[Due]) -> Decimal | None:
    return decision.value.pays if decision.value else None
