"""When one can pay (缴费时间): today, until when, and what holds after the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import cast

from dialogues.enquiry import Enquiry
from dialogues.record import Enrolment
from dialogues.reply import Choice, Context, Part
from dialogues.topics.coverage_period import enrolment_on_record
from dialogues.topics.due_lines import DueLine, due_table, not_paid
from dialogues.topics.own_case import own_case
from dialogues.topics.statement import statement
from policy_kb.choosing import step
from policy_kb.citation import each_once
from policy_kb.coverage import cover
from policy_kb.decision import Cover, Decision, Step, Window
from policy_kb.model import AfterWindows, Rules, WindowRule
from policy_kb.window import contains, window_on

_NOT_ENROLLED = re.compile("没参[保上]|没有参保|漏了|漏参")
"""五保户没参保: what is done with those of a category who are not enrolled."""

_ONLY = re.compile("(只有|光有|就只|只让|只准).{0,12}(能|可以|让|准)[交缴补办]")
"""过了元旦只有打工的能交，是这样不: a claim to be confirmed or denied."""


@dataclass(frozen=True)
class WindowContext(Context):
    """Where `day` stands among the windows; `depends` is the question whose answer decides, if one does."""

    template = "window"
    year: int
    day: date
    asked_today: bool
    window: Window | None
    windows: tuple[WindowRule, ...]
    after: AfterWindows | None
    cover: Cover | None
    depends: str | None
    helped: DueLine | None
    """What is due by the register, of somebody who is helped and has not paid."""
    paid: Enrolment | None
    """The year's payment on record."""
    whose: str
    """Whose record it is, where not that of the person asking."""
    only: WindowRule | None
    """The special window of which it was asked whether only its persons can pay on `day` (只有打工的能交，是不是)."""
    everybody: bool
    """Whether, asked so, anybody can pay on `day`."""


def window(enquiry: Enquiry) -> Part:
    """The state on the day asked about (今天 unless another payment day was said), and all windows of the notice."""
    rules = enquiry.policy.rules
    if not rules.windows:
        return statement(enquiry)
    left_out = "category" in enquiry.said and _NOT_ENROLLED.search(enquiry.question.text)
    if left_out and (own := own_case(enquiry, "window_late")):
        return own
    enquiry = enquiry.assuming()
    on = cast("date", enquiry.said.get("paid_on", enquiry.today))
    only = bool(_ONLY.search(enquiry.question.text))
    decision = window_on(rules, enquiry.facts, on)
    payment = cover(rules, enquiry.facts, on) if _payable(decision) else None
    shown = _shown(rules, decision, enquiry)
    if only:
        shown = tuple(one for one in rules.windows if one in shown or one.opens is None)
    cited = [*(step(one) for one in shown), *_after(rules, decision), *(payment.steps if payment else ())]
    context = WindowContext(
        year=rules.year,
        day=on,
        asked_today=on == enquiry.today,
        window=decision.value,
        windows=shown,
        after=rules.after_windows if _after(rules, decision) else None,
        cover=payment.value if payment else None,
        depends=enquiry.kb.facts[decision.ask].ask if decision.ask else None,
        helped=_helped(enquiry),
        paid=enrolment_on_record(enquiry),
        whose=enquiry.whose,
        only=_special(rules, on) if only else None,
        everybody=only and _general(rules, on),
    )
    helped = due_table(enquiry).citations if context.helped else ()
    citations = each_once((*Decision("decided", None, tuple(cited)).citations, *helped))
    return Part(enquiry.facet, "answered", context, citations, _choices(enquiry, decision), asks=decision.ask)


def _shown(rules: Rules, decision: Decision[Window], enquiry: Enquiry) -> tuple[WindowRule, ...]:
    """The windows worth telling: the general ones; those of special groups after the end, or to one of them."""
    here = decision.value
    ended = here is None or here.state == "after"
    return tuple(
        one
        for one in rules.windows
        if one.kind in ("main", "extension")
        or (here and one.id == here.rule)
        or (ended and "category" not in one.when.needs)
        or (one.when.holds(enquiry.facts) is not False and ended)
        or (one.kind == "late" and "category" not in one.when.needs)
    )


def _helped(enquiry: Enquiry) -> DueLine | None:
    if not not_paid(enquiry) or "category" in enquiry.said or not enquiry.facts.get("category"):
        return None
    table = due_table(enquiry)
    line = table.lines[0] if len(table.lines) == 1 else None
    return line if line and line.assistance else None


def _special(rules: Rules, on: date) -> WindowRule | None:
    """The extension that certain persons alone have on a day; None where anybody can pay then, or nobody."""
    if _general(rules, on):
        return None
    here = [one for one in rules.windows if one.kind == "extension" and contains(one, on, rules.year)]
    return here[0] if len(here) == 1 else None


def _general(rules: Rules, on: date) -> bool:
    """Whether anybody can pay on a day."""
    return any(not one.when.needs and contains(one, on, rules.year) for one in rules.windows)


def _payable(decision: Decision[Window]) -> bool:
    return decision.value is not None and decision.value.state == "open"


def _after(rules: Rules, decision: Decision[Window]) -> tuple[Step, ...]:
    over = decision.value is not None and decision.value.state == "after"
    late = rules.after_windows
    return (step(late),) if over and late and late.cites else ()


def _choices(enquiry: Enquiry, decision: Decision[Window]) -> tuple[Choice, ...]:
    if decision.ask is None:
        return ()
    kind = enquiry.kb.facts[decision.ask]
    return tuple(Choice(kind.label(one.value), fact=decision.ask, value=one.value) for one in decision.branches)
