"""When one can pay (缴费时间): today, until when, and what holds after the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

from dialogues.asked_in_words import bears_subsidy_too
from dialogues.enquiry import Enquiry
from dialogues.payment_day import inexact, on_last_day
from dialogues.record import Enrolment
from dialogues.reply import Choice, Context, Part
from dialogues.topics.coverage_period import enrolment_on_record, wait_after_gap, waiting_for
from dialogues.topics.due_lines import DueLine, due_table, not_paid
from dialogues.topics.missed_years import missed_years
from dialogues.topics.own_case import own_case
from dialogues.topics.statement import StatementContext, statement
from nlu.understanding import DateMention
from policy_kb.choosing import step
from policy_kb.citation import each_once
from policy_kb.coverage import cover
from policy_kb.decision import Cover, Decision, Step, Wait, Window
from policy_kb.model import AfterWindows, CoverageRule, Rules, WindowRule
from policy_kb.window import contains, window_on

_NOT_ENROLLED = re.compile("没参[保上]|没有参保|漏了|漏参")
"""五保户没参保: what is done with those of a category who are not enrolled."""

_ONLY = re.compile("(只有|光有|就只|只让|只准).{0,12}(能|可以|让|准)[交缴补办]")
"""过了元旦只有打工的能交，是这样不: a claim to be confirmed or denied."""

_MISSED = re.compile(
    "过了(?!年|元旦|春节|十五|[这今]年)(?:这|那|期|时间|点|日子|头|截止|规定|集中|缴费|就|还|再|以?后|呢|的话|咋|怎|能|会|可|才|没|[，。？！]|$)"
    "|错过|赶不上|没赶上|超期|逾期|过期|超过(?:时间|期限|日期)|(?:结束|截止)(?:了|以后|之后|后)(?!吗|没|么)|误了"
)
"""要是过了呢, 结束以后还能交不: what holds after the end of the window is asked."""
_UP_TO = re.compile("(?:拖|延|推|等|能|可以)[^，。？！]{0,4}到")
_OF_WAITS = ("waiting_period", "coverage")
"""After these a later day of payment (要是2月再缴呢) is asked for the wait too."""
_LATEST = re.compile("最晚|最迟|拖到(?:啥|什么|好久|哪|几|多)|顶多|至多|最多能")
_PUT_OFF = re.compile("拖|推迟|再晚")
"""那最晚拖到好久: the last of all days, however it is then paid for."""


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
    applied: CoverageRule | None
    """The rule of that cover, where no single day of payment was named (过了年, 2月里)."""
    wait: Wait | None
    """The wait after a break in 职工医保, where the talk is of waiting."""
    wait_for: str | None
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
    until: date | None
    """The last day that the headline tells: of the window, or of all this person has, where the latest day was asked for."""


def window(enquiry: Enquiry) -> Part:
    """The state on the day asked about (今天 unless another payment day was said), and all windows of the notice."""
    rules = enquiry.policy.rules
    if not rules.windows:
        return statement(enquiry)
    if back := missed_years(enquiry):
        return back
    left_out = "category" in enquiry.said and _NOT_ENROLLED.search(enquiry.question.text)
    if left_out and (own := own_case(enquiry, "window_late")):
        return own
    if bears_subsidy_too(enquiry.question.text):
        part = statement(replace(enquiry, facet="window_late"))
        if isinstance(part.context, StatementContext):
            return part
    enquiry = on_last_day(enquiry).assuming()
    on = _day(enquiry)
    only = bool(_ONLY.search(enquiry.question.text))
    decision = window_on(rules, enquiry.facts, on)
    if (
        not _payable(decision)
        and "category" in enquiry.said
        and (own := own_case(enquiry, "window_late", closely=True))
    ):
        return own
    payment = cover(rules, enquiry.facts, on) if _payable(decision) else None
    shown = _shown(rules, decision, enquiry)
    if only:
        shown = tuple(one for one in rules.windows if one in shown or one.opens is None)
    waits = wait_after_gap(enquiry, payment) if (enquiry.state.facet or "") in _OF_WAITS else None
    cited = [*(step(one) for one in shown), *_after(rules, decision), *(payment.steps if payment else ())]
    cited += waits.steps if waits else ()
    context = WindowContext(
        year=rules.year,
        day=on,
        asked_today=on == enquiry.today,
        window=decision.value,
        windows=shown,
        after=rules.after_windows if _after(rules, decision) else None,
        cover=payment.value if payment else None,
        applied=_applied(rules, payment) if payment and inexact(enquiry, on) else None,
        wait=waits.value if waits else None,
        wait_for=waiting_for(enquiry, waits),
        depends=enquiry.kb.facts[decision.ask].ask if decision.ask else None,
        helped=_helped(enquiry),
        paid=enrolment_on_record(enquiry),
        whose=enquiry.whose,
        only=_special(rules, on) if only else None,
        everybody=only and _general(rules, on),
        until=_until(enquiry, decision.value),
    )
    helped = due_table(enquiry).citations if context.helped else ()
    citations = each_once((*Decision("decided", None, tuple(cited)).citations, *helped))
    return Part(enquiry.facet, "answered", context, citations, _choices(enquiry, decision), asks=decision.ask)


def _applied(rules: Rules, payment: Decision[Cover]) -> CoverageRule | None:
    """The rule by which a payment covers, unless a wait has to be counted first."""
    known = payment.value is not None and payment.value.starts is not None
    first = payment.steps[0].rule if known and payment.steps else None
    return next((one for one in rules.coverage if one.id == first and one.starts != "after_waiting"), None)


def over_by_then(enquiry: Enquiry) -> bool:
    """Whether the day of payment that was said comes after the last window, and gives no cover that is known."""
    on, rules = enquiry.said.get("paid_on"), enquiry.policy.rules
    if not isinstance(on, date) or not rules.windows or "newborn" in enquiry.said or "birth_date" in enquiry.said:
        return False
    facts = enquiry.assuming().facts
    standing = window_on(rules, facts, on).value
    return standing is not None and standing.state == "after" and cover(rules, facts, on).value is None


def asks_how_late(text: str) -> bool:
    """Whether a message asks for the last day, be it by a day that the calendar does not have (能拖到2月29号不)."""
    return bool(_LATEST.search(text) or _UP_TO.search(text))


def _day(enquiry: Enquiry) -> date:
    """The day asked about: the one said; the first after the window, for one who will miss it (要是过了呢); else today."""
    said = cast("date", enquiry.said.get("paid_on", enquiry.today))
    if enquiry.question.of(DateMention):
        return said
    end = _end_to_miss(enquiry)
    if end is not None and _MISSED.search(enquiry.words):
        return max(end + timedelta(days=1), said)
    return enquiry.today if _LATEST.search(enquiry.question.text) else said


def _end_to_miss(enquiry: Enquiry) -> date | None:
    """The last day of the window for everybody, while it is not over; after it, in a talk on it, of the one open now."""
    ends = [one.closes for one in enquiry.policy.rules.windows if one.kind == "main" and one.closes]
    main = max(ends, default=None)
    if main is not None and main >= enquiry.today:
        return main
    here = window_on(enquiry.policy.rules, enquiry.facts, enquiry.today).value if enquiry.follow_up else None
    return here.closes if here and here.state == "open" else None


def _until(enquiry: Enquiry, here: Window | None) -> date | None:
    """The last day to tell of an open window; the last of all where the latest was asked for, or an extension is one's own."""
    if here is None or here.state != "open" or here.last is None or here.closes is None:
        return here.closes if here else None
    later = [one for one in enquiry.policy.rules.windows if one.closes == here.last]
    own = any(one.kind == "extension" and one.when.needs and one.when.holds(enquiry.facts) for one in later)
    return (
        here.last
        if own or (_LATEST.search(enquiry.question.text) and _PUT_OFF.search(enquiry.question.text))
        else here.closes
    )


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
