"""What is made of each clause (条款用在哪里), in plain words: rules that are computed, statements that are told, and what is neither."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from policy_kb.clause_coverage import coverage_rows
from policy_kb.difference import REFUNDS, difference, yuan
from policy_kb.facts import FactTable
from policy_kb.knowledge import Policy
from policy_kb.model import Rule

Kind: TypeAlias = Literal["rule", "told", "silent", "nobody"]
_FUNDING = {
    "subsidy": "财政补助",
    "total": "筹资标准",
    "subsidy_central": "中央补助",
    "subsidy_provincial": "省级补助",
    "subsidy_local": "市县补助",
    "rise_personal": "个人缴费比上年",
    "rise_subsidy": "财政补助比上年",
    "last_year_personal": "上年个人缴费",
}
_COMBINED = {
    "once": "占几类的只享受一种",
    "best": "占几类的按最有利的一种",
    "silent": "占几类的怎么办，文件没写",
    "left_to": "占几类的按另外的文件",
}


@dataclass(frozen=True)
class Made:
    """One thing made of a clause: `rule` is computed, `told` is told as it is, `silent` is known to be left open, `nobody` asks."""

    kind: Kind
    words: str


MadeOf: TypeAlias = Mapping[str, tuple[Made, ...]]


def made_of(policy: Policy, facts: FactTable) -> MadeOf:
    """By clause, in the notice's order, what is made of it; an empty tuple where nothing is."""
    found: dict[str, dict[Made, None]] = {clause: {} for clause in policy.notice.clause_ids}
    for clause, made in _all(policy, facts):
        found.setdefault(clause, {})[made] = None
    return {clause: tuple(made) for clause, made in found.items()}


def tally(made: MadeOf) -> dict[str, int]:
    """How many clauses have something computed or told, how many nobody asks about, how many nothing accounts for."""
    sums = {"used": 0, "nobody": 0, "missing": 0}
    for things in made.values():
        kinds = {one.kind for one in things}
        sums["used" if kinds - {"nobody"} else "nobody" if kinds else "missing"] += 1
    return sums


def _all(policy: Policy, facts: FactTable) -> Iterator[tuple[str, Made]]:
    for row in difference(policy, policy, facts):
        if row.section != REFUNDS:
            for clause in row.left_clauses:
                yield clause, Made("rule", f"{row.section}（{row.whom}）：{row.left}")
    yield from _others(policy)
    rules = policy.rules
    for one in rules.answers:
        yield from ((cite.clause, Made("told", one.first)) for cite in one.cites)
    for silence in (*rules.left_to, *rules.silent_on):
        clauses = (*(cite.clause for cite in silence.cites), *([silence.nearest] if silence.nearest else ()))
        yield from ((clause, Made("silent", silence.first)) for clause in dict.fromkeys(clauses))
    for line in coverage_rows(policy.notice, rules):
        if line.reason:
            yield line.clause, Made("nobody", line.reason)


def _others(policy: Policy) -> Iterator[tuple[str, Made]]:
    """The rules that a comparison of notices leaves out."""
    rules = policy.rules
    for funding in rules.funding:
        sum_of = yuan(funding.amount) if funding.amount is not None else f"按{funding.left_to or '另外的文件'}"
        least = "不低于" if funding.at_least else ""
        yield from _cited(funding, f"{_FUNDING.get(funding.item, funding.item)}：{least}{sum_of}")
    for tier in rules.tiers:
        yield from _cited(tier, f"缴费档次：{tier.tier}")
    for bonus in rules.bonus:
        yield from _cited(bonus, f"连续参保奖励：{bonus.what}")
    if rules.combination:
        yield from _cited(rules.combination, _COMBINED[rules.combination.rule])
    if rules.after_windows:
        yield from _cited(rules.after_windows, "缴费期过了以后怎么办")
    for asked in rules.ask_at:
        yield asked.cite.clause, Made("told", f"文件没写的，问{asked.who}")
    if rules.targets:
        yield rules.targets.table, Made("rule", "各镇任务数")


def _cited(rule: Rule, words: str) -> Iterator[tuple[str, Made]]:
    yield from ((cite.clause, Made("rule", words)) for cite in rule.cites)
