"""Who of a village has not paid yet (未参保名单): assisted categories first, each with what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlmodel import col

from bot.console.people.looking import reference
from bot.console.workplace import Workplace
from bot.records.resident import Resident, Scope
from bot.store.tables.records import CategorySpellRow
from dialogues.record import Record
from policy_kb.choosing import leaves
from policy_kb.conditions import InCategory, years_between
from policy_kb.facts import FactValue
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.premium import due
from policy_kb.window import window_on

A_PAGE = 30


@dataclass(frozen=True)
class Missing:
    """A resident who has not paid: the categories of the day, and what is due in 元 (None: it turns on more)."""

    resident: Resident
    ref: str
    age: int
    categories: tuple[str, ...]
    pays: Decimal | None
    assisted: bool


def assisted(kb: KnowledgeBase, policy: Policy | None) -> tuple[str, ...]:
    """The categories that the notice assists, with the narrower ones that belong to them."""
    if policy is None:
        return ()
    named = {
        name
        for rule in policy.rules.assistance
        for leaf in leaves(rule.when)
        if isinstance(leaf, InCategory)
        for name in leaf.names
    }
    return tuple(name for name in kb.categories.by_name if named & {name, *kb.categories.wider(name)})


@dataclass
class Dues:
    """What people have to pay on a day; computed once for people whom the rules do not tell apart."""

    kb: KnowledgeBase
    policy: Policy
    today: date
    _known: dict[frozenset[tuple[str, FactValue]], Decimal | None] = field(default_factory=dict)

    def of(self, resident: Resident, categories: tuple[str, ...]) -> Decimal | None:
        """What is due, in 元; None where it turns on a fact that is not on record, or is not stated."""
        rules = self.policy.rules
        record = Record(
            birth_date=resident.birth_date,
            hukou=resident.hukou,
            residence_permit=resident.residence_permit,
            categories=categories,
        )
        facts = {**self.kb.facts.assumed(), **record.facts(self.kb.categories, rules.year, self.today)}
        window = window_on(rules, facts, self.today).value
        if window and window.state == "open":
            facts["paid_on"] = self.today
        asked = {name for rule in (*rules.premium, *rules.assistance) for name in rule.when.needs} | {"category"}
        key = frozenset((name, value) for name, value in facts.items() if name in asked)
        if key not in self._known:
            decision = due(rules, facts, self.kb.categories)
            decided = decision.outcome == "decided" and decision.value is not None
            self._known[key] = decision.value.pays if decided and decision.value else None
        return self._known[key]


async def not_enrolled(
    desk: Workplace, scope: Scope, year: int, offset: int = 0, limit: int = A_PAGE
) -> tuple[Missing, ...]:
    """A stretch of those who have not paid for a cover year."""
    policy = desk.kb.policy_for(scope.region, year)
    first = assisted(desk.kb, policy)
    found = await desk.registry.not_enrolled(scope, year, desk.today, first, offset, limit)
    held = await _categories(desk, found)
    dues = Dues(desk.kb, policy, desk.today) if policy else None
    return tuple(
        Missing(
            resident=one,
            ref=reference(desk, one.id),
            age=years_between(one.birth_date, desk.today),
            categories=held.get(one.id, ()),
            pays=dues.of(one, held.get(one.id, ())) if dues else None,
            assisted=bool(set(first) & set(held.get(one.id, ()))),
        )
        for one in found
    )


async def _categories(desk: Workplace, residents: Iterable[Resident]) -> dict[int, tuple[str, ...]]:
    """The categories that hold today, by resident, in one select."""
    since, until = col(CategorySpellRow.since), col(CategorySpellRow.until)
    query = select(col(CategorySpellRow.resident_id), col(CategorySpellRow.category)).where(
        col(CategorySpellRow.resident_id).in_([one.id for one in residents]),
        or_(since.is_(None), since <= desk.today),
        or_(until.is_(None), until >= desk.today),
    )
    held: dict[int, tuple[str, ...]] = {}
    async with desk.engine.connect() as connection:
        for resident, category in await connection.execute(query.order_by(col(CategorySpellRow.id))):
            held[resident] = tuple(dict.fromkeys((*held.get(resident, ()), category)))
    return held
