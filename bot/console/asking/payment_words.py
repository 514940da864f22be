"""What holds for one stretch of payment days, in words: whether one can pay, how much, and from when it covers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias, TypeVar

from dialogues.wording import day, yuan
from policy_kb.coverage import cover
from policy_kb.decision import Cover, Decision, Due, PaidWhen, Window
from policy_kb.facts import Facts, FactValue
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.model import WindowRule
from policy_kb.window import contains

T = TypeVar("T")
Kind: TypeAlias = Literal["open", "part", "shut"]
"""Whether this person can pay then; only some persons can, or something is lost; or nobody can."""
NOT_WRITTEN = "通知没有写"
MOST = 3
"""Cases told apart at most."""


@dataclass(frozen=True)
class Words:
    """A stretch of payment days in words."""

    kind: Kind
    pays: str
    covers: str


@dataclass(frozen=True)
class Stretches:
    """What judges the stretches of one notice for one person; `facts` without the day of payment."""

    kb: KnowledgeBase
    policy: Policy
    facts: Facts

    def words(self, one: PaidWhen) -> Words:
        """The stretch in words."""
        window = one.window.value
        if one.window.outcome == "depends":
            return self._for_some(one)
        if window is None:
            return Words("part", f"缴费日期{NOT_WRITTEN}", "—")
        if window.state == "open":
            return Words("open", self.pays(one.due), self.covers(one, {}))
        return self._shut(one, window)

    def pays(self, due: Decision[Due]) -> str:
        """What is paid, for each case where it turns on something."""
        return self._cases(due, _due_words)

    def covers(self, one: PaidWhen, more: Facts) -> str:
        """From when it covers who pays on the first and on the last day, where these differ."""
        rules, facts = self.policy.rules, {**self.facts, **more}
        first = cover(rules, {**facts, "paid_on": one.first})
        if first.outcome == "depends":
            leaves = [facts for facts, _ in _leaves(first)]
            told = [(self._label(leaf), self.covers(one, {**more, **leaf})) for leaf in leaves[:MOST]]
            return _joined(told) if len(leaves) <= MOST else "看是什么人"
        last = cover(rules, {**facts, "paid_on": one.last}).value
        return _cover_words(one, first.value, last)

    def _for_some(self, one: PaidWhen) -> Words:
        """Days on which it turns on the person whether one can pay."""
        able = [facts for facts, decision in _leaves(one.window) if _open(decision)]
        # of a way through several facts the last one is what opens it
        who = "、".join(dict.fromkeys(self._value(*list(facts.items())[-1]) for facts in able if facts)) or "有的人"
        starts = list(dict.fromkeys(self.covers(one, facts) for facts in able))
        return Words("part", f"只有{who}能缴：{self.pays(one.due)}", starts[0] if len(starts) == 1 else "看是什么人")

    def _shut(self, one: PaidWhen, window: Window) -> Words:
        if window.state == "before":
            return Words("shut", f"还没开始，{day(window.opens)}起缴" if window.opens else "还没开始", "—")
        if window.state == "closed_days":
            again = f"，{day(window.next_open)}起再缴" if window.next_open else ""
            return Words("shut", f"结算期，不办缴费{again}", "—")
        others = [_whom(rule) for rule in self.policy.rules.windows if self._may_still(rule, one.first)]
        if not others:
            return Words("shut", "过了缴费期，不能缴", "—")
        return Words("part", f"过了缴费期，一般不能缴。另有规定的：{'；'.join(others)}", "看是什么人")

    def _may_still(self, rule: WindowRule, on: date) -> bool:
        """Whether the notice lets some pay then: by a window without days, or one for persons of a certain kind."""
        undated = not (rule.opens or rule.closes)
        return undated or (contains(rule, on, self.policy.rules.year) and rule.when.holds(self.facts) is not True)

    def _cases(self, decision: Decision[T], words: Callable[[Decision[T]], str]) -> str:
        if decision.outcome != "depends":
            return words(decision)
        leaves = list(_leaves(decision))
        told = [(self._label(facts), words(leaf)) for facts, leaf in leaves]
        if len({said for _, said in told}) <= 1 or len(leaves) <= MOST:
            return _joined(told)
        return f"看情况：{self.kb.facts[decision.ask].ask}" if decision.ask else "看情况"

    def _label(self, facts: Facts) -> str:
        return "，".join(self._value(name, value) for name, value in facts.items())

    def _value(self, name: str, value: FactValue) -> str:
        if isinstance(value, tuple):
            return "、".join(value) or "其他人"
        return self.kb.facts[name].label(value)


def _leaves(decision: Decision[T]) -> Iterator[tuple[Facts, Decision[T]]]:
    """The ends of a decision that turns on facts, each with the values that lead to it."""
    if decision.outcome != "depends":
        yield {}, decision
    for branch in decision.branches:
        for facts, leaf in _leaves(branch.decision):
            yield {branch.fact: branch.value, **facts}, leaf


def _open(decision: Decision[Window]) -> bool:
    return decision.value is not None and decision.value.state == "open"


def _joined(told: list[tuple[str, str]]) -> str:
    """`一档280元；二档350元`; one word where all cases are alike."""
    said = {words for _, words in told}
    return said.pop() if len(said) == 1 else "；".join(f"{who}：{words}" for who, words in told)


def _whom(rule: WindowRule) -> str:
    return f"{rule.for_whom or '特殊情况的'}{f'（按{rule.left_to}）' if rule.left_to else ''}"


def _due_words(decision: Decision[Due]) -> str:
    due = decision.value
    if due is None or decision.outcome != "decided":
        return f"多少按{decision.document}" if decision.document else f"多少{NOT_WRITTEN}"
    words = "不用交" if due.pays == 0 else f"交{yuan(due.pays)}"
    return f"{words}，另加财政补助那一份" if due.bears_subsidy else words


def _cover_words(one: PaidWhen, first: Cover | None, last: Cover | None) -> str:
    if first is None:
        return f"从哪天起{NOT_WRITTEN}"
    if first.at_once:
        return "缴费后就能用，不用等"
    if first.starts is None:
        return f"从哪天起{NOT_WRITTEN}"
    begins = first.starts.safe
    if one.first == one.last or (last and last.starts and last.starts.safe == begins):
        return f"{day(begins)}起能用"
    if begins == one.first + timedelta(days=1):
        return "缴费第二天起能用"
    wait = f"满{first.waits_months}个月后" if first.waits_months else f"满{first.waits_days}天后"
    ends = (
        f"{_short(one.last)}缴，{day(last.starts.safe)}起"
        if last and last.starts
        else f"{_short(one.last)}缴，当年用不上"
    )
    return f"缴费{wait}能用（{_short(one.first)}缴，{day(begins)}起；{ends}）"


def _short(value: date) -> str:
    return f"{value.month}月{value.day}日"
