"""How the answer changes over payment days (缴费日期), as a picture and a table: what is paid, from when it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from dialogues.state import State
from dialogues.wording import day, yuan
from policy_kb.decision import PaidWhen, Window
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.payment_days import when_paid

TOPICS = frozenset({"premium", "assistance", "window", "waiting_period", "coverage_period", "newborn"})
"""Questions whose answer may hang on the day of payment."""
WIDTH = 1000


@dataclass(frozen=True)
class Bar:
    """One stretch of payment days: where it stands in the picture, and what holds in it."""

    first: date
    last: date
    x: float
    width: float
    kind: Literal["open", "part", "shut"]
    """Whether this person can pay then, some persons can, or nobody."""
    pays: str
    covers: str
    today: bool


def bars(kb: KnowledgeBase, policy: Policy, state: State, today: date) -> tuple[Bar, ...]:
    """The stretches from the first window on to the end of the cover year; empty where the notice has no window."""
    opens = min((one.opens for one in policy.rules.windows if one.opens), default=None)
    if opens is None:
        return ()
    first, last = min(opens, today), date(policy.rules.year, 12, 31)
    if first >= last:
        return ()
    given = {name: value for name, value in kb.facts.assumed().items() if name != "paid_on"}
    facts = {**given, **{name: value for name, value in state.said.items() if name != "paid_on"}}
    days = (last - first).days + 1
    return tuple(_bar(one, first, days, today) for one in when_paid(policy.rules, facts, first, last, kb.categories))


def _bar(one: PaidWhen, first: date, days: int, today: date) -> Bar:
    """A stretch with its place in the picture."""
    span = (one.last - one.first) + timedelta(days=1)
    window = one.window.value
    return Bar(
        one.first,
        one.last,
        round((one.first - first).days * WIDTH / days, 1),
        round(max(span.days * WIDTH / days, 2), 1),
        _kind(window),
        _pays(one),
        _covers(one),
        one.first <= today <= one.last,
    )


def _kind(window: Window | None) -> Literal["open", "part", "shut"]:
    if window is None or window.state == "unclear":
        return "part"
    return "open" if window.state == "open" else "shut"


def _pays(one: PaidWhen) -> str:
    """What is paid, where it is one sum."""
    window, due = one.window.value, one.due.value
    kind = _kind(window)
    if window is not None and kind == "shut":
        return {"before": "还没开始", "closed_days": "结算期，不能缴"}.get(window.state, "不能缴")
    some = "有的人能缴：" if kind == "part" else ""
    if due is None or one.due.outcome != "decided":
        return f"{some}多少看具体情况"
    words = some + ("不用交" if due.pays == Decimal(0) else f"交{yuan(due.pays)}")
    return f"{words}，另加财政补助部分" if due.bears_subsidy else words


def _covers(one: PaidWhen) -> str:
    cover = one.cover.value
    if _kind(one.window.value) == "shut":
        return "—"
    if cover is None:
        return "看是什么人"
    if cover.starts is None:
        return "马上能用" if cover.at_once else "通知没写哪天开始"
    starts = cover.starts.safe
    same = one.first == one.last or starts > one.last
    return f"{day(starts)}起能用" if same else "缴费后按天数推算"
