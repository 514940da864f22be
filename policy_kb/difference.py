"""Two policies side by side, for `canbao kb diff`: what each sets, where they differ, as rows of one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from policy_kb.choosing import leaves
from policy_kb.condition_words import EVERYBODY, day_words, on_days, whom
from policy_kb.conditions import InCategory, OneOf
from policy_kb.facts import FactTable
from policy_kb.knowledge import Policy
from policy_kb.model import (
    Answer,
    AssistanceRule,
    CoverageRule,
    NewbornRule,
    PremiumRule,
    Rule,
    Rules,
    Silence,
    WaitingRule,
    WindowRule,
)
from policy_kb.times import AfterPayment

R = TypeVar("R", bound=Rule)
NOTHING = "—"
REFUND = ("refund", "refund_how")
_STARTS = {
    "day_of_payment": "缴费当日起", "day_after_payment": "缴费次日起", "day_of_birth": "出生之日起",
    "after_waiting": "等待期满后", "at_once": "缴费后即可",
}  # fmt: skip
_COUNTED = {"day_of_payment": "缴费当日", "day_after_payment": "缴费次日"}
_KINDS = {"main": "集中缴费期", "extension": "延长期", "late": "补缴期", "other": "其他"}
_NEWBORN = {
    "deadline": "新生儿期限", "late": "新生儿超期", "automatic": "新生儿随监护人", "fee": "新生儿缴费",
    "both_years": "新生儿跨年", "name": "新生儿姓名",
}  # fmt: skip
REFUNDS = "退费"
SECTIONS = ("个人缴费", "资助", *_KINDS.values(), "待遇期", "等待期", *_NEWBORN.values(), REFUNDS)
_HOW = {"at_payment": "缴费时扣减", "reimbursed": "先缴后补", "refunded": "退费"}


@dataclass(frozen=True)
class DifferenceRow:
    """One matter, for whom, what each policy says of it (— for nothing), and the clauses."""

    section: str
    whom: str
    left: str
    right: str
    left_clauses: tuple[str, ...] = ()
    right_clauses: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.left != self.right


@dataclass(frozen=True)
class _Cell:
    section: str
    whom: str
    says: str
    clauses: tuple[str, ...]


def difference(left: Policy, right: Policy, facts: FactTable) -> tuple[DifferenceRow, ...]:
    """Premium, assistance by category, windows, coverage, waiting, newborn and refund of two policies."""
    first, second = _by_matter(left.rules, facts), _by_matter(right.rules, facts)
    matters = sorted(dict.fromkeys((*first, *second)), key=lambda matter: SECTIONS.index(matter[0]))
    return tuple(_row(matter, first.get(matter, []), second.get(matter, [])) for matter in matters)


def _row(matter: tuple[str, str], left: list[_Cell], right: list[_Cell]) -> DifferenceRow:
    return DifferenceRow(*matter, _says(left), _says(right), _clauses(left), _clauses(right))


def _by_matter(rules: Rules, facts: FactTable) -> dict[tuple[str, str], list[_Cell]]:
    found: dict[tuple[str, str], list[_Cell]] = {}
    for cell in _cells(rules, facts):
        found.setdefault((cell.section, cell.whom), []).append(cell)
    return found


def _cells(rules: Rules, facts: FactTable) -> Iterable[_Cell]:
    def cells(section: str, held: Sequence[R], says: Callable[[R], str]) -> Iterable[_Cell]:
        return (_cell(section, rule, says(rule), facts) for rule in held)

    yield from cells("个人缴费", rules.premium, _premium)
    for rule in rules.assistance:
        for name in _categories(rule) or (whom(rule.when, facts),):
            yield _Cell("资助", _with_tier(name, rule), _assistance(rule), _cited(rule))
    yield from (_cell(_KINDS[one.kind], one, _window(one), facts) for one in rules.windows)
    yield from cells("待遇期", rules.coverage, _coverage)
    yield from cells("等待期", rules.waiting, _waiting)
    yield from (_cell(_NEWBORN[one.kind], one, _newborn(one), facts) for one in rules.newborn)
    statements: tuple[Answer | Silence, ...] = (*rules.answers, *rules.left_to)
    refunds = [one for one in statements if set(one.facets) & set(REFUND)]
    yield from (_Cell(REFUNDS, EVERYBODY, one.first, _cited(one)) for one in refunds)


def _cell(section: str, rule: Rule, says: str, facts: FactTable) -> _Cell:
    days = on_days(rule.when, facts)
    return _Cell(section, whom(rule.when, facts), f"{days}：{says}" if days else says, _cited(rule))


def _says(cells: list[_Cell]) -> str:
    return "；".join(dict.fromkeys(cell.says for cell in cells)) or NOTHING


def _clauses(cells: list[_Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause for cell in cells for clause in cell.clauses))


def _cited(rule: Rule) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cite.clause for cite in rule.cites))


def _categories(rule: AssistanceRule) -> tuple[str, ...]:
    return tuple(name for leaf in leaves(rule.when) if isinstance(leaf, InCategory) for name in leaf.names)


def _with_tier(name: str, rule: AssistanceRule) -> str:
    tiers = [
        str(one) for leaf in leaves(rule.when) if isinstance(leaf, OneOf) and leaf.fact == "tier" for one in leaf.values
    ]
    return f"{name}（{'、'.join(tiers)}）" if tiers else name


def _premium(rule: PremiumRule) -> str:
    return yuan(rule.amount)


def _assistance(rule: AssistanceRule) -> str:
    gives = _gives(rule)
    pays = f"，缴{yuan(rule.pays)}" if rule.pays is not None else ""
    how = f"（{_HOW[rule.how]}）" if rule.how else ""
    return gives + pays + how


def _gives(rule: AssistanceRule) -> str:
    if rule.gives == "all":
        return "全额资助"
    if rule.gives == "unknown":
        return f"按{rule.left_to}" if rule.left_to else "没有写"
    if rule.share is not None:
        return f"资助{float(rule.share * 100):g}%"
    return f"资助{yuan(rule.gives)}" if rule.gives else "没有资助"


def _window(rule: WindowRule) -> str:
    days = f"{day_words(rule.opens)}至{day_words(rule.closes)}" if rule.opens or rule.closes else "日期未写明"
    persons = f"{rule.for_whom}：" if rule.for_whom else ""
    return (
        persons
        + days
        + ("（财政补助自付）" if rule.full_price else "")
        + (f"（按{rule.left_to}）" if rule.left_to else "")
    )


def _coverage(rule: CoverageRule) -> str:
    ends = "年底" if rule.ends == "end_of_year" else day_words(rule.ends)
    counted = rule.counts_from
    since = f"（从{day_words(counted) if isinstance(counted, date) else _COUNTED[counted]}算）" if counted else ""
    return _starts(rule.starts) + since + (f"，至{ends}" if rule.ends else "")


def _starts(starts: object) -> str:
    if isinstance(starts, AfterPayment):
        return f"缴费满{starts.days}日后" if starts.days else f"缴费满{starts.months}个月后"
    return f"{day_words(starts)}起" if isinstance(starts, date) else _STARTS.get(str(starts), NOTHING)


def _waiting(rule: WaitingRule) -> str:
    if rule.none:
        return "没有等待期"
    floor = f"，最少{rule.at_least}个月" if rule.at_least else ""
    grows = f"（随断缴年数增加{floor}）" if rule.more else ""
    return (f"{rule.months}个月" if rule.months else f"{rule.days}日") + grows


def _newborn(rule: NewbornRule) -> str:
    parts = (
        f"{rule.days}日内" if rule.days else "",
        f"{rule.year}年度" if rule.year else "",
        yuan(rule.amount) if rule.amount is not None else "",
        _starts(rule.starts) if rule.starts else "",
        f"按{rule.left_to}" if rule.left_to else "",
    )
    return "，".join(part for part in parts if part) or "有规定"


def yuan(amount: Decimal) -> str:
    """A sum as it is written for residents: 320元, 27.50元."""
    return f"{amount:.2f}元" if amount != int(amount) else f"{int(amount)}元"
