"""Whether a sum on a roster is what the notice sets for that person; told, never refused: the register may know more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from bot.records.entry import Entry, Payment
from policy_kb.conditions import years_between
from policy_kb.decision import Decision, Due
from policy_kb.facts import FactValue
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.premium import due

FEN = 100


class DueCheck:
    """Holds sums against the notices of one county; each mix of year, categories and tier is computed once."""

    def __init__(self, kb: KnowledgeBase, county: str) -> None:
        self._kb = kb
        self._county = county
        self._policies: dict[tuple[str, int], Policy | None] = {}
        self._usual: dict[tuple[str, tuple[str, ...] | None, str | None], frozenset[int]] = {}
        self.unchecked_years: set[int] = set()

    def remark(self, entry: Entry) -> str | None:
        """The difference between the sum paid and the rule, with both figures; None where there is none or no rule."""
        payment = entry.payment
        if payment is None or payment.amount is None or payment.status != "paid":
            return None
        policy = self._policy(entry.town, payment.year)
        if policy is None:
            self.unchecked_years.add(payment.year)
            return None
        names = None if entry.categories is None else tuple(held.category for held in entry.categories)
        if payment.amount in self._due(policy, names, payment.tier):
            return None
        exact = self._exact(policy, entry, payment, names)
        if not exact or payment.amount in exact:
            return None
        wanted = "或".join(_yuan(fen) for fen in sorted(exact))
        where = f"{payment.tier or ''}{'普通居民' if names == () else '、'.join(names or ())}"
        return f"{payment.year}年度缴了{_yuan(payment.amount)}，按通知{where}应缴{wanted}，请核对"

    def _policy(self, town: str, year: int) -> Policy | None:
        """The policy of a town, which may have a notice of its own, else of the county."""
        if (town, year) not in self._policies:
            place = town if town in self._kb.regions else self._county
            self._policies[town, year] = self._kb.policy_for(place, year)
        return self._policies[town, year]

    def _due(self, policy: Policy, names: tuple[str, ...] | None, tier: str | None) -> frozenset[int]:
        key = (policy.id, names, tier)
        if key not in self._usual:
            self._usual[key] = self._sums(policy, {"category": names, "tier": tier})
        return self._usual[key]

    def _exact(self, policy: Policy, entry: Entry, payment: Payment, names: tuple[str, ...] | None) -> frozenset[int]:
        """What is due with all that the row tells; empty where the notice does not say, or late payers pay more."""
        on = payment.paid_on or date(payment.year, 1, 1)
        told: dict[str, FactValue | None] = {
            "category": names,
            "tier": payment.tier,
            "birth_date": entry.birth_date,
            "age": max(years_between(entry.birth_date, on), 0),
            "hukou": entry.hukou,
            "residence_permit": entry.residence_permit,
            "paid_on": payment.paid_on,
        }
        return self._sums(policy, told)

    def _sums(self, policy: Policy, told: Mapping[str, FactValue | None]) -> frozenset[int]:
        facts = {name: value for name, value in told.items() if value is not None}
        found = list(_values(due(policy.rules, facts, self._kb.categories)))
        if any(one.bears_subsidy for one in found):
            return frozenset()
        return frozenset(int(one.pays * FEN) for one in found)


def _values(decision: Decision[Due]) -> Iterator[Due]:
    if decision.value is not None:
        yield decision.value
    for branch in decision.branches:
        yield from _values(branch.decision)


def _yuan(fen: int) -> str:
    return f"{(Decimal(fen) / FEN).normalize():f}元"
